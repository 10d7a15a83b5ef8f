/** Where fees went: the costliest day, the costliest calls by contract and method, and what the same would have cost at the market then. */
import {
  type ChainFacts,
  type FindingData,
  feeAtMarketThen,
  isShownAlike,
  type OwnTransaction,
  paidFee,
  value,
} from '../../src/rule.ts'
import { compare } from './costliest.ts'

type Transactions = readonly OwnTransaction[]
type Coin = ChainFacts['coin']

/** How many contracts and methods a finding names. */
const mostGroups = 3
const secondsPerDay = 86_400

export function breakdownData(transactions: Transactions, coin: Coin): FindingData {
  const [day] = byFee(groupBy(transactions, ({ timestamp }) => String(Math.floor(timestamp / secondsPerDay))))
  const groups = byFee(groupBy(transactions, ({ to, selector }) => `${to} ${selector}`)).slice(0, mostGroups)
  return {
    ...dayData(day ?? [], coin),
    groups: value.count(groups.length),
    ...Object.fromEntries(groups.flatMap((group, index) => groupEntries(group, { number: index + 1, coin }))),
    ...marketData(transactions, coin),
  }
}

function groupBy(transactions: Transactions, keyOf: (transaction: OwnTransaction) => string): readonly Transactions[] {
  const groups = new Map<string, OwnTransaction[]>()
  for (const transaction of transactions) {
    const key = keyOf(transaction)
    groups.set(key, [...(groups.get(key) ?? []), transaction])
  }
  return [...groups.values()]
}

function byFee(groups: readonly Transactions[]): readonly Transactions[] {
  return groups.toSorted((one, other) => compare(total(other), total(one)) || newest(other) - newest(one))
}

function newest(transactions: Transactions): number {
  return Math.max(...transactions.map(({ nonce }) => nonce))
}

function total(transactions: Transactions): bigint {
  return transactions.reduce((sum, transaction) => sum + paidFee(transaction), 0n)
}

/** The day by UTC, as its first second. */
function dayData(transactions: Transactions, coin: Coin): FindingData {
  const [{ timestamp } = { timestamp: 0 }] = transactions
  return {
    costliestDay: value.time(timestamp - (timestamp % secondsPerDay)),
    dayFees: value.native(total(transactions), coin),
  }
}

function groupEntries(group: Transactions, { number, coin }: { readonly number: number; readonly coin: Coin }) {
  const { to = null, selector = '0x' } = group[0] ?? {}
  const kind = to === null ? 'creation' : selector === '0x' ? 'transfer' : 'method'
  return [
    [`kind${number}`, value.keyword(kind)] as const,
    ...(to === null ? [] : [[`callee${number}`, value.address(to)] as const]),
    [`method${number}`, value.text(selector)] as const,
    [`spent${number}`, value.native(total(group), coin)] as const,
    [`times${number}`, value.count(group.length)] as const,
  ]
}

/** At the median tip of their own blocks, with the same gas and what comes on top of it. */
function marketData(transactions: Transactions, coin: Coin): FindingData {
  const compared = transactions.filter((transaction) => feeAtMarketThen(transaction) !== null)
  const atMarket = compared.reduce((sum, transaction) => sum + (feeAtMarketThen(transaction) ?? 0n), 0n)
  const prices = { comparedFees: value.native(total(compared), coin), atMarket: value.native(atMarket, coin) }
  // Two numbers that read the same compare nothing.
  return { compared: value.count(isShownAlike(prices.comparedFees, prices.atMarket) ? 0 : compared.length), ...prices }
}

/**
 * The part of a step that names as many contracts and methods as there are.
 * @param describe the words for one of them, by its number
 */
export function groupList(separator: string, describe: (number: number) => string): string {
  const others = Array.from({ length: mostGroups - 1 }, (_, index) => index + 2)
  const rest = others.reduceRight(
    (behind, number) => `{groups, plural, =${number - 1} {} other {${separator}${describe(number)}${behind}}}`,
    '',
  )
  return describe(1) + rest
}
