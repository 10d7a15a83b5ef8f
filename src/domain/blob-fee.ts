/** The fee for blob gas of a transaction that waits, held against that of the next block. */
import { CheckupError, toFactError } from '../core/errors.ts'
import type { FeeFacts, PendingTransaction } from '../core/facts.ts'
import type { Unread } from '../core/rule.ts'

export class BlobFeeUntoldError extends CheckupError {
  constructor() {
    super('blob-fee-untold', {
      message:
        'The endpoint does not tell what blob gas costs in the next block, so the blob fee of a waiting transaction was compared with nothing.',
      hints: ['Use another endpoint.'],
    })
  }
}

type Offer = Pick<PendingTransaction, 'maxFeePerBlobGas'>

/** `unknown` for a transaction without blobs too: it has nothing to compare. */
export function blobFeeState(
  { maxFeePerBlobGas }: Offer,
  { blobBaseFee = null }: Pick<FeeFacts, 'blobBaseFee'>,
): 'below' | 'enough' | 'unknown' {
  if (maxFeePerBlobGas === null || blobBaseFee === null) return 'unknown'
  return maxFeePerBlobGas < blobBaseFee ? 'below' : 'enough'
}

/** The part of the fees that is missing when one of these carries blobs; none where the fees are said to be missing already. */
export function blobFeeUnread(waiting: readonly Offer[], fees: FeeFacts): readonly Unread<'fees'>[] {
  const isUncompared = waiting.some(
    (one) => one.maxFeePerBlobGas !== null && blobFeeState(one, fees) === 'unknown' && fees.missing.length === 0,
  )
  return isUncompared ? [{ fact: 'fees', about: 'fees', error: toFactError(new BlobFeeUntoldError()) }] : []
}
