/** What it takes to give up the transaction that the balance does not reach, and what the queue takes after it. */
import {
  blobFeeState,
  cancelCall,
  type FactMap,
  highestCost,
  isMarketKnown,
  replacementFees,
  roundUpToShown,
  type Shortage,
  transferGas,
  type UnsignedCall,
  value,
  type Waiting,
} from '../../src/rule.ts'

type Facts = Pick<FactMap, 'chain' | 'account' | 'fees'>
type ReplacementFees = ReturnType<typeof replacementFees>
/** `fillings`: wei that filling the missing nonces before it costs. */
type Situation = Facts & { readonly queue: readonly Waiting[]; readonly fillings: bigint }

/** Of a summary only the most that it pays is known. */
const unknownFees = { isLegacy: false, maxPriorityFeePerGas: 0n, maxFeePerBlobGas: null } as const

/**
 * The fees of the cancellation, and whether the balance covers it. `rest` says whether it covers what then remains; `restMissing`
 * is what that lacks, rounded up to what is shown.
 */
export function givingUp(shortage: Shortage, situation: Situation) {
  const { transaction } = shortage
  const { account, fees: market } = situation
  const whole = 'hash' in transaction ? transaction : { ...transaction, ...unknownFees }
  const fees = replacementFees(whole, market)
  const isBlobFeeRead = whole.maxFeePerBlobGas === null || blobFeeState(whole, market) !== 'unknown'
  return {
    data: {
      load: value.keyword('hash' in transaction ? (whole.maxFeePerBlobGas === null ? 'other' : 'blobs') : 'summary'),
      market: value.keyword(isMarketKnown(market) ? 'known' : 'unread'),
      blobMarket: value.keyword(isBlobFeeRead ? 'known' : 'unread'),
      feeKind: value.keyword(fees.isLegacy ? 'legacy' : 'eip1559'),
      newMaxFee: value.gasPrice(fees.maxFeePerGas),
      newPriorityFee: value.gasPrice(fees.maxPriorityFeePerGas),
      ...(fees.maxFeePerBlobGas !== undefined && { newBlobFee: value.gasPrice(fees.maxFeePerBlobGas) }),
      ...coverage(shortage, { ...situation, own: costOf(fees), isPriced: isMarketKnown(market) && isBlobFeeRead }),
    },
    remedy: cancelCalls(transaction, { chain: situation.chain, account, fees }),
  }
}

/** Wei. A transaction with blobs is cancelled with one. */
function costOf(fees: ReplacementFees): bigint {
  return highestCost({ ...fees, value: 0n, gasLimit: transferGas })
}

/** None for a summary, of which nobody knows what it carries, and none for blobs whose hashes are not known. */
function cancelCalls(
  transaction: Waiting,
  { chain, account, fees }: Pick<Facts, 'chain' | 'account'> & { readonly fees: ReplacementFees },
): readonly UnsignedCall[] {
  if (!('hash' in transaction)) return []
  const { nonce, maxFeePerBlobGas, blobVersionedHashes } = transaction
  if (maxFeePerBlobGas !== null && blobVersionedHashes === undefined) return []
  const blobs = blobVersionedHashes === undefined ? {} : { blobVersionedHashes: blobVersionedHashes.slice(0, 1) }
  return [cancelCall({ chain, account, nonce, fees, ...blobs, purpose: 'cancel' })]
}

/** `own`: wei that the cancellation costs. Not `isPriced`: fees could not be read, so more may come on top. */
function coverage(
  { transaction, cost }: Shortage,
  situation: Situation & { readonly own: bigint; readonly isPriced: boolean },
) {
  const { queue, account, chain, own, fillings, isPriced } = situation
  const before = queue.filter(({ nonce }) => nonce < transaction.nonce)
  const isShort = before.reduce((sum, other) => sum + highestCost(other), fillings + own) > account.balance
  const remaining = cost - highestCost(transaction) + own
  const missing = remaining > account.balance ? remaining - account.balance : 0n
  const isTold = !isShort && (missing > 0n || isPriced)
  return {
    cancellation: value.keyword(isShort ? 'short' : 'covered'),
    rest: value.keyword(isTold ? (missing > 0n ? 'short' : 'covered') : 'unknown'),
    restMissing: value.native(roundUpToShown(missing, chain.coin.decimals), chain.coin),
  }
}
