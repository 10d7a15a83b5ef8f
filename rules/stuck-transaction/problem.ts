/** Whether fees keep a transaction out of the next blocks. How old it is cannot be known from one look. */
import { type FeeFacts, type PendingTransaction, value } from '../../src/rule.ts'

export type Problem = 'below-base-fee' | 'low-tip' | 'below-node-price'

/** null when its fees suffice, or when nothing is known to compare them with. */
export function problemOf(pending: PendingTransaction, fees: FeeFacts, leastPricePercent: number): Problem | null {
  const { nextBaseFee, gasPrice, tips } = fees
  if (nextBaseFee === null) {
    const isLow = gasPrice !== null && pending.maxFeePerGas * 100n < gasPrice * BigInt(leastPricePercent)
    return isLow ? 'below-node-price' : null
  }
  if (pending.maxFeePerGas < nextBaseFee) return 'below-base-fee'
  return tips !== null && tipAt(nextBaseFee, pending) < tips.p10 ? 'low-tip' : null
}

/** What is left for the block's maker, wei per gas, once the base fee is paid (EIP-1559). */
function tipAt(baseFee: bigint, { maxFeePerGas, maxPriorityFeePerGas }: PendingTransaction): bigint {
  const room = maxFeePerGas - baseFee
  return room < maxPriorityFeePerGas ? room : maxPriorityFeePerGas
}

/** What the transaction offers and what is asked of it now, wei per gas: the whole fee, or the tip where that is the problem. */
export function comparedFees(problem: Problem, pending: PendingTransaction, { nextBaseFee, gasPrice, tips }: FeeFacts) {
  const offered = value.gasPrice(pending.maxFeePerGas)
  switch (problem) {
    case 'below-base-fee':
      return { offered, asked: value.gasPrice(nextBaseFee ?? 0n) }
    case 'low-tip':
      return { offered: value.gasPrice(tipAt(nextBaseFee ?? 0n, pending)), asked: value.gasPrice(tips?.p10 ?? 0n) }
    case 'below-node-price':
      return { offered, asked: value.gasPrice(gasPrice ?? 0n) }
    default:
      return problem satisfies never
  }
}
