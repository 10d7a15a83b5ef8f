/** What to do after a range of blocks was not read. Pure: the scan acts on it. */
import type { CheckupError } from '../../core/errors.ts'
import type { BlockRange } from '../../core/facts.ts'
import { blockCount } from '../../domain/block-range.ts'
import { statedLogMaximum } from '../../domain/stated-logs.ts'
import { HttpStatusError, ReplyTooLargeError, RpcRefusedError } from '../errors.ts'
import { meaningOf } from '../refusal.ts'

export type Move =
  /** No range may be longer than this. */
  | { readonly kind: 'cap'; readonly blocks: bigint }
  /** There is such a limit, and nobody says which. */
  | { readonly kind: 'guess-cap' }
  /** Only this range holds too much. */
  | { readonly kind: 'split'; readonly suggested: BlockRange | null; readonly maximumLogs: number | null }
  /** Too many accounts at once. */
  | { readonly kind: 'divide' }
  /** Older blocks are not there; newer ones may be. */
  | { readonly kind: 'find-edge' }
  /** Ask for less for a while. */
  | { readonly kind: 'shrink' }
  /** Nobody knows what the words mean: find out what they are about. */
  | { readonly kind: 'explain' }
  /** Ask for the same again. */
  | { readonly kind: 'again' }
  /** Ask for the same once more: a machine behind the name may be the only one that refuses. */
  | { readonly kind: 'once-more' }
  /** This range is a gap. */
  | { readonly kind: 'skip' }
  /** Everything not read yet is a gap. */
  | { readonly kind: 'give-up' }

export type Refused = { readonly range: BlockRange; readonly accounts: number }

export function nextMove(error: CheckupError, refused: Refused): Move {
  switch (error.code) {
    case 'stopped':
    case 'method-not-supported':
    case 'method-not-allowed':
    case 'request-budget-used':
      return { kind: 'give-up' }
    case 'rate-limited':
    case 'connection-failed':
      return { kind: 'again' }
    case 'state-unavailable':
      return { kind: 'find-edge' }
  }
  const move = moveAfter(error, refused)
  const needsSmaller =
    move.kind === 'cap' || move.kind === 'guess-cap' || move.kind === 'split' || move.kind === 'shrink'
  return needsSmaller && blockCount(refused.range) === 1n ? { kind: 'skip' } : move
}

function moveAfter(error: CheckupError, refused: Refused): Move {
  if (error instanceof RpcRefusedError) return afterRefusal(error, refused)
  if (error instanceof ReplyTooLargeError) return tooMany
  // A status without words: a request or an answer was too large, and with several accounts it is the request.
  if (error instanceof HttpStatusError && error.status === 413)
    return refused.accounts > 1 ? { kind: 'divide' } : tooMany
  if (error instanceof HttpStatusError && permanent.has(error.status)) return { kind: 'once-more' }
  return { kind: 'shrink' }
}

/** No smaller range opens them: who asks is not let in, or nothing is there. */
const permanent: ReadonlySet<number> = new Set([401, 403, 404])

const tooMany: Move = { kind: 'split', suggested: null, maximumLogs: null }

function afterRefusal(error: RpcRefusedError, { range, accounts }: Refused): Move {
  if (accounts > 1 && isAboutRequest.test(error.nodeMessage)) return { kind: 'divide' }
  const refusal = meaningOf(error)
  const { maximumBlocks, suggestedRange } = refusal
  switch (refusal.action) {
    case 'shrink-range':
      return shorterThan(blockCount(range), maximumBlocks ?? null, suggestedRange)
    case 'split-results': {
      const suggested = suggestedRange ?? null
      return { kind: 'split', suggested, maximumLogs: statedLogMaximum(error.nodeMessage, error.nodeData) }
    }
    case 'unsupported':
      // Plans and missing keys refuse any number of accounts: halving ends at one.
      return accounts > 1 && refusal.isMethodMissing !== true ? { kind: 'divide' } : { kind: 'give-up' }
    case 'slow-down':
      return { kind: 'again' }
    default:
      return { kind: 'explain' }
  }
}

/** A refusal whose words, read again and again, tell neither what to ask for instead nor that nothing helps. */
export function isUnexplained(error: CheckupError): boolean {
  return error instanceof RpcRefusedError && nextMove(error, { range: oneBlock, accounts: 1 }).kind === 'explain'
}

const oneBlock: BlockRange = { fromBlock: 0n, toBlock: 0n }

const isAboutRequest = /\b(request|payload)\b.*\btoo (large|big|long)\b/i

/** The stated limit when it is less than what was refused. */
function shorterThan(refused: bigint, maximumBlocks: bigint | null, suggested: BlockRange | undefined): Move {
  const stated = maximumBlocks ?? (suggested === undefined ? null : blockCount(suggested))
  if (stated !== null && stated > 0n && stated < refused) return { kind: 'cap', blocks: stated }
  // Some nodes count the distance, not the blocks, and refuse a range that is exactly as long as their limit.
  if (stated === refused && refused > 1n) return { kind: 'cap', blocks: refused - 1n }
  return { kind: 'guess-cap' }
}
