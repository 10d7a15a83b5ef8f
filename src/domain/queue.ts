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
  /** Wei that the whole queue may cost. */
  readonly cost: bigint
  /** Wei that are missing for the whole queue. */
  readonly missing: bigint
}

/** Where the balance (wei) ends in the queue; null when it covers all of it. */
export function shortageOf(transactions: readonly Waiting[], balance: bigint): Shortage | null {
  const queue = queueOf(transactions)
  let spent = 0n
  const transaction = queue.find((next) => {
    spent += highestCost(next)
    return spent > balance
  })
  if (transaction === undefined) return null
  const cost = queue.reduce((sum, next) => sum + highestCost(next), 0n)
  return { transaction, cost, missing: cost - balance }
}
