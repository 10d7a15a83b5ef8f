/** What transactions cost, in wei: what they took, and the most that they may take. */
import type { FeeFacts, OwnTransaction, PendingTransaction } from '../core/facts.ts'
import { marketFees } from './replacement-fee.ts'

/** Wei that a mined transaction took from its sender besides its value, a roll-up's data fee included. */
export function paidFee({ gasUsed, effectiveGasPrice, dataFee }: OwnTransaction): bigint {
  return gasUsed * effectiveGasPrice + dataFee
}

/** Wei that a node sets aside for a pending transaction: its value and all its gas at its max fee. Blob gas is not in it. */
export function highestCost({ value, gasLimit, maxFeePerGas }: PendingTransaction): bigint {
  return value + gasLimit * maxFeePerGas
}

/**
 * Wei that a wallet wants to see before it sends a transaction of this much gas now; null when no price is known.
 * A roll-up's data fee comes on top, and a gas price without a base fee has no headroom: who is short here is short there too.
 */
export function costAtMarket(gas: bigint, fees: FeeFacts): bigint | null {
  const price = marketFees(fees)?.maxFeePerGas ?? fees.gasPrice
  return price === null ? null : gas * price
}
