/**
 * Reads the logs of some accounts through whatever limits the endpoint has. What was not read is a gap with its reason:
 * an answer that may be cut short, or that the node may not have looked for, counts as unread.
 */
import type { FactError } from '../../core/errors.ts'
import type { BlockRange } from '../../core/facts.ts'
import type { EndpointLimits, LogFilter, LogGap } from '../../core/log-scan.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { mergeRanges } from '../../domain/block-range.ts'
import { createPatience } from '../patience.ts'
import { asCheckupError, beginHistory, handleAnswer, settleHeld } from './answers.ts'
import { askLogs } from './ask-logs.ts'
import { handleFailure } from './failures.ts'
import { asksNewest, firstUnsettled, lateOrGone, lower, seeNewest } from './newest.ts'
import { createPlan, putBack, type Task, takeTask, taskEnded } from './plan.ts'
import {
  addGap,
  cutBefore,
  doubt,
  type LogScanObserver,
  type LogScanRequest,
  loseRest,
  report,
  type Scan,
  waitToCatchUp,
} from './state.ts'
import { createSuspicion } from './suspicion.ts'

export type LogScan = {
  /** Blocks that do not count as read, whatever was delivered of them: sorted per filter, apart where reasons differ. */
  readonly gaps: readonly LogGap[]
  readonly limits: EndpointLimits
  /** Sent by this scan, the checks of the endpoint among them. */
  readonly requests: number
}

/** The client has its own pace; this only bounds what waits for it. */
const mostUnderWay = 64
/** Until answers are proven, as nothing is kept before: the proof must not wait behind many others. A day's new blocks are not many. */
const firstUnderWay = { blind: 8, known: 32 } as const
/** Trouble that may be somebody else's is met with the same request again, so often in a whole scan. */
const mostRepeats = 24
const catchUpRounds = 2

/** Delivers complete chunks, newest first. Never throws for what the node does; a bug, or an observer that throws, does. */
export async function scanLogs(rpc: RpcClient, request: LogScanRequest, observe: LogScanObserver): Promise<LogScan> {
  const scan = createScan(rpc, { request, observe })
  const isEmpty = scan.plan.lanes.every(({ open }) => open.length === 0)
  if (!isEmpty) {
    if (request.known !== undefined) lookBack(scan)
    await run(scan)
    await settleNewest(scan)
    await Promise.all(scan.settling)
    await settleHeld(scan)
  }
  const { maximumTopics, ...limits } = scan.plan.limits
  return {
    gaps: joinGaps(request.filters, scan.gaps),
    limits: {
      ...limits,
      maximumBlocks: knownMaximum(scan),
      // Halving that ended in no answer was not about the number of accounts.
      maximumTopics: scan.answers > 0 ? maximumTopics : (request.known?.maximumTopics ?? null),
      requestsPerSecond: rpc.pace?.().learned ?? request.known?.requestsPerSecond ?? null,
    },
    requests: scan.requests,
  }
}

/** Where nothing longer was answered than what was remembered, only a shorter limit takes its place: guesses prove nothing. */
function knownMaximum({ plan, request }: Scan): bigint | null {
  const met = plan.limits.maximumBlocks
  const before = request.known?.maximumBlocks ?? null
  if (before === null || plan.lanes.some(({ longest }) => longest > before)) return met
  return met !== null && met < before ? met : before
}

function createScan(rpc: RpcClient, { request, observe }: Pick<Scan, 'request' | 'observe'>): Scan {
  const { filters, accounts, ranges, known } = request
  return {
    rpc,
    request,
    observe,
    plan: createPlan({ filters, accounts, ranges, known }),
    patience: createPatience(),
    suspicion: createSuspicion(),
    gaps: [],
    history: null,
    isHistoryKnown: false,
    headBefore: null,
    lookAfter: null,
    handedOut: 0,
    settling: new Set(),
    held: [],
    oldestSeen: null,
    delivering: Promise.resolve(),
    givenUp: null,
    seemed: [],
    explained: 0,
    hasPaused: false,
    judged: 0,
    wasShutOut: false,
    read: 0n,
    answers: 0,
    requests: 0,
    repeats: mostRepeats,
  }
}

/** Where many requests go out at once, the first answer comes too late to begin with it. */
function lookBack(scan: Scan): void {
  scan.history = beginHistory(scan, null)
  // Whoever waits for it hears of a failure.
  scan.history.catch(() => {})
}

/** Until nothing is left to ask for. The last answers may still be on their way to the observer. */
async function run(scan: Scan): Promise<void> {
  const { settling } = scan
  await new Promise<void>((resolve, reject) => {
    let underWay = 0
    const pump = () => {
      while (scan.givenUp === null) {
        if (underWay >= mostUntrusted(scan)) return
        if (underWay + settling.size >= mostUnderWay) return
        const task = takeTask(scan.plan)
        if (task === null) break
        scan.handedOut++
        underWay++
        perform(scan, task).then(({ delivered }) => {
          underWay--
          settling.add(delivered)
          delivered.then(() => {
            settling.delete(delivered)
            pump()
          }, reject)
          pump()
        }, reject)
      }
      if (underWay === 0) resolve()
      else if (scan.givenUp === null) lookAhead(scan)
    }
    pump()
  })
  const { givenUp } = scan
  if (givenUp === null) return
  loseRest(scan, scan.plan.lanes, givenUp)
}

function mostUntrusted({ answers, history, isHistoryKnown, request }: Scan): number {
  if (answers === 0) return firstUnderWay.blind
  if (history === null || isHistoryKnown) return mostUnderWay
  return request.known === undefined ? firstUnderWay.blind : firstUnderWay.known
}

/** Nothing is left but answers that are on their way: the last look need not wait for them. */
function lookAhead(scan: Scan): void {
  const { handedOut, lookAfter } = scan
  const isLeft = scan.plan.lanes.some(({ open, exact }) => open.length > 0 || exact.length > 0)
  if (isLeft || scan.answers === 0 || lookAfter !== null || !asksNewest(scan)) return
  scan.lookAfter = { handedOut, seen: seeNewest(scan, { isDoubted: false }) }
}

async function perform(scan: Scan, task: Task): Promise<{ readonly delivered: Promise<void> }> {
  const answer = await askLogs(scan, task.lane, task.range).then(
    (logs) => ({ logs }),
    (error) => ({ error: asCheckupError(error) }),
  )
  const logs = 'logs' in answer ? answer.logs : await handleFailure(scan, task, answer.error)
  taskEnded(scan.plan, task)
  return { delivered: logs === null ? Promise.resolve() : handleAnswer(scan, task, logs) }
}

/**
 * Reads the newest blocks again until every machine that was asked knows the pinned block, and makes sure that it is
 * still there.
 */
async function settleNewest(scan: Scan): Promise<void> {
  const { number } = scan.request.pinned
  if (scan.answers === 0 || !asksNewest(scan)) return
  for (let round = 0; ; round++) {
    const { lookAfter } = scan
    const isCurrent = round === 0 && lookAfter?.handedOut === scan.handedOut
    const [{ isKnown, pinned, head }, earlier] = await Promise.all([
      isCurrent ? lookAfter.seen : seeNewest(scan, { isDoubted: round > 0 }),
      scan.headBefore,
    ])
    if (pinned.kind === 'lost') {
      loseNewest(scan, { from: firstUnsettled(scan), error: pinned.error })
      return
    }
    const isLate = !isKnown || pinned.kind === 'gone' || (head !== null && head < number)
    const wasLate = earlier !== null && earlier < number
    if (!isLate && !wasLate) return
    const from = firstUnsettled(scan, lower(head, earlier))
    if (isLate && round >= catchUpRounds) {
      loseNewest(scan, { from, error: lateOrGone(scan, { isKnown, head }) })
      return
    }
    // What was read first must not be delivered last.
    await Promise.all(scan.settling)
    await readAgain(scan, from)
    if (isLate) await waitToCatchUp(scan)
    scan.headBefore = null
    await run(scan)
  }
}

async function readAgain(scan: Scan, from: bigint): Promise<void> {
  for (const lane of scan.plan.lanes) {
    for (const newer of newestOf(scan, lane.filter, from)) {
      putBack(lane, newer)
      report(scan, newer.fromBlock - newer.toBlock - 1n, lane)
      await doubt(scan, { lane, range: newer })
    }
  }
}

function loseNewest(scan: Scan, { from, error }: { readonly from: bigint; readonly error: FactError }): void {
  for (const filter of scan.request.filters) {
    for (const range of newestOf(scan, filter, from)) addGap(scan, { filter }, { range, error })
  }
}

function newestOf({ request }: Scan, filter: LogFilter, from: bigint): readonly BlockRange[] {
  return request.ranges(filter).flatMap((range) => cutBefore(range, from).newer ?? [])
}

/** Neighbours of one filter that failed for the same reason become one. */
function joinGaps(filters: readonly LogFilter[], gaps: readonly LogGap[]): readonly LogGap[] {
  return filters.flatMap((filter) => {
    const byReason = new Map<string, LogGap[]>()
    for (const gap of gaps.filter((one) => one.filter === filter)) {
      const reason = `${gap.error.code} ${gap.error.message}`
      byReason.set(reason, [...(byReason.get(reason) ?? []), gap])
    }
    const joined = [...byReason.values()].flatMap(([first, ...others]) => {
      if (first === undefined) return []
      const ranges = mergeRanges([first, ...others].map(({ range }) => range))
      return ranges.map((range) => ({ filter, range, error: first.error }))
    })
    return joined.sort((one, other) => (one.range.fromBlock < other.range.fromBlock ? -1 : 1))
  })
}
