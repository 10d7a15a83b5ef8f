/** What several sources showed of the account's waiting transactions, as one list. */
import type { NonceFacts, PendingSummary, PendingTransaction } from '../../core/facts.ts'
import { firstMissingNonce } from '../../domain/nonces.ts'
import type { Transaction } from '../../domain/transaction.ts'
import type { Reading } from './sources.ts'

export type Merged = {
  readonly transactions: readonly PendingTransaction[]
  /** Of nonces that no source showed a whole transaction of. */
  readonly summaries: readonly PendingSummary[]
}

type Shown = { readonly transaction: Transaction; readonly source: string }

/**
 * By nonce, each once. Those that the user named count as any other where they can be placed: a node that lists nothing may
 * know others before them, so what stands behind an unseen nonce is left out there.
 */
export function mergeWaiting(
  sources: readonly Reading[],
  named: readonly Transaction[],
  { latest, pending }: NonceFacts,
): Merged {
  const listed = sources.flatMap(({ method, transactions }) =>
    transactions.map((transaction): Shown => ({ transaction, source: method })),
  )
  const asked = named.map((transaction): Shown => ({ transaction, source: 'eth_getTransactionByHash' }))
  const waiting = new Map<string, Shown>()
  for (const shown of [...listed, ...asked]) {
    const { nonce, hash } = shown.transaction
    if (nonce < latest || waiting.has(hash)) continue // mined since, or seen already
    waiting.set(hash, shown)
  }
  const whole = new Set([...waiting.values()].map(({ transaction }) => transaction.nonce))
  const summarised = new Map(
    sources.flatMap(({ method, summaries }) =>
      summaries.map((summary) => [summary.nonce, { ...summary, source: method }]),
    ),
  )
  const summaries = [...summarised.values()].filter(({ nonce }) => nonce >= latest && !whole.has(nonce))
  // What the node counts as pending, or puts in its pending block, follows from the state without a gap, whatever else it shows.
  const inPendingBlock = sources.flatMap(({ minedNext, transactions }) => (minedNext ? transactions : []))
  const queuedFrom = Math.max(
    firstMissingNonce(latest, [...whole, ...summaries.map(({ nonce }) => nonce)]),
    pending ?? 0,
    ...inPendingBlock.map(({ nonce }) => nonce + 1),
  )
  const listsAll = sources.some((source) => source.listsAll && source.status === 'answered')
  return {
    transactions: [...waiting.values()]
      .filter((shown) => listsAll || shown.transaction.nonce < queuedFrom || !asked.includes(shown))
      .map(({ transaction, source }) => toPending(transaction, { source, queuedFrom }))
      .toSorted((one, other) => one.nonce - other.nonce || (one.hash < other.hash ? -1 : 1)),
    summaries: summaries
      .map((summary): PendingSummary => ({ ...summary, state: summary.nonce < queuedFrom ? 'pending' : 'queued' }))
      .toSorted((one, other) => one.nonce - other.nonce),
  }
}

function toPending(
  { from: _from, block: _block, ...transaction }: Transaction,
  { source, queuedFrom }: { readonly source: string; readonly queuedFrom: number },
): PendingTransaction {
  return { ...transaction, state: transaction.nonce < queuedFrom ? 'pending' : 'queued', source }
}
