/** What several sources showed of the account's waiting transactions, as one list. */
import type { NonceFacts, PendingTransaction } from '../../core/facts.ts'
import { firstMissingNonce } from '../../domain/nonces.ts'
import type { Transaction } from '../../domain/transaction.ts'
import type { Reading } from './sources.ts'

type Shown = { readonly transaction: Transaction; readonly source: string }

/**
 * By nonce, each once. Those that the user named count as any other where they can be placed: a node that lists nothing may
 * know others before them, so what stands behind an unseen nonce is left out there.
 */
export function mergeWaiting(
  sources: readonly Reading[],
  named: readonly Transaction[],
  { latest, pending }: NonceFacts,
): readonly PendingTransaction[] {
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
  const nonces = [...waiting.values()].map(({ transaction }) => transaction.nonce)
  // What the node counts as pending, or puts in its pending block, follows from the state without a gap, whatever else it shows.
  const inPendingBlock = sources.flatMap(({ minedNext, transactions }) => (minedNext ? transactions : []))
  const queuedFrom = Math.max(
    firstMissingNonce(latest, nonces),
    pending ?? 0,
    ...inPendingBlock.map(({ nonce }) => nonce + 1),
  )
  const listsAll = sources.some((source) => source.listsAll && source.status === 'answered')
  return [...waiting.values()]
    .filter((shown) => listsAll || shown.transaction.nonce < queuedFrom || !asked.includes(shown))
    .map(({ transaction, source }) => toPending(transaction, { source, queuedFrom }))
    .toSorted((one, other) => one.nonce - other.nonce || (one.hash < other.hash ? -1 : 1))
}

function toPending(
  { from: _from, block: _block, ...transaction }: Transaction,
  { source, queuedFrom }: { readonly source: string; readonly queuedFrom: number },
): PendingTransaction {
  return { ...transaction, state: transaction.nonce < queuedFrom ? 'pending' : 'queued', source }
}
