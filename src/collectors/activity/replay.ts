/** Makes the call of a failed transaction again, on past state: the chain keeps that it failed, and not why. */
import type { Hex } from 'viem'
import { numberToHex } from 'viem/utils'
import { z } from 'zod'
import { CheckupError, type FactError, toFactError } from '../../core/errors.ts'
import type { OwnTransaction } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { hex } from '../../core/schema.ts'
import type { Store } from '../../core/store.ts'
import { value } from '../../core/value.ts'
import { isExecutionFailure, revertData } from '../../domain/revert-reason.ts'
import { RpcRefusedError } from '../../rpc/errors.ts'
import type { Attempt } from '../attempt.ts'
import { callOf, canBeRun } from '../run-call.ts'
import type { MinedTransaction } from './search.ts'

/** A call that leaves out what the transaction carried would fail for a reason of its own. */
export class CallNotRepeatableError extends CheckupError {
  constructor(hash: Hex) {
    super('call-not-repeatable', {
      message: `The transaction ${hash} carried authorisations or blobs that a call cannot repeat, so its reason cannot be told.`,
      data: { transaction: value.hash(hash) },
    })
  }
}

type Call =
  | { readonly status: 'succeeded' }
  | { readonly status: 'refused'; readonly error: FactError; readonly nodeMessage: string; readonly nodeData: unknown }
  | { readonly status: 'failed'; readonly error: FactError }

/** How the call ended, on which state, and how it ends with more gas where that was tried. */
export type Replay = {
  readonly call: Call
  readonly at: NonNullable<OwnTransaction['replayedAt']>
  readonly withMoreGas: NonNullable<OwnTransaction['withMoreGas']> | null
}

type Mined = { readonly transaction: MinedTransaction; readonly receipt: Attempt }

/**
 * From this share of its limit on a call may have run out of gas. Each contract passes at most 63/64 of what it has left to
 * the next: when one seven calls deep runs out, a tenth of the limit is left to those above it.
 */
const nearlyAllPercent = 85n

/**
 * As `replayFailed`; an answer that says all there is to say is kept under the hash of the block, because a node forgets the state
 * that it rests on.
 */
export async function replayOnce(
  { rpc, kept }: { readonly rpc: RpcClient; readonly kept: Store['immutable'] },
  mined: Mined & { readonly blockHash: Hex },
): Promise<Replay | null> {
  const key = `replay ${mined.transaction.hash} ${mined.blockHash}`
  const known = decodeOutcome(await kept.get(key))
  if (known !== null) return known
  const replay = await replayFailed(rpc, mined)
  const outcome = replay === null ? null : outcomeOf(replay, mined)
  if (outcome !== null) await kept.put(key, JSON.stringify(outcome))
  return replay
}

/** What the contract returned, in hex, and how it ended with more gas. Nothing of the node's own words. */
const outcomeSchema = z.object({ returned: hex.nullable(), withMoreGas: z.enum(['succeeds', 'fails']).nullable() })

/** null where not all was told: it did not fail in its contract, on the state before its block, or was not tried with more gas. */
function outcomeOf(
  { call, at, withMoreGas }: Replay,
  { transaction, receipt }: Mined,
): z.infer<typeof outcomeSchema> | null {
  const gasUsed = gasOfFailed(receipt)
  if (call.status !== 'refused' || !hasRun(call) || at === 'after' || gasUsed === null) return null
  return withMoreGas === null && isNearlyAll(gasUsed, transaction)
    ? null
    : { returned: revertData(call.nodeData), withMoreGas }
}

/** null for no text, and for one that is not as this version writes it. */
function decodeOutcome(text: string | null): Replay | null {
  if (text === null) return null
  try {
    const { returned, withMoreGas } = outcomeSchema.parse(JSON.parse(text))
    const error = { code: 'rpc-refused', message: 'The call failed when it was made again.', data: {}, hints: [] }
    return {
      call: { status: 'refused', error, nodeMessage: 'execution reverted', nodeData: returned },
      at: 'before',
      withMoreGas,
    }
  } catch {
    return null // the call can be made again
  }
}

/** null for a transaction that did not fail. Never throws. */
export async function replayFailed(rpc: RpcClient, { transaction, receipt }: Mined): Promise<Replay | null> {
  const gasUsed = gasOfFailed(receipt)
  if (gasUsed === null) return null
  if (!canBeRun(transaction)) return unrepeatable(transaction)
  const { block, gasLimit } = transaction
  const before = await makeCall(rpc, transaction, { block: block - 1n, gas: gasLimit })
  // What made it fail came earlier in its block, or the node lacks the state: then its own block is the nearest.
  const after = hasRun(before) ? null : await makeCall(rpc, transaction, { block, gas: gasLimit })
  const isAfter = after !== null && hasRun(after)
  const at = isAfter ? 'after' : 'before'
  const call = isAfter ? after : before
  // One that does not fail with the gas it had tells nothing by going through with more.
  if (!hasRun(call) || !isNearlyAll(gasUsed, transaction)) return { call, at, withMoreGas: null }
  const roomy = await makeCall(rpc, transaction, { block: isAfter ? block : block - 1n, gas: gasLimit * 2n })
  const withMoreGas = roomy.status === 'succeeded' ? 'succeeds' : hasRun(roomy) ? 'fails' : null
  return { call, at, withMoreGas }
}

function unrepeatable({ hash }: MinedTransaction): Replay {
  const error = toFactError(new CallNotRepeatableError(hash))
  return { call: { status: 'failed', error }, at: 'before', withMoreGas: null }
}

function isNearlyAll(gasUsed: bigint, { gasLimit }: MinedTransaction): boolean {
  return gasUsed * 100n >= gasLimit * nearlyAllPercent
}

function gasOfFailed(receipt: Attempt): bigint | null {
  if (receipt.status !== 'answered' || typeof receipt.reply !== 'object' || receipt.reply === null) return null
  if (!('status' in receipt.reply) || receipt.reply.status !== '0x0' || !('gasUsed' in receipt.reply)) return null
  const { gasUsed } = receipt.reply
  return typeof gasUsed === 'string' && /^0x[0-9a-f]{1,16}$/i.test(gasUsed) ? BigInt(gasUsed) : null
}

/** Whether it failed in its contract, and not because the node would not run it. */
function hasRun(call: Call): boolean {
  return call.status === 'refused' && (revertData(call.nodeData) !== null || isExecutionFailure(call.nodeMessage))
}

type Circumstances = { readonly block: bigint; readonly gas: bigint }

/** On the state after the block: transactions above it in its own block are not in the state before. */
async function makeCall(rpc: RpcClient, transaction: MinedTransaction, { block, gas }: Circumstances): Promise<Call> {
  try {
    await rpc.request('eth_call', [callOf(transaction, gas), numberToHex(block)])
    return { status: 'succeeded' }
  } catch (error) {
    if (!(error instanceof RpcRefusedError)) return { status: 'failed', error: toFactError(error) }
    return { status: 'refused', error: toFactError(error), nodeMessage: error.nodeMessage, nodeData: error.nodeData }
  }
}
