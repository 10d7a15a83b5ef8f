/** `watch`: the same check on a schedule, for as long as the process lives. */
import type { Report } from '../../core/report.ts'
import { suchAs } from '../../domain/expectation.ts'
import { isLoopback } from '../../domain/loopback.ts'
import { reporters } from '../../reporters/index.ts'
import { type Clock, systemClock, type Wait, watchLoop } from '../../watch/loop.ts'
import { watchMetrics } from '../../watch/metrics.ts'
import { cronSchedule, everySchedule, parsePeriod, type Schedule } from '../../watch/schedule.ts'
import { type ListenAt, startWatchServer, type WatchServer } from '../../watch/server.ts'
import { healthOf, type WatchState } from '../../watch/state.ts'
import type { CheckFlags } from '../check-flags.ts'
import type { CliContext } from '../context.ts'
import { badValue, UsageError } from '../usage-error.ts'
import { runResult, timeText } from '../watch-lines.ts'
import { watchedCheck } from '../watched-check.ts'

export type WatchFlags = CheckFlags & {
  readonly every?: string
  readonly cron?: string
  readonly listen?: string
}

/** Of the exporters of Prometheus that have no port of their own. */
const usualPlace: ListenAt = { host: '127.0.0.1', port: 9464 }

/** @returns 0 once nothing more is due; the process ends in 130 or 143 when a signal ended it */
export default async function watch(
  addresses: readonly string[],
  { every, cron, listen, ...flags }: WatchFlags,
  context: CliContext,
  clock: Clock = systemClock,
): Promise<number> {
  const schedule = readSchedule({ every, cron }, clock.now())
  const place = readPlace(listen)
  if (flags.accounts === '-') throw new UsageError('usage-watch-stdin')
  const { signal } = context
  const keeper = keepState(schedule, clock)
  const server = place === null ? null : await serve(place, { keeper, clock }, context)
  const watched = watchedCheck(context, keeper.onTold)
  let number = 0
  let line = ''
  try {
    await watchLoop({
      clock,
      schedule,
      signal,
      run: async (startedMs) => {
        const ended = await watched.run({ addresses, flags, isFirst: ++number === 1 })
        if (signal.aborted) return
        keeper.onEnd(ended?.report ?? null)
        line = context.words.watch.run(timeText(startedMs), number, runResult(ended, lineWords(context)))
      },
      onWait: (wait) => {
        keeper.onWait(wait)
        context.say(`${line}${restOfLine(wait, context)}`)
      },
    })
  } finally {
    await watched.whenTold()
    await server?.close()
  }
  return 0
}

function restOfLine({ nextMs, missed }: Wait, { words: { watch: words } }: CliContext): string {
  return `${missed === 0 ? '' : `; ${words.missed(missed)}`}${nextMs === null ? '' : `; ${words.next(timeText(nextMs))}`}`
}

function lineWords({ locale, words }: CliContext) {
  return { locale, words: words.watch }
}

type Keeper = {
  readonly state: () => WatchState
  readonly metrics: () => string
  readonly onEnd: (report: Report | null) => void
  /** With what became of its messages. */
  readonly onTold: (report: Report) => void
  readonly onWait: (wait: Wait) => void
}

function keepState({ next }: Schedule, { now }: Clock): Keeper {
  let state: WatchState = {
    startedMs: now(),
    runs: { ended: 0, failed: 0 },
    missed: 0,
    last: null,
    nextMs: null,
    periodMs: 0,
  }
  let ofReport: string | null = null
  const onTold = (report: Report) => {
    ofReport = reporters.openmetrics(report, { locale: 'en', useColor: false, width: 100 })
  }
  const periodAfter = (dueMs: number | null) => (dueMs === null ? 0 : (next(dueMs) ?? dueMs) - dueMs)
  return {
    state: () => state,
    metrics: () => watchMetrics(ofReport, state),
    onEnd: (report) => {
      const status = report === null ? 'failed' : 'ended'
      const isComplete = report?.result.summary.complete ?? null
      const runs = { ...state.runs, [status]: state.runs[status] + 1 }
      state = { ...state, runs, last: { status, endedMs: now(), isComplete } }
      if (report !== null) onTold(report)
    },
    onTold,
    onWait: ({ nextMs, missed }) => {
      state = { ...state, missed: state.missed + missed, nextMs, periodMs: periodAfter(nextMs) }
    },
  }
}

type Served = { readonly keeper: Keeper; readonly clock: Clock }

async function serve(
  place: ListenAt,
  { keeper, clock }: Served,
  { say, words: { watch: words } }: CliContext,
): Promise<WatchServer> {
  const server = await startWatchServer(place, {
    metrics: keeper.metrics,
    health: () => healthOf(keeper.state(), clock.now()),
  })
  say(words.serving(server.at))
  if (!isLoopback(place.host)) say(words.exposed(server.at))
  return server
}

type When = { readonly every: string | undefined; readonly cron: string | undefined }

/** @throws UsageError */
function readSchedule({ every, cron }: When, nowMs: number): Schedule {
  if ((every === undefined) === (cron === undefined)) throw new UsageError('usage-watch-schedule')
  if (every !== undefined) {
    const periodMs = parsePeriod(every)
    if (periodMs === null) throw badValue('--every', suchAs('30s', '10m', '1h', '1d'))
    return everySchedule(periodMs, nowMs)
  }
  const schedule = cronSchedule(cron ?? '', nowMs)
  if (schedule === null) throw badValue('--cron', suchAs('"*/10 * * * *"', '"0 6 * * 1-5"'))
  return schedule
}

/** null: nowhere. @throws UsageError */
function readPlace(text: string | undefined): ListenAt | null {
  if (text === undefined) return usualPlace
  if (text === 'off') return null
  const [, bracketed, plain, digits = ''] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+)):(\d{1,5})$/i.exec(text) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  if (host === undefined || port > 65_535) throw badValue('--listen', suchAs('127.0.0.1:9464', '[::1]:9464', 'off'))
  return { host, port }
}
