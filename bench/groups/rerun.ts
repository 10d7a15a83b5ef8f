/** The same account a day later: only what is new is read, in a few round trips. */
import { setMaxListeners } from 'node:events'
import logsCollector from '../../src/collectors/logs.ts'
import type { CollectContext } from '../../src/core/collector.ts'
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
/** So many requests leave at once: above that the endpoint's own pace makes the round trips. */
const mostAtOnce = 40

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
  const { blocks, maximumBlocks = 1 } = profile
  const rpc = createRpcClient({ url: provider.url })
  const store = memoryStore()
  await provider.change({ head: blocks - day })
  const before = await read({ rpc, store, head: blocks - day })
  await provider.change({ head: blocks })
  await provider.reset()
  const after = await read({ rpc, store, head: blocks })
  const books = await provider.books()
  const whole = await read({ rpc, store: null, head: blocks })
  const fewest = logFilters.length * Math.ceil(day / maximumBlocks)
  const isSame = JSON.stringify(after, text) === JSON.stringify(whole, text)
  return [
    atMost(`${name}: getLogs for new blocks ÷ fewest (${fewest})`, books.scans / fewest, 1),
    ...(books.requests > mostAtOnce ? [] : [atMost(`${name}: round trips`, books.rounds, 3)]),
    holds(`${name}: finds what a whole scan finds`, {
      figure: `${after.approvals.length + after.received.length} of ${before.approvals.length + before.received.length} and new ones`,
      bar: 'the same',
      passed: isSame && after.missing.length === 0 && after.approvals.length > 0,
    }),
  ]
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
      shownByWallet: null,
      tokenLists: [],
      threatLists: [],
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
