/** What transactions cost, in wei: what they took, and the most that they may take. */
import type { FeeFacts, OwnTransaction, PendingTransaction } from '../core/facts.ts'
import { marketFees } from './replacement-fee.ts'
import { gasPerBlob } from './transaction.ts'

/** Wei that a mined transaction took from its sender besides its value: a roll-up's own fees and its blobs included. */
export function paidFee(transaction: OwnTransaction): bigint {
  const { gasUsed, effectiveGasPrice } = transaction
  return gasUsed * effectiveGasPrice + onTop(transaction)
}

/** Wei that the same transaction would have cost at the median tip of its block; null when the block's fees are not known. */
export function feeAtMarketThen(transaction: OwnTransaction): bigint | null {
  const { gasUsed, blockFees } = transaction
  return blockFees === null ? null : gasUsed * (blockFees.baseFee + blockFees.tip.p50) + onTop(transaction)
}

/** Wei of `paidFee` that a roll-up took for its data on the parent chain, whichever way it charges. */
export function dataFeeOf({ dataFee, dataGas = 0n, effectiveGasPrice }: OwnTransaction): bigint {
  return dataFee + dataGas * effectiveGasPrice
}

function onTop({ dataFee, blobFee = 0n, operatorFee = 0n }: OwnTransaction): bigint {
  return dataFee + blobFee + operatorFee
}

type Cost = Pick<PendingTransaction, 'value' | 'gasLimit' | 'maxFeePerGas'> &
  Partial<Pick<PendingTransaction, 'maxFeePerBlobGas' | 'blobGas'>>

/** Wei that a node sets aside for a pending transaction: its value, and all its gas and blob gas at its max fees. */
export function highestCost({ value, gasLimit, maxFeePerGas, maxFeePerBlobGas = null, blobGas }: Cost): bigint {
  // Files of before may not say how much: there is one blob at least.
  const ofBlobs = maxFeePerBlobGas === null ? 0n : (blobGas ?? gasPerBlob) * maxFeePerBlobGas
  return value + gasLimit * maxFeePerGas + ofBlobs
}

/**
 * Wei that a wallet wants to see before it sends a transaction of this much gas now; null when no price is known.
 * A roll-up's data fee comes on top, and a gas price without a base fee has no headroom: who is short here is short there too.
 */
export function costAtMarket(gas: bigint, fees: FeeFacts): bigint | null {
  const price = marketFees(fees)?.maxFeePerGas ?? fees.gasPrice
  return price === null ? null : gas * price
}
