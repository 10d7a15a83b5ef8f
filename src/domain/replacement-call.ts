/** Unsigned calls that take the place of a pending transaction, or fill a missing nonce. */
import type { Hex } from 'viem'
import type { AccountFacts, ChainFacts, PendingTransaction } from '../core/facts.ts'
import type { UnsignedCall } from '../core/finding.ts'
import type { ReplacementFees } from './replacement-fee.ts'

/** Gas of a transfer of the chain's coin to an address without code. */
export const transferGas = 21_000n

type Cancellation = {
  readonly chain: Pick<ChainFacts, 'chainId'>
  readonly account: Pick<AccountFacts, 'address' | 'code'>
  readonly nonce: number
  /** null: the wallet's choice. */
  readonly fees: ReplacementFees | null
  /** Of the transaction that it replaces: nodes take nothing without blobs in the place of one with blobs. */
  readonly blobVersionedHashes?: readonly Hex[]
  /** Whether a transaction waits with this nonce, or none does. */
  readonly purpose: 'cancel' | 'fill-nonce'
}

/** Nothing, sent to oneself: uses up the nonce and does no more. */
export function cancelCall({ chain, account, nonce, fees, blobVersionedHashes, purpose }: Cancellation): UnsignedCall {
  return {
    chainId: chain.chainId,
    to: account.address,
    data: '0x',
    value: '0',
    nonce,
    // An account with a delegate (EIP-7702) runs its code even then, so the wallet has to estimate.
    ...(account.code.kind === 'none' && { gasLimit: String(transferGas) }),
    ...(fees && feeFields(fees)),
    ...(blobVersionedHashes !== undefined && { blobVersionedHashes }),
    purpose,
  }
}

/**
 * The same transaction with other fees; null when a call cannot be that: it creates a contract, which has no address, or
 * carries EIP-7702 authorisations.
 */
export function speedUpCall(
  { chainId }: Pick<ChainFacts, 'chainId'>,
  pending: PendingTransaction,
  fees: ReplacementFees,
): UnsignedCall | null {
  const { to, input, value, nonce, gasLimit, hasAuthorizations, accessList, blobVersionedHashes } = pending
  if (to === null || hasAuthorizations) return null
  return {
    chainId,
    to,
    data: input,
    value: String(value),
    nonce,
    gasLimit: String(gasLimit),
    ...feeFields(fees),
    ...(blobVersionedHashes !== undefined && { blobVersionedHashes }),
    ...(accessList !== undefined && { accessList }),
    purpose: 'speed-up',
  }
}

function feeFields({ isLegacy, maxFeePerGas, maxPriorityFeePerGas, maxFeePerBlobGas }: ReplacementFees) {
  if (isLegacy) return { gasPrice: String(maxFeePerGas) }
  return {
    maxFeePerGas: String(maxFeePerGas),
    maxPriorityFeePerGas: String(maxPriorityFeePerGas),
    ...(maxFeePerBlobGas !== undefined && { maxFeePerBlobGas: String(maxFeePerBlobGas) }),
  }
}
