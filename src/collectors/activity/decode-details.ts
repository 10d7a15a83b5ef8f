/** Checks the answers about one transaction. What cannot be read of it is missing with its reason; the others are not touched. */
import type { Hex } from 'viem'
import { CheckupError, type FactError, toFactError } from '../../core/errors.ts'
import type { Missing, OwnTransaction } from '../../core/facts.ts'
import { value } from '../../core/value.ts'
import { decodeFeeHistory } from '../../domain/fees.ts'
import { isExecutionFailure, revertData, revertReason } from '../../domain/revert-reason.ts'
import { MalformedReplyError } from '../../domain/rpc-reply.ts'
import { decodeReceipt } from '../../domain/transaction.ts'
import type { Attempt } from '../attempt.ts'
import { decodeTimestamp } from './read-blocks.ts'
import type { Details } from './read-details.ts'
import type { Replay } from './replay.ts'

/** The node knows the transaction and not its receipt. */
export class ReceiptNotFoundError extends CheckupError {
  constructor(hash: Hex) {
    super('receipt-not-found', {
      message: `The node has no receipt of the transaction ${hash}.`,
      data: { transaction: value.hash(hash) },
    })
  }
}

/** The replayed call went through: what made it fail came earlier in its block. */
export class ReplaySucceededError extends CheckupError {
  constructor(hash: Hex) {
    super('replay-succeeded', {
      message: `The call of ${hash} does not fail on the state before its block, so its reason cannot be told.`,
      data: { transaction: value.hash(hash) },
    })
  }
}

export type DecodedDetails = { readonly transaction: OwnTransaction | null; readonly missing: readonly Missing[] }

/** A part that was read, or why it was not. */
type Part<Value> = { readonly value: Value; readonly error: null } | { readonly value: null; readonly error: FactError }

export function decodeDetails(details: Details): DecodedDetails {
  const { hash } = details.transaction
  const receipt = readPart(details.receipt, (reply) => {
    if (reply === null) throw new ReceiptNotFoundError(hash)
    return decodeReceipt(reply, details.transaction)
  })
  const timestamp = readPart(details.block, (reply) => decodeTimestamp(reply, details.transaction.block))
  if (receipt.error !== null) return { transaction: null, missing: whyMissing('activity', receipt, hash) }
  if (timestamp.error !== null) return { transaction: null, missing: whyMissing('activity', timestamp, hash) }
  const blockFees = readPart(details.feeHistory, (reply) => decodeBlockFees(reply, details.transaction.block))
  const { replay } = details
  const reason = decodeReplay(replay?.call ?? null, hash)
  const { to, input, nonce, block, gasLimit, value: sent } = details.transaction
  const { block: _, ...paid } = receipt.value
  return {
    transaction: {
      ...{ hash, nonce, block, timestamp: timestamp.value, to, value: sent, selector: selectorOf(input) },
      ...{ gasLimit, ...paid },
      revertReason: reason.value,
      ...(reason.error !== null && { isReasonUnread: true as const }),
      ...(replay !== null && (reason.value !== null || replay.withMoreGas !== null) && { replayedAt: replay.at }),
      ...(replay !== null && replay.withMoreGas !== null && { withMoreGas: replay.withMoreGas }),
      blockFees: blockFees.value,
    },
    missing: [...whyMissing('block-fees', blockFees, hash), ...whyMissing('revert-reason', reason, hash)],
  }
}

function readPart<Value>(attempted: Attempt, decode: (reply: unknown) => Value): Part<Value> {
  if (attempted.status !== 'answered') return { value: null, error: attempted.error }
  try {
    return { value: decode(attempted.reply), error: null }
  } catch (error) {
    return { value: null, error: toFactError(error) }
  }
}

function whyMissing(about: Missing['about'], { error }: Part<unknown>, hash: Hex): readonly Missing[] {
  if (error === null) return []
  return [{ about, error: { ...error, data: { ...error.data, transaction: value.hash(hash) } } }]
}

function selectorOf(input: Hex): Hex {
  return `0x${input.slice(2, 10)}`
}

function decodeBlockFees(reply: unknown, block: bigint): OwnTransaction['blockFees'] {
  const { oldestBlock, baseFees, blocks } = decodeFeeHistory(reply)
  const [fees] = blocks
  if (oldestBlock !== block || fees === undefined) throw new MalformedReplyError('eth_feeHistory of one block')
  // Without EIP-1559 there is no base fee, and the whole gas price is the tip.
  const baseFee = baseFees?.[0] ?? 0n
  const { p10, p50, p90 } = fees.tips
  return { baseFee, tip: fees.tips, price: { p10: baseFee + p10, p50: baseFee + p50, p90: baseFee + p90 } }
}

/** A revert without words is read, with nothing to say; so is a call that ran out of gas. */
function decodeReplay(replay: Replay['call'] | null, hash: Hex): Part<string | null> {
  if (replay === null) return { value: null, error: null }
  if (replay.status === 'succeeded') return { value: null, error: toFactError(new ReplaySucceededError(hash)) }
  if (replay.status === 'failed') return { value: null, error: replay.error }
  const data = revertData(replay.nodeData)
  if (data !== null) return { value: revertReason(data), error: null }
  return isExecutionFailure(replay.nodeMessage) ? { value: null, error: null } : { value: null, error: replay.error }
}
