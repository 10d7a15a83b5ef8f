/**
 * What is left of a scan, and the stop before a long part. A limit that the node named counts at once. Where none explains
 * how little it answers, the size that answers have reached counts, once enough came to reach more: a size that fell in
 * passing trouble grows again, and a crowded stretch ends. A limit that is only remembered from an earlier scan stops none:
 * it is then looked for anew.
 */
import { blockCount } from '../../domain/block-range.ts'
import { estimateScan, type ScanEstimate, ScanTooLongError } from '../../domain/scan-estimate.ts'
import type { Lane, Task } from './plan.ts'
import { forgetMaximum } from './range-limit.ts'
import { giveUp, type Scan } from './state.ts'

/** Only the beginning of a scan may be found too long: afterwards most of the wait is over. It begins where a rate is known. */
const answersBeforeLong = 200
/** The same where no rate is ever met. */
const answersWithoutRate = 2_000
/** So many answers a fallen size gets to grow again: it doubles with each twenty at the slowest. */
const answersBeforeReach = 150
/** The size reached, and the time that the rest seems to take, are the mean of the last so many. */
const answersMeasured = 40
/** Beyond all doubt, however the pace may swing. */
const farTooLong = 4

/** Counts an answer that was smaller than what there was to ask for: the endpoint gave no more at once. */
export function learnReach({ request }: Scan, { lane, range, comparison }: Task): void {
  const before = range.fromBlock - 1n
  const isCut = request.ranges(lane.filter).some(({ fromBlock, toBlock }) => fromBlock <= before && before <= toBlock)
  if (!isCut || comparison !== null) return
  lane.answered.push(blockCount(range))
  if (lane.answered.length > answersMeasured) lane.answered.shift()
}

export function estimate(scan: Scan): void {
  const { plan, observe, rpc, seemed } = scan
  const { expected = null, learned = null } = rpc.pace?.() ?? {}
  const isLate = scan.judged > answersBeforeLong || scan.answers > answersWithoutRate
  if (expected === null || plan.guess !== null || isLate || scan.givenUp !== null) return
  if (learned !== null) scan.judged++
  const { left, cap } = outlook(scan, expected)
  observe.onEstimate?.(left)
  const { longestSeconds = null } = observe
  if (longestSeconds === null) return
  seemed.push(left.seconds)
  if (seemed.length > answersMeasured) seemed.shift()
  const mean = seemed.reduce((sum, seconds) => sum + seconds, 0) / seemed.length
  const isSure = seemed.length === answersMeasured && mean > longestSeconds
  if (!isSure && left.seconds <= longestSeconds * farTooLong) return
  if (plan.remembered === null) giveUp(scan, new ScanTooLongError(left, cap))
  else {
    forgetMaximum(plan)
    seemed.length = 0
  }
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
