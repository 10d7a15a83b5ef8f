/**
 * What is left of a scan, and the stop before a long part. A limit that the node named counts at once. Where none explains
 * how little it answers, the size that answers have reached counts, once enough came to reach more: a size that fell in
 * passing trouble grows again, and a crowded stretch ends. A limit that is only remembered from an earlier scan is asked
 * about once more where it makes for a long scan.
 */
import { blockCount } from '../../domain/block-range.ts'
import { estimateScan, type ScanEstimate, ScanTooLongError } from '../../domain/scan-estimate.ts'
import type { Lane, Task } from './plan.ts'
import { forgetMaximum } from './range-limit.ts'
import { giveUp, type Scan } from './state.ts'

/** Only the beginning of a scan may be found too long: afterwards most of the wait is over. */
const answersBeforeLong = 200
/** So many answers a fallen size gets to grow again: it doubles with each twenty at the slowest. */
const answersBeforeReach = 150
/** The size reached is the mean of the last so many. */
const answersMeasured = 40
/** An endpoint that was pushed too hard seems slower than it is for a while: so many answers in a row must find the rest too long. */
const answersOfOneMind = 40
/** Beyond all doubt. */
const farTooLong = 4
/** A rest that takes longer is worth one request for all of it. */
const longSeconds = 60

/** Counts an answer that was smaller than what there was to ask for: the endpoint gave no more at once. */
export function learnReach({ request }: Scan, { lane, range, comparison }: Task): void {
  const before = range.fromBlock - 1n
  const isCut = request.ranges(lane.filter).some(({ fromBlock, toBlock }) => fromBlock <= before && before <= toBlock)
  if (!isCut || comparison !== null) return
  lane.answered.push(blockCount(range))
  if (lane.answered.length > answersMeasured) lane.answered.shift()
}

export function estimate(scan: Scan): void {
  const { plan, observe, rpc } = scan
  const requestsPerSecond = rpc.pace?.().expected ?? null
  const isSought = plan.guess !== null
  if (requestsPerSecond === null || isSought || scan.answers > answersBeforeLong || scan.givenUp !== null) return
  const { left, cap } = outlook(scan, requestsPerSecond)
  if (plan.isRemembered && left.seconds > longSeconds) {
    forgetMaximum(plan)
    return
  }
  observe.onEstimate?.(left)
  const { longestSeconds = null } = observe
  if (longestSeconds === null) return
  scan.tooLong = left.seconds > longestSeconds ? scan.tooLong + 1 : 0
  if (scan.tooLong >= answersOfOneMind || left.seconds > longestSeconds * farTooLong)
    giveUp(scan, new ScanTooLongError(left, cap))
}

type Outlook = { readonly left: ScanEstimate; readonly cap: bigint | null }

function outlook({ plan, answers }: Scan, requestsPerSecond: number): Outlook {
  const isFirm = answers >= answersBeforeReach
  // Nothing was asked yet for the last filters: the endpoint is the same.
  const elsewhere = isFirm ? least(plan.lanes.map(reachOf)) : null
  const parts = plan.lanes.map((lane) => {
    const cap = least([plan.limits.maximumBlocks, isFirm ? (reachOf(lane) ?? elsewhere) : null])
    const remainingBlocks = [lane.open.reduce((sum, range) => sum + blockCount(range), 0n)]
    return { cap, left: estimateScan({ remainingBlocks, cap, requestsPerSecond }) }
  })
  const requests = parts.reduce((sum, { left }) => sum + left.requests, 0)
  const caps = parts.filter(({ left }) => left.requests > 0).map(({ cap }) => cap)
  return { left: { requests, seconds: requests / requestsPerSecond }, cap: least(caps) }
}

/** Blocks; null before enough answers came. */
function reachOf({ answered }: Lane): bigint | null {
  if (answered.length < answersMeasured) return null
  const mean = answered.reduce((sum, blocks) => sum + blocks, 0n) / BigInt(answered.length)
  return mean > 0n ? mean : 1n
}

function least(sizes: readonly (bigint | null)[]): bigint | null {
  return sizes.reduce((small, size) => (small === null || (size !== null && size < small) ? size : small), null)
}
