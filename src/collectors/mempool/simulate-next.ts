/** Runs the transaction that is next in turn on the state of the run, without sending it: one that would fail now is better cancelled. */
import { numberToHex } from 'viem/utils'
import { CheckupError, toFactError } from '../../core/errors.ts'
import type { PendingTransaction } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import type { Simulation } from '../../core/simulation.ts'
import { isExecutionFailure, revertData, revertReason } from '../../domain/revert-reason.ts'
import type { Transaction } from '../../domain/transaction.ts'
import { RpcRefusedError } from '../../rpc/errors.ts'

/**
 * Without its fees: a node refuses a call below the base fee, and whether the balance covers them is another question. What
 * authorisations (EIP-7702) would set first no call can say, and a contract that asks for blobs fails where their hashes are not
 * given: then null. Never throws what a node can cause.
 */
export async function simulateNext(
  rpc: RpcClient,
  transaction: Simulated,
  blockNumber: bigint,
): Promise<Simulation | null> {
  const { maxFeePerBlobGas, blobVersionedHashes, hasAuthorizations } = transaction
  if (hasAuthorizations || (maxFeePerBlobGas !== null && blobVersionedHashes === undefined)) return null
  const call = callOf(transaction)
  const block = String(blockNumber)
  try {
    await rpc.request('eth_call', [call, numberToHex(blockNumber)])
    return { status: 'succeeds', block, isConfirmed: false }
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    const data = error instanceof RpcRefusedError ? revertData(error.nodeData) : null
    // Out of gas gives no data.
    const hasFailed = data !== null || (error instanceof RpcRefusedError && isExecutionFailure(error.nodeMessage))
    if (!hasFailed) return { status: 'unknown', block, error: toFactError(error) }
    const reason = data === null ? null : revertReason(data)
    return { status: 'reverts', block, ...(reason !== null && { reason }) }
  }
}

type Simulated = Pick<Transaction, 'from'> &
  Pick<
    PendingTransaction,
    | 'to'
    | 'value'
    | 'gasLimit'
    | 'input'
    | 'hasAuthorizations'
    | 'maxFeePerBlobGas'
    | 'blobVersionedHashes'
    | 'accessList'
  >

function callOf({ from, to, value, gasLimit, input, blobVersionedHashes, accessList }: Simulated) {
  return {
    from,
    value: numberToHex(value),
    gas: numberToHex(gasLimit),
    data: input,
    ...(to !== null && { to }),
    ...(accessList !== undefined && { accessList }),
    ...(blobVersionedHashes !== undefined && { blobVersionedHashes }),
  }
}
