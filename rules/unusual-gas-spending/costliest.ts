/** The costliest transactions of a time, and why they cost so much: how much gas, at which price. */
import { type ChainFacts, type FindingData, inNonceOrder, type OwnTransaction, paidFee, value } from '../../src/rule.ts'

/** How many a finding names. */
const mostNamed = 5

/** By fee, highest first; of equal ones the newest. */
export function costliestOf(transactions: readonly OwnTransaction[]): readonly OwnTransaction[] {
  return inNonceOrder(transactions)
    .toReversed()
    .sort((one, other) => compare(paidFee(other), paidFee(one)))
    .slice(0, mostNamed)
}

/** Below zero where `one` is the smaller. */
export function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** `named`, and for each transaction `transaction1`, `fee1`, `gas1`, `price1` and so on. */
export function costliestData(transactions: readonly OwnTransaction[], coin: ChainFacts['coin']): FindingData {
  const entries = transactions.flatMap((transaction, index) => [
    [`transaction${index + 1}`, value.hash(transaction.hash)] as const,
    [`fee${index + 1}`, value.native(paidFee(transaction), coin)] as const,
    [`gas${index + 1}`, value.text(String(transaction.gasUsed))] as const,
    [`price${index + 1}`, value.gasPrice(transaction.effectiveGasPrice)] as const,
  ])
  return { named: value.count(transactions.length), ...Object.fromEntries(entries) }
}

/**
 * The part of a message that lists as many transactions as there are.
 * @param describe the words for one of them, by its number
 */
export function costliestList(separator: string, describe: (number: number) => string): string {
  const others = Array.from({ length: mostNamed - 1 }, (_, index) => index + 2)
  const rest = others.reduceRight(
    (behind, number) => `{named, plural, =${number - 1} {} other {${separator}${describe(number)}${behind}}}`,
    '',
  )
  return describe(1) + rest
}
