/** The same account a day later: only what is new is read, in a few round trips. */
import { setMaxListeners } from 'node:events'
import logsCollector from '../../src/collectors/logs.ts'
import type { CollectContext } from '../../src/core/collector.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import type { Store } from '../../src/core/store.ts'
import { logFilters } from '../../src/domain/log-filters.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { chain } from '../../src/testing.ts'
import { type Profile, rangeLimited } from '../profiles.ts'
import { atMost, holds, type Row } from '../row.ts'
import { type Provider, withProvider } from '../start-provider.ts'
import { blockHash } from '../synthetic-chain.ts'
import { accountAt } from '../synthetic-log.ts'

/** Main-net blocks of a day. */
const day = 7_200
const names = ['10k blocks, 40/s', '50k blocks, 40/s', '1k blocks, 25/s'] as const

export default async function rerun(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const name of names) {
    const blocks = Math.max(10 * rangeLimited[name].maximumBlocks, 4 * day) - 1
    const profile = { ...rangeLimited[name], blocks }
    rows.push(...(await withProvider(profile, (provider) => rowsOf(name, { profile, provider }))))
  }
  return rows
}

type Setting = { readonly profile: Profile; readonly provider: Provider }

async function rowsOf(name: string, { profile, provider }: Setting): Promise<readonly Row[]> {
  const { blocks, maximumBlocks = 1, burst = 0 } = profile
  const store = memoryStore()
  const rpc = createRpcClient({ url: provider.url })
  await provider.change({ head: blocks - day })
  const before = await read({ rpc, store, head: blocks - day })
  await provider.change({ head: blocks })
  const later = await nextProcess({ rpc, store, provider })
  await provider.reset()
  const after = await read({ rpc: later, store, head: blocks })
  const books = await provider.books()
  const whole = await read({ rpc, store: null, head: blocks })
  const fewest = logFilters.length * Math.ceil(day / maximumBlocks)
  const isSame = JSON.stringify(after, text) === JSON.stringify(whole, text)
  return [
    atMost(`${name}: getLogs for new blocks ÷ fewest (${fewest})`, books.scans / fewest, 1),
    // Where more requests are due than leave at once, the endpoint's own pace makes the round trips.
    ...(books.requests > burst ? [] : [atMost(`${name}: round trips`, books.rounds, 3)]),
    holds(`${name}: finds what a whole scan finds`, {
      figure: `${after.approvals.length + after.received.length} of ${before.approvals.length + before.received.length} and new ones`,
      bar: 'the same',
      passed: isSame && after.missing.length === 0 && after.approvals.length > 0,
    }),
  ]
}

type Before = Pick<CollectContext, 'rpc'> & { readonly store: Store; readonly provider: Provider }

/** A client that knows of the endpoint what is kept, and no more than a run has asked before it comes to logs. */
async function nextProcess({ rpc, store, provider }: Before): Promise<RpcClient> {
  const limits = await store.endpoints.limits(rpc.endpointId)
  const next = createRpcClient({ url: `${provider.url}/next`, knownRate: limits?.requestsPerSecond ?? null })
  if (limits !== null) await store.endpoints.learn(next.endpointId, limits)
  const asked = ['eth_chainId', 'eth_blockNumber', 'web3_clientVersion', 'eth_syncing'] as const
  await Promise.all(asked.map((method) => next.request(method, [])))
  await next.request('eth_getBlockByNumber', ['latest', false])
  return next
}

type Run = Pick<CollectContext, 'rpc' | 'store'> & { readonly head: number }

async function read({ rpc, store, head }: Run) {
  const { signal } = new AbortController()
  // Every request under way listens to it.
  setMaxListeners(0, signal)
  const block = { number: BigInt(head), hash: blockHash(head), timestamp: 1_600_000_000 + head * 12 }
  const facts = { chain: chain({ block, head: block }) }
  const context: CollectContext = {
    rpc,
    store,
    options: {
      account: accountAt(0),
      ensName: null,
      expectedChainId: null,
      block: null,
      fromBlock: 0n,
      longestScanSeconds: null,
      history: { days: 90, mostTransactions: 300 },
      includesErc1155: true,
      shownByWallet: null,
      tokenLists: [],
      threatLists: [],
      sanctionsLists: [],
    },
    signal,
    now: () => 0,
    report: () => {},
  }
  return logsCollector.decode(await logsCollector.fetch(context, facts), facts)
}

function text(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
