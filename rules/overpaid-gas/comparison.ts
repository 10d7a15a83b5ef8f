/** Compares what a transaction paid for gas with what others paid in its block. */
import type { OwnTransaction } from '../../src/rule.ts'

export type Limits = {
  readonly priceTimes: number
  readonly tipTimes: number
  readonly baseFeeTimes: number
  readonly leastExtraWei: string
}

export type Overpayment = {
  readonly kind: 'above-block' | 'high-tip' | 'above-base-fee'
  /** Wei per gas of what it is compared with. */
  readonly reference: bigint
  /** Wei paid beyond that. */
  readonly extra: bigint
  readonly blockFees: NonNullable<OwnTransaction['blockFees']>
}

/** null when it paid about what others did, when the difference is small change, or when the block's fees are not known. */
export function overpaymentOf(transaction: OwnTransaction, limits: Limits): Overpayment | null {
  const { effectiveGasPrice: paid, gasUsed, blockFees } = transaction
  if (blockFees === null) return null
  const { baseFee, price, tip } = blockFees
  // Alone in its block, or by far the largest, a transaction is its own percentile: only the base fee is not of its making.
  // A chain without a base fee leaves nothing to compare such a one with.
  const isItsOwnMeasure = price.p50 >= paid && baseFee > 0n
  const exceeded = [
    { kind: 'above-block', reference: price.p90, isExceeded: paid > times(price.p90, limits.priceTimes) },
    { kind: 'high-tip', reference: baseFee + tip.p50, isExceeded: paid - baseFee > times(tip.p50, limits.tipTimes) },
    {
      kind: 'above-base-fee',
      reference: baseFee,
      isExceeded: isItsOwnMeasure && paid > times(baseFee, limits.baseFeeTimes),
    },
  ] as const
  for (const { kind, reference, isExceeded } of exceeded) {
    const extra = (paid - reference) * gasUsed
    if (isExceeded && extra > BigInt(limits.leastExtraWei)) return { kind, reference, extra, blockFees }
  }
  return null
}

/** Exact to a thousandth. */
function times(fee: bigint, factor: number): bigint {
  return (fee * BigInt(Math.round(factor * 1000))) / 1000n
}
