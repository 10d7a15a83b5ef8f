/** The account's transactions that this node holds and no block has: read from every source the node offers. */
import type { Address, Hex } from 'viem'
import { defineCollector } from '../core/collector.ts'
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import type { FactMap, MempoolFacts, Missing, NonceFacts, PendingTransaction } from '../core/facts.ts'
import type { Simulation } from '../core/simulation.ts'
import { value } from '../core/value.ts'
import { queueOf } from '../domain/queue.ts'
import { mergeWaiting } from './mempool/merge.ts'
import { decodeNamed, endsOf, type LookedUp, lookUp, unreadNamed, waitingNamed } from './mempool/named.ts'
import { simulateNext } from './mempool/simulate-next.ts'
import { askPool, type Reading, readSource, sourceMethods } from './mempool/sources.ts'
import { HistoricalBlockError, isHistorical } from './nonces.ts'

const seeItsHash = 'Give the hash that the wallet shows with --tx: the endpoint may know single transactions.'
const ownNode = 'Hosted endpoints usually share no mempool: use the RPC URL of your own node.'

/** The node keeps its pool to itself, as most hosted endpoints do: what waits there is unknown, not absent. */
export class MempoolNotSharedError extends CheckupError {
  constructor(host: string) {
    super('mempool-not-shared', {
      message: `${host} does not show its pending transactions, so waiting ones may exist that were not seen. A count of pending transactions that equals that of mined ones proves nothing.`,
      data: { host: value.text(host) },
      hints: [seeItsHash, ownNode],
    })
  }
}

/** The node keeps its pool to itself, and its count says that something is in it. */
class PendingNotShownError extends CheckupError {
  constructor(host: string, count: number) {
    super('pending-not-shown', {
      message: `${host} counts pending transactions of the account that it does not show: ${count}. Others may wait behind a missing nonce.`,
      data: { host: value.text(host), count: value.count(count) },
      hints: [seeItsHash, ownNode],
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
  fetch: async ({ rpc, options, store, now }, { chain, nonces }): Promise<Raw> => {
    const { account, transactionHashes = [] } = options
    if (isHistorical(chain)) return { account, sources: null, hashes: transactionHashes }
    const question = { rpc, account, nonces }
    const [asked, named] = await Promise.all([askPool(question), lookUp(transactionHashes, question)])
    const sources = asked.map((reading) => readSource(reading, account))
    const transactions = mergeWaiting(sources, waitingNamed(named, account), nonces)
    const next = queueOf(transactions).find(({ nonce }) => nonce === nonces.latest)
    const hashes = transactions.map(({ hash }) => hash)
    const [firstSeen, outcome] = await Promise.all([
      store?.pending.firstSeen(chain.chainId, hashes, now()),
      next && simulateNext(rpc, { ...next, from: account }, chain.block.number),
    ])
    const simulation = next && outcome ? { hash: next.hash, outcome } : null
    return { account, sources, named, firstSeen: firstSeen ?? new Map(), simulation }
  },
  decode: (raw, { chain, nonces }): MempoolFacts => {
    if (raw.sources === null) return ofThePast(raw.hashes, toFactError(new HistoricalBlockError(chain)))
    const { account, sources, named } = raw
    const listsQueued = sources.some(({ listsAll, status }) => listsAll && status === 'answered')
    const transactions = mergeWaiting(sources, waitingNamed(named, account), nonces).map((one) => withMore(one, raw))
    return {
      sources: sources.map(({ method, status, error }) => ({ method, status, error })),
      listsQueued,
      transactions,
      ...(named.length > 0 && { named: decodeNamed(named, { account, nonces, waiting: transactions }) }),
      missing: [
        ...(listsQueued ? unlisted(transactions, nonces) : [whyIncomplete(sources, transactions, { chain, nonces })]),
        ...unreadNamed(named),
      ],
    }
  },
})

type Raw =
  | { readonly account: Address; readonly sources: null; readonly hashes: readonly Hex[] }
  | {
      readonly account: Address
      readonly sources: readonly Reading[]
      readonly named: readonly LookedUp[]
      readonly firstSeen: ReadonlyMap<Hex, number>
      readonly simulation: { readonly hash: Hex; readonly outcome: Simulation } | null
    }

/** Nothing waits at a past block, and nothing was looked up. */
function ofThePast(hashes: readonly Hex[], error: FactError): MempoolFacts {
  return {
    sources: sourceMethods.map((method) => ({ method, status: 'not-asked', error: null })),
    listsQueued: false,
    transactions: [],
    ...(hashes.length > 0 && { named: hashes.map((hash) => ({ status: 'unread', ends: endsOf(hash), error })) }),
    missing: [
      { about: 'mempool', error },
      ...(hashes.length > 0 ? [{ about: 'named-transaction', error } as const] : []),
    ],
  }
}

function withMore(
  transaction: PendingTransaction,
  { firstSeen, simulation }: Exclude<Raw, { readonly sources: null }>,
): PendingTransaction {
  const firstSeenAt = firstSeen.get(transaction.hash)
  return {
    ...transaction,
    ...(firstSeenAt !== undefined && { firstSeenAt }),
    ...(simulation?.hash === transaction.hash && { simulation: simulation.outcome }),
  }
}

/** A node behind a load balancer may list one pool and count by another: what it counts and does not list was not seen. */
function unlisted(transactions: readonly PendingTransaction[], nonces: NonceFacts): readonly Missing[] {
  const count = countUnseen(transactions, nonces)
  return count === 0 ? [] : [{ about: 'mempool', error: toFactError(new PendingNotListedError(count)) }]
}

/** How many transactions the node counts as pending, and none of its sources showed. */
function countUnseen(transactions: readonly PendingTransaction[], { latest, pending }: NonceFacts): number {
  const end = pending ?? latest
  const seen = new Set(transactions.map(({ nonce }) => nonce).filter((nonce) => nonce < end))
  return Math.max(end - latest - seen.size, 0)
}

/** A pool that failed to answer is another reason than one that is not offered. */
function whyIncomplete(
  sources: readonly Reading[],
  transactions: readonly PendingTransaction[],
  { chain, nonces }: Pick<FactMap, 'chain' | 'nonces'>,
): Missing {
  const failed = sources.find(({ listsAll, status }) => listsAll && status === 'failed')
  const count = countUnseen(transactions, nonces)
  const { endpointHost } = chain
  const error = count === 0 ? new MempoolNotSharedError(endpointHost) : new PendingNotShownError(endpointHost, count)
  return { about: 'mempool', error: failed?.error ?? toFactError(error) }
}
