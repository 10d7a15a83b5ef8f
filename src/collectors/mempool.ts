/** The account's transactions that this node holds and no block has: read from every source the node offers. */
import type { Hex } from 'viem'
import { defineCollector } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { MempoolFacts, Missing, NonceFacts, PendingTransaction } from '../core/facts.ts'
import { value } from '../core/value.ts'
import { firstMissingNonce } from '../domain/nonces.ts'
import { queueOf } from '../domain/queue.ts'
import type { Transaction } from '../domain/transaction.ts'
import { simulateNext } from './mempool/simulate-next.ts'
import { askPool, type Reading, readSource, sourceMethods } from './mempool/sources.ts'
import { HistoricalBlockError, isHistorical } from './nonces.ts'

/** The node keeps its pool to itself, as most hosted endpoints do: what waits there is unknown, not absent. */
export class MempoolNotSharedError extends CheckupError {
  constructor(host: string) {
    super('mempool-not-shared', {
      message: `${host} does not show its pending transactions, so waiting ones may exist that were not seen.`,
      data: { host: value.text(host) },
      hints: [
        'Hosted endpoints usually share no mempool: use the RPC URL of your own node.',
        'Or look up the transaction hash that the wallet shows.',
      ],
    })
  }
}

/** The node's pool and its count of pending transactions do not belong together. */
class PendingNotListedError extends CheckupError {
  constructor(count: number) {
    super('pending-not-listed', {
      message: `The node counts pending transactions that it does not list: ${count}.`,
      data: { count: value.count(count) },
      hints: ['Run this check again in a minute, or use another endpoint.'],
    })
  }
}

export default defineCollector({
  key: 'mempool',
  needs: ['chain', 'nonces'],
  fetch: async ({ rpc, options, store, now }, { chain, nonces }) => {
    const { account } = options
    if (isHistorical(chain)) return { sources: null, firstSeen: nothingSeen, simulation: null }
    const asked = await askPool({ rpc, account, nonces })
    const sources = asked.map((reading) => readSource(reading, account))
    const transactions = merge(sources, nonces)
    const next = queueOf(transactions).find(({ nonce }) => nonce === nonces.latest)
    const hashes = transactions.map(({ hash }) => hash)
    const [firstSeen, outcome] = await Promise.all([
      store?.pending.firstSeen(chain.chainId, hashes, now()),
      next && simulateNext(rpc, { ...next, from: account }, chain.block.number),
    ])
    const simulation = next && outcome ? { hash: next.hash, outcome } : null
    return { sources, firstSeen: firstSeen ?? nothingSeen, simulation }
  },
  decode: ({ sources, firstSeen, simulation }, { chain, nonces }): MempoolFacts => {
    if (sources === null) {
      return {
        sources: sourceMethods.map((method) => ({ method, status: 'not-asked', error: null })),
        listsQueued: false,
        transactions: [],
        missing: [{ about: 'mempool', error: toFactError(new HistoricalBlockError(chain)) }],
      }
    }
    const listsQueued = sources.some(({ listsAll, status }) => listsAll && status === 'answered')
    const transactions = merge(sources, nonces).map((transaction) => {
      const firstSeenAt = firstSeen.get(transaction.hash)
      return {
        ...transaction,
        ...(firstSeenAt !== undefined && { firstSeenAt }),
        ...(simulation?.hash === transaction.hash && { simulation: simulation.outcome }),
      }
    })
    return {
      sources: sources.map(({ method, status, error }) => ({ method, status, error })),
      listsQueued,
      transactions,
      missing: listsQueued ? unlisted(transactions, nonces) : [whyIncomplete(sources, chain.endpointHost)],
    }
  },
})

const nothingSeen: ReadonlyMap<Hex, number> = new Map()

/** A node behind a load balancer may list one pool and count by another: what it counts and does not list was not seen. */
function unlisted(transactions: readonly PendingTransaction[], { latest, pending }: NonceFacts): readonly Missing[] {
  const end = pending ?? latest
  const listed = new Set(transactions.map(({ nonce }) => nonce).filter((nonce) => nonce < end))
  const count = end - latest - listed.size
  return count <= 0 ? [] : [{ about: 'mempool', error: toFactError(new PendingNotListedError(count)) }]
}

/** A pool that failed to answer is another reason than one that is not offered. */
function whyIncomplete(sources: readonly Reading[], host: string): Missing {
  const failed = sources.find(({ listsAll, status }) => listsAll && status === 'failed')
  return { about: 'mempool', error: failed?.error ?? toFactError(new MempoolNotSharedError(host)) }
}

function merge(sources: readonly Reading[], { latest, pending }: NonceFacts): readonly PendingTransaction[] {
  const waiting = new Map<string, { transaction: Transaction; source: string }>()
  for (const { method, transactions } of sources) {
    for (const transaction of transactions) {
      if (transaction.nonce < latest || waiting.has(transaction.hash)) continue // mined since, or seen already
      waiting.set(transaction.hash, { transaction, source: method })
    }
  }
  const nonces = [...waiting.values()].map(({ transaction }) => transaction.nonce)
  // What the node counts as pending, or puts in its pending block, follows from the state without a gap, whatever else it shows.
  const inPendingBlock = sources.flatMap(({ minedNext, transactions }) => (minedNext ? transactions : []))
  const queuedFrom = Math.max(
    firstMissingNonce(latest, nonces),
    pending ?? 0,
    ...inPendingBlock.map(({ nonce }) => nonce + 1),
  )
  return [...waiting.values()]
    .map(({ transaction, source }) => toPending(transaction, { source, queuedFrom }))
    .toSorted((one, other) => one.nonce - other.nonce || (one.hash < other.hash ? -1 : 1))
}

function toPending(
  { from: _from, block: _block, ...transaction }: Transaction,
  { source, queuedFrom }: { readonly source: string; readonly queuedFrom: number },
): PendingTransaction {
  return { ...transaction, state: transaction.nonce < queuedFrom ? 'pending' : 'queued', source }
}
