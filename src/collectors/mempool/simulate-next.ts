/** Runs the transaction that is next in turn on the state of the run, without sending it: one that would fail now is better cancelled. */
import { numberToHex } from 'viem/utils'
import { CheckupError, toFactError } from '../../core/errors.ts'
import type { PendingTransaction } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import type { Simulation } from '../../core/simulation.ts'
import { isExecutionFailure, revertData, revertReason } from '../../domain/revert-reason.ts'
import type { Transaction } from '../../domain/transaction.ts'
import { RpcRefusedError } from '../../rpc/errors.ts'
import { callOf, canBeRun } from '../run-call.ts'

/** null for one that no call can run. Never throws what a node can cause. */
export async function simulateNext(
  rpc: RpcClient,
  transaction: Simulated,
  blockNumber: bigint,
): Promise<Simulation | null> {
  if (!canBeRun(transaction)) return null
  const call = callOf(transaction, transaction.gasLimit)
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
