/** What becomes of an answer: compared when it may have been cut, then believed as far back as the node looks. */
import { CheckupError, toFactError } from '../../core/errors.ts'
import type { PackedLogs } from '../../core/log-scan.ts'
import { blockCount, mergeRanges, splitAfter } from '../../domain/block-range.ts'
import { emptyPacked, readPacked, slicePacked } from '../../domain/packed-logs.ts'
import { assumeFromAnswer } from './assumed-logs.ts'
import { learnCount, learnTooMany } from './density.ts'
import { LogsCutError, LogsUnconfirmedError } from './errors.ts'
import { findHistory, type History } from './history.ts'
import { asksNewest, lowestHead } from './newest.ts'
import { estimate, learnReach } from './outlook.ts'
import { maximumLogsOf, noteAnswered, putBack, type Task } from './plan.ts'
import { taskProven } from './range-limit.ts'
import { addGap, cutBefore, deliver, doubt, loseUpTo, report, type Scan } from './state.ts'
import { believe, isShort, isSuspect, learnSilentMaximum } from './suspicion.ts'

/** A range this near to the newest block is not old. */
const recentBlocks = 256n

/** Learns from the answer at once. What it returns ends when the logs are delivered. */
export function handleAnswer(scan: Scan, task: Task, logs: PackedLogs): Promise<void> {
  const { plan, patience, suspicion } = scan
  const { lane, range } = task
  taskProven(plan, task)
  noteAnswered(lane, range)
  patience.reset()
  scan.wasShutOut = false
  if (scan.answers++ === 0 && asksNewest(scan)) scan.headBefore = lowestHead(scan, { isDoubted: false })
  const { edge } = plan
  if (edge.found === null || range.fromBlock < edge.found) edge.found = range.fromBlock
  const doubted = compare(scan, task, logs.count)
  const isSuspected =
    isShort(task, logs.count) || isSuspect(suspicion, task, { logs: logs.count, maximumLogs: plan.limits.maximumLogs })
  suspicion.largest = Math.max(suspicion.largest, logs.count)
  if (isSuspected) {
    recheck(scan, task, logs)
    return doubted
  }
  const blocks = blockCount(range)
  lane.careful.succeeded(blocks)
  lane.streak++
  learnCount(lane.density, { blocks, logs: logs.count, maximumLogs: maximumLogsOf(plan) })
  assumeFromAnswer(plan, lane, { range, logs: logs.count })
  believe(suspicion, task, logs.count)
  report(scan, blocks, lane)
  learnReach(scan, task)
  estimate(scan)
  return Promise.all([doubted, settle(scan, task, logs)]).then(() => {})
}

/** A part of an answer that was not believed: more logs than the whole showed there prove that the whole was cut. */
async function compare(scan: Scan, { comparison, range }: Task, logs: number): Promise<void> {
  if (comparison === null || logs <= slicePacked(comparison.doubted, range).count) return
  const cut = learnSilentMaximum(scan.suspicion, scan.plan.limits, comparison.doubted.count)
  for (const earlier of cut) {
    report(scan, -blockCount(earlier.range), earlier.lane)
    putBack(earlier.lane, earlier.range)
  }
  await Promise.all(cut.map((earlier) => doubt(scan, earlier)))
}

function recheck(scan: Scan, task: Task, logs: PackedLogs): void {
  const { lane, range, comparison } = task
  const blocks = blockCount(range)
  const { silentMaximum } = scan.suspicion
  if (logs.count === 0) {
    addGap(scan, lane, { range, error: toFactError(new LogsUnconfirmedError(scan.rpc.host)) })
  } else if (blocks === 1n) {
    addGap(scan, lane, { range, error: toFactError(new LogsCutError(logs.count)) })
  } else if (silentMaximum !== null && logs.count >= silentMaximum) {
    learnTooMany(lane.density, { blocks, maximumLogs: silentMaximum })
    lane.streak = 0
    putBack(lane, range)
  } else {
    const fullest = comparison !== null && isShort(task, logs.count) ? comparison.fullest : logs
    const middle = middleBlock(logs)
    const [older, newer] = splitAfter(range, middle < range.toBlock ? middle : range.toBlock - 1n)
    for (const half of [older, newer]) {
      lane.exact.push({ range: half, comparison: { doubted: logs, fullest }, purpose: 'read' })
    }
  }
}

/** Half of the logs are at it or before it. */
function middleBlock(logs: PackedLogs): bigint {
  let seen = 0
  for (const { blockNumber } of readPacked(logs)) if (++seen * 2 >= logs.count) return blockNumber
  return 0n
}

/** Delivers what is believed of an answer. What lies before the first block with logs is a gap, or waits for the end. */
async function settle(scan: Scan, { lane, range }: Task, logs: PackedLogs): Promise<void> {
  const first = firstBlock(logs)
  if (first !== null && (scan.oldestSeen === null || first < scan.oldestSeen)) scan.oldestSeen = first
  scan.history ??= beginHistory(scan, first)
  const history = await scan.history
  if (history.kind === 'whole') {
    await deliver(scan, { lane, range }, logs)
    return
  }
  const since = history.kind === 'since' ? history.block : (first ?? range.toBlock + 1n)
  const { older, newer } = cutBefore(range, since)
  if (newer !== null) await deliver(scan, { lane, range: newer }, slicePacked(logs, newer))
  if (older === null) return
  if (history.kind === 'since') addGap(scan, lane, { range: older, error: history.error })
  else scan.held.push({ lane, range: older })
}

/** Empty answers that nothing older confirms are gaps. */
export async function settleHeld(scan: Scan): Promise<void> {
  const history = await scan.history
  if (history?.kind !== 'unknown') return
  for (const { lane, range } of scan.held.splice(0)) {
    const { older, newer } = cutBefore(range, scan.oldestSeen ?? range.toBlock + 1n)
    if (newer !== null) await deliver(scan, { lane, range: newer }, emptyPacked)
    if (older !== null) addGap(scan, lane, { range: older, error: history.error })
  }
}

/** @param first the first block in which logs of the account were seen */
export async function beginHistory(scan: Scan, first: bigint | null): Promise<History> {
  const history = await historyOf(scan, first)
  scan.isHistoryKnown = true
  return history
}

async function historyOf(scan: Scan, first: bigint | null): Promise<History> {
  const { filters, ranges, pinned } = scan.request
  const [oldestRange] = mergeRanges(filters.flatMap((filter) => ranges(filter)))
  const oldest = oldestRange?.fromBlock ?? pinned.number
  // As near to the oldest block as the first place that would be looked at. Anything later proves nothing of what is before.
  const isShown = first !== null && first <= oldest + (pinned.number - oldest) / 1000n
  if (isShown || oldest + recentBlocks > pinned.number) return { kind: 'whole' }
  const history = await findHistory(scan, { oldest, newest: pinned.number })
  if (history.kind === 'since') loseUpTo(scan, history.block - 1n, history.error)
  return history
}

function firstBlock(logs: PackedLogs): bigint | null {
  for (const { blockNumber } of readPacked(logs)) return blockNumber
  return null
}

/** Only errors of ours are about the node; anything else is a bug and ends the scan. */
export function asCheckupError(error: unknown): CheckupError {
  if (error instanceof CheckupError) return error
  throw error
}
