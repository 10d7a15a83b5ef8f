/** A transaction as eth_call takes it, to be run without being sent. */
import type { Hex } from 'viem'
import { numberToHex } from 'viem/utils'
import type { AccessList, Transaction } from '../domain/transaction.ts'

/** Absent as in a transaction. */
type Lists = {
  readonly blobVersionedHashes?: readonly Hex[] | undefined
  readonly accessList?: AccessList | undefined
}
type Runnable = Pick<Transaction, 'hasAuthorizations' | 'maxFeePerBlobGas'> & Lists
type Run = Pick<Transaction, 'from' | 'to' | 'value' | 'input'> & Lists

/**
 * What authorisations (EIP-7702) would set first no call can say, and a contract that asks for blobs fails where their hashes
 * are not given.
 */
export function canBeRun({ hasAuthorizations, maxFeePerBlobGas, blobVersionedHashes }: Runnable): boolean {
  return !hasAuthorizations && (maxFeePerBlobGas === null || blobVersionedHashes !== undefined)
}

/** Without its fees: a node refuses a call below the base fee, and whether the balance covers them is another question. */
export function callOf({ from, to, value, input, blobVersionedHashes, accessList }: Run, gas: bigint) {
  return {
    from,
    value: numberToHex(value),
    gas: numberToHex(gas),
    data: input,
    ...(to !== null && { to }),
    ...(accessList !== undefined && { accessList }),
    ...(blobVersionedHashes !== undefined && { blobVersionedHashes }),
  }
}
