/**
 * Which fees get a transaction mined now, and which ones a node takes in place of those it has. Wei per gas, rounded up to what
 * people can type: the same in a sentence and in an unsigned call.
 */
import type { FeeFacts, PendingTransaction } from '../core/facts.ts'
import { roundUpFee } from './readable-amount.ts'

/** A legacy transaction has its gas price in both fields. */
export type TransactionFees = Pick<PendingTransaction, 'isLegacy' | 'maxFeePerGas' | 'maxPriorityFeePerGas'>

/** `maxFeePerBlobGas`: wei per blob gas, only of what takes the place of a transaction with blobs. */
export type ReplacementFees = TransactionFees & { readonly maxFeePerBlobGas?: bigint }

/** What to add, in percent, to each fee of a pending transaction. Geth's default, which the other clients share. */
const bumpPercent = 10n
/** A transaction with blobs must double each fee, the blob fee included. */
const blobBumpPercent = 100n

/** Fees for a new transaction, to be mined soon; null when the market is not known. */
export function marketFees(fees: FeeFacts): TransactionFees | null {
  if (!isMarketKnown(fees)) return null
  const { nextBaseFee, gasPrice } = fees
  if (nextBaseFee !== null) {
    const maxPriorityFeePerGas = roundUpFee(marketTip(fees))
    const maxFeePerGas = roundUpFee(withHeadroom(nextBaseFee) + maxPriorityFeePerGas)
    return { isLegacy: false, maxFeePerGas, maxPriorityFeePerGas }
  }
  if (gasPrice === null) return null
  const price = roundUpFee(gasPrice)
  return { isLegacy: true, maxFeePerGas: price, maxPriorityFeePerGas: price }
}

/** False when no base fee was read and the chain may have one: a gas price alone does not say which part of it is the tip. */
export function isMarketKnown({ nextBaseFee, missing }: FeeFacts): boolean {
  return nextBaseFee !== null || missing.length === 0
}

/**
 * Fees with which a pending transaction is both accepted as a replacement and mined soon. Where the market is not known, the
 * least that is accepted, with a max fee of the node's gas price at least.
 */
export function replacementFees(
  pending: TransactionFees & Pick<PendingTransaction, 'maxFeePerBlobGas'>,
  fees: FeeFacts,
): ReplacementFees {
  const percent = pending.maxFeePerBlobGas === null ? bumpPercent : blobBumpPercent
  const bumped = (fee: bigint) => leastReplacementFee(fee, percent)
  if (pending.isLegacy) {
    const gasPrice = roundUpFee(highest(bumped(pending.maxFeePerGas), legacyMarketPrice(fees)))
    return { isLegacy: true, maxFeePerGas: gasPrice, maxPriorityFeePerGas: gasPrice }
  }
  const tip = roundUpFee(highest(bumped(pending.maxPriorityFeePerGas), marketTip(fees)))
  const { nextBaseFee, gasPrice } = fees
  // Without a base fee the gas price may be below the median tip, and no node takes a tip above the max fee.
  const marketMaximum = nextBaseFee === null ? highest(gasPrice ?? 0n, tip) : withHeadroom(nextBaseFee) + tip
  const maxFee = roundUpFee(highest(bumped(pending.maxFeePerGas), marketMaximum))
  return {
    isLegacy: false,
    maxFeePerGas: maxFee,
    maxPriorityFeePerGas: tip,
    ...(pending.maxFeePerBlobGas !== null && {
      maxFeePerBlobGas: replacementBlobFee(pending.maxFeePerBlobGas, fees),
    }),
  }
}

/** Wei per blob gas: twice the old fee, which is the least that a node takes, and enough for the blocks to come. */
export function replacementBlobFee(maxFeePerBlobGas: bigint, { blobBaseFee }: FeeFacts): bigint {
  return roundUpFee(highest(leastReplacementFee(maxFeePerBlobGas, blobBumpPercent), withHeadroom(blobBaseFee ?? 0n)))
}

/** The lowest fee that a node takes in place of `fee`: rounded up, because one wei less is refused, and never the same fee. */
export function leastReplacementFee(fee: bigint, percent = bumpPercent): bigint {
  return highest((fee * (100n + percent) + 99n) / 100n, fee + 1n)
}

/** The base fee grows by 1/8 a block at most (EIP-1559): twice as much lasts for five full blocks. The rest is paid back. */
function withHeadroom(baseFee: bigint): bigint {
  return 2n * baseFee
}

/** A legacy price is paid in full, so its headroom is small: 1.25 of the base fee, one full block and some. */
function legacyMarketPrice(fees: FeeFacts): bigint {
  if (fees.nextBaseFee === null) return fees.gasPrice ?? 0n
  return (fees.nextBaseFee * 5n + 3n) / 4n + marketTip(fees)
}

/** The tip in the middle of recent blocks. Blocks without a transaction say none: then what the node itself proposes. */
function marketTip(fees: FeeFacts): bigint {
  if (!isMarketKnown(fees)) return 0n
  const { tips, gasPrice, nextBaseFee } = fees
  return tips?.p50 ?? highest((gasPrice ?? 0n) - (nextBaseFee ?? 0n), 0n)
}

function highest(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}
