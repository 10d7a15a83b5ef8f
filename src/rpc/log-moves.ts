/** What to do after a range of blocks was not read. Pure: the log reader acts on it. */
import type { CheckupError } from '../core/errors.ts'
import type { BlockRange } from '../core/facts.ts'
import { blockCount } from '../domain/block-range.ts'
import type { NodeRefusal } from '../domain/node-message.ts'
import { CutReplyError, HttpStatusError, ReplyTooLargeError, RpcRefusedError } from './errors.ts'
import { nextStep } from './range-size.ts'
import { meaningOf } from './refusal.ts'

export type Move =
  /** Only this range is too much. `lastOfOlder` ends its older part. */
  | { readonly kind: 'split'; readonly lastOfOlder: bigint }
  /** No range may be longer than this. */
  | { readonly kind: 'cap'; readonly blocks: bigint }
  /** Ask for less for a while. */
  | { readonly kind: 'shrink' }
  /** This range is a gap. */
  | { readonly kind: 'skip' }
  /** Everything not read yet is a gap. */
  | { readonly kind: 'give-up' }

export function nextMove(error: CheckupError, range: BlockRange): Move {
  const isSingleBlock = blockCount(range) === 1n
  switch (error.code) {
    case 'stopped':
    case 'method-not-supported':
    case 'method-not-allowed':
      return { kind: 'give-up' }
    case 'rate-limited':
      return { kind: 'skip' }
    case 'state-unavailable':
      // Pruned nodes and archive plans refuse old blocks only: what is newer than the edge can still be read.
      return isSingleBlock ? { kind: 'give-up' } : { kind: 'shrink' }
  }
  const move = moveAfter(error, range)
  return isSingleBlock && move.kind !== 'give-up' ? { kind: 'skip' } : move
}

function moveAfter(error: CheckupError, range: BlockRange): Move {
  if (error instanceof RpcRefusedError) return afterRefusal(meaningOf(error), range)
  if (error instanceof HttpStatusError && error.status === 413) return inHalves(range)
  if (error instanceof CutReplyError || error instanceof ReplyTooLargeError) return inHalves(range)
  return { kind: 'shrink' }
}

function afterRefusal(refusal: NodeRefusal, range: BlockRange): Move {
  switch (refusal.action) {
    case 'shrink-range':
      return { kind: 'cap', blocks: shorterThan(blockCount(range), refusal) }
    case 'split-results':
      return splitAsSuggested(refusal, range)
    case 'unsupported':
      return { kind: 'give-up' }
    case 'slow-down':
      return { kind: 'skip' }
    default:
      return { kind: 'shrink' }
  }
}

/** The stated limit when it is less than what was refused, else the next smaller step. */
function shorterThan(refused: bigint, { maximumBlocks, suggestedRange }: NodeRefusal): bigint {
  const stated = maximumBlocks ?? (suggestedRange === undefined ? null : blockCount(suggestedRange))
  if (stated !== null && stated < refused) return stated
  // Some nodes count the distance, not the blocks, and refuse a range that is exactly as long as their limit.
  return stated === refused && refused > 1n ? refused - 1n : nextStep(refused)
}

function splitAsSuggested({ suggestedRange }: NodeRefusal, range: BlockRange): Move {
  if (suggestedRange === undefined) return inHalves(range)
  const { fromBlock, toBlock } = suggestedRange
  const isOlderPart = fromBlock === range.fromBlock && toBlock < range.toBlock
  return isOlderPart ? { kind: 'split', lastOfOlder: toBlock } : inHalves(range)
}

function inHalves({ fromBlock, toBlock }: BlockRange): Move {
  return { kind: 'split', lastOfOlder: fromBlock + (toBlock - fromBlock) / 2n }
}
