/** The account's transactions that this node holds and no block has: read from every source the node offers. */
import type { Address, Hex } from 'viem'
import { defineCollector } from '../core/collector.ts'
import { type FactError, toFactError } from '../core/errors.ts'
import type { MempoolFacts, PendingTransaction } from '../core/facts.ts'
import type { Simulation } from '../core/simulation.ts'
import { queueOf } from '../domain/queue.ts'
import { askElsewhere, type Elsewhere } from './mempool/elsewhere.ts'
import { endsOf } from './mempool/hidden-hash.ts'
import { mergeWaiting } from './mempool/merge.ts'
import { decodeNamed, type LookedUp, lookUp, unreadNamed, waitingNamed } from './mempool/named.ts'
import { missingOf } from './mempool/reasons.ts'
import { simulateNext } from './mempool/simulate-next.ts'
import { askPool, type Reading, readSource, sourceMethods } from './mempool/sources.ts'
import { HistoricalBlockError, isHistorical } from './nonces.ts'

export default defineCollector({
  key: 'mempool',
  needs: ['chain', 'nonces'],
  fetch: async ({ rpc, options, store, second, now }, { chain, nonces }): Promise<Raw> => {
    const { account, transactionHashes = [] } = options
    if (isHistorical(chain)) return { account, sources: null, hashes: transactionHashes }
    const question = { rpc, account, nonces }
    const [asked, named] = await Promise.all([askPool(question), lookUp(transactionHashes, question)])
    const sources = asked.map((reading) => readSource(reading, account))
    const { transactions } = mergeWaiting(sources, waitingNamed(named, account), nonces)
    const next = queueOf(transactions).find(({ nonce }) => nonce === nonces.latest)
    const hashes = transactions.map(({ hash }) => hash)
    const unknown = named.flatMap(({ hash, status }) => (status === 'unknown' && !hashes.includes(hash) ? [hash] : []))
    const [firstSeen, outcome, elsewhere] = await Promise.all([
      store?.pending.firstSeen(chain.chainId, hashes, now()),
      next && simulateNext(rpc, { ...next, from: account }, chain.block.number),
      askElsewhere(unknown, { second, chain }),
    ])
    const simulation = next && outcome ? { hash: next.hash, outcome } : null
    return { account, sources, named, elsewhere, firstSeen: firstSeen ?? new Map(), simulation }
  },
  decode: (raw, { chain, nonces }): MempoolFacts => {
    if (raw.sources === null) return ofThePast(raw.hashes, toFactError(new HistoricalBlockError(chain)))
    const { account, sources, named, elsewhere } = raw
    const listsQueued = sources.some(({ listsAll, status }) => listsAll && status === 'answered')
    const merged = mergeWaiting(sources, waitingNamed(named, account), nonces)
    const transactions = merged.transactions.map((one) => withMore(one, raw))
    return {
      sources: sources.map(({ method, status, error }) => ({ method, status, error })),
      listsQueued,
      transactions,
      ...(merged.summaries.length > 0 && { summaries: merged.summaries }),
      ...(named.length > 0 && { named: decodeNamed(named, { account, nonces, waiting: transactions, elsewhere }) }),
      missing: [...missingOf(sources, merged, { chain, nonces }), ...unreadNamed(named, elsewhere)],
    }
  },
})

type Raw =
  | { readonly account: Address; readonly sources: null; readonly hashes: readonly Hex[] }
  | {
      readonly account: Address
      readonly sources: readonly Reading[]
      readonly named: readonly LookedUp[]
      readonly elsewhere: Elsewhere | null
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
