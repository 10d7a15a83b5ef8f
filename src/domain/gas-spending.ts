/** Adds up what the account's own transactions cost: by day, by contract, by method. */
import type { ActivityFacts, OwnTransaction } from '../core/facts.ts'
import type { Spending } from '../core/spending.ts'
import { dataFeeOf, feeAtMarketThen, paidFee } from './gas-cost.ts'

type Transactions = readonly OwnTransaction[]

/** A report is read by people and kept for long. */
const mostGroups = 100

/** null where no transaction was read. */
export function gasSpending({ transactions, since, missing }: ActivityFacts): Spending | null {
  if (transactions.length === 0) return null
  const compared = transactions.filter((transaction) => feeAtMarketThen(transaction) !== null)
  return {
    since: since ?? null,
    isComplete: missing.every(({ about }) => about !== 'activity'),
    all: sumOf(transactions),
    gas: {
      used: total(transactions, ({ gasUsed }) => gasUsed),
      allowed: total(transactions, ({ gasLimit }) => gasLimit),
    },
    failed: sumOf(transactions.filter(({ succeeded }) => !succeeded)),
    parts: {
      data: total(transactions, dataFeeOf),
      operator: total(transactions, ({ operatorFee = 0n }) => operatorFee),
      blobs: total(transactions, ({ blobFee = 0n }) => blobFee),
    },
    market: {
      ...sumOf(compared),
      atMarket: total(compared, (transaction) => feeAtMarketThen(transaction) ?? 0n),
      aboveP90: compared.filter((one) => isAbove(one, ({ price }) => price.p90)).length,
      aboveMedianTip: compared.filter((one) => isAbove(one, ({ baseFee, tip }) => baseFee + tip.p50)).length,
    },
    days: groupBy(transactions, dayOf)
      .map(([day, group]) => ({ day, ...sumOf(group) }))
      .toSorted((one, other) => (one.day < other.day ? 1 : -1)),
    contracts: costliest(
      groupBy(transactions, ({ to }) => String(to)),
      ({ to }) => ({ to }),
    ),
    methods: costliest(
      groupBy(transactions, ({ to, selector }) => `${to} ${selector}`),
      ({ to, selector }) => ({ to, selector }),
    ),
  }
}

type BlockFees = NonNullable<OwnTransaction['blockFees']>

/** @param limitOf wei per gas */
function isAbove({ effectiveGasPrice, blockFees }: OwnTransaction, limitOf: (fees: BlockFees) => bigint): boolean {
  return blockFees !== null && effectiveGasPrice > limitOf(blockFees)
}

type Group = readonly [key: string, transactions: readonly [OwnTransaction, ...Transactions]]

function groupBy(transactions: Transactions, keyOf: (transaction: OwnTransaction) => string): readonly Group[] {
  const groups = new Map<string, [OwnTransaction, ...OwnTransaction[]]>()
  for (const transaction of transactions) {
    const key = keyOf(transaction)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [transaction])
    else group.push(transaction)
  }
  return [...groups]
}

/** By fees, then by name, so that equal ones never change places. */
function costliest<Name>(groups: readonly Group[], nameOf: (transaction: OwnTransaction) => Name) {
  return groups
    .map(([key, group]) => ({
      key,
      fees: BigInt(total(group, paidFee)),
      entry: { ...nameOf(group[0]), ...sumOf(group) },
    }))
    .toSorted(
      (one, other) => Number(other.fees > one.fees) - Number(other.fees < one.fees) || (one.key < other.key ? -1 : 1),
    )
    .slice(0, mostGroups)
    .map(({ entry }) => entry)
}

function sumOf(transactions: Transactions) {
  return { transactions: transactions.length, fees: total(transactions, paidFee) }
}

function total(transactions: Transactions, amountOf: (transaction: OwnTransaction) => bigint): string {
  return String(transactions.reduce((sum, transaction) => sum + amountOf(transaction), 0n))
}

function dayOf({ timestamp }: OwnTransaction): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 10)
}
