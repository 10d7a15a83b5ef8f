/** The account's transactions that wait, as a queue in nonce order. */
import type { MempoolFacts, NonceFacts, PendingSummary, PendingTransaction } from '../core/facts.ts'
import { highestCost } from './gas-cost.ts'

/** What waits, shown whole or by a summary. */
export type Waiting = PendingTransaction | PendingSummary

/** All that is known to wait. */
export function allWaiting({ transactions, summaries = [] }: Pick<MempoolFacts, 'transactions' | 'summaries'>) {
  return inNonceOrder<Waiting>([...transactions, ...summaries])
}

/** One transaction per nonce, lowest first: of several with one nonce the one that pays most, which a block would take. */
export function queueOf<Item extends Waiting>(transactions: readonly Item[]): readonly Item[] {
  const byNonce = new Map<number, Item>()
  for (const transaction of inNonceOrder(transactions)) {
    const other = byNonce.get(transaction.nonce)
    if (other === undefined || transaction.maxFeePerGas > other.maxFeePerGas) {
      byNonce.set(transaction.nonce, transaction)
    }
  }
  return [...byNonce.values()]
}

/** All of them, lowest nonce first, and those of one nonce by their hash: never by who named them first. */
export function inNonceOrder<Item extends { readonly nonce: number; readonly hash?: string }>(
  transactions: readonly Item[],
): readonly Item[] {
  return transactions.toSorted(
    (one, other) => one.nonce - other.nonce || ((one.hash ?? '') < (other.hash ?? '') ? -1 : 1),
  )
}

/** Nonces that no transaction has, both ends included, and how many transactions stand behind them. */
export type NonceGap = { readonly first: number; readonly last: number; readonly waiting: number }

/** The gaps below queued transactions. What the node counts as pending leaves none, even where it does not show all of it. */
export function nonceGaps(transactions: readonly Waiting[], { latest, pending }: NonceFacts): readonly NonceGap[] {
  const minedNext = transactions.filter(({ state }) => state === 'pending')
  const start = Math.max(latest, pending ?? 0, ...minedNext.map(({ nonce }) => nonce + 1))
  const nonces = queueOf(transactions).flatMap(({ nonce }) => (nonce >= start ? [nonce] : []))
  return nonces.flatMap((nonce, index) => {
    const first = index === 0 ? start : (nonces[index - 1] ?? 0) + 1
    return nonce > first ? [{ first, last: nonce - 1, waiting: nonces.length - index }] : []
  })
}

export type Shortage = {
  /** The first transaction, in nonce order, that the balance no longer covers. */
  readonly transaction: Waiting
  /** Wei that the whole queue may cost, the fillings of missing nonces included. */
  readonly cost: bigint
  /** Wei that are missing for the whole queue. */
  readonly missing: bigint
}

/** Missing nonces that are to be filled, and what filling one of them costs (wei). */
export type Filling = { readonly gaps: readonly Pick<NonceGap, 'first' | 'last'>[]; readonly costOfOne: bigint }

/** How many missing nonces lie below a nonce. */
export function missingBelow(gaps: Filling['gaps'], nonce: number): number {
  return gaps.reduce((count, { first, last }) => (last < nonce ? count + last - first + 1 : count), 0)
}

/** Where the balance (wei) ends in the queue, once the nonces before it are filled; null when it covers all of it. */
export function shortageOf(
  transactions: readonly Waiting[],
  balance: bigint,
  { gaps, costOfOne }: Filling = { gaps: [], costOfOne: 0n },
): Shortage | null {
  const queue = queueOf(transactions)
  let spent = 0n
  const transaction = queue.find((next) => {
    spent += highestCost(next)
    return spent + BigInt(missingBelow(gaps, next.nonce)) * costOfOne > balance
  })
  const last = queue.at(-1)
  if (transaction === undefined || last === undefined) return null
  const fillings = BigInt(missingBelow(gaps, last.nonce)) * costOfOne
  const cost = queue.reduce((sum, next) => sum + highestCost(next), fillings)
  return { transaction, cost, missing: cost - balance }
}
