/** One run after another, as a schedule says. Two never overlap, and one that fails ends nothing. */
import type { Schedule } from './schedule.ts'

export type Clock = {
  /** Unix milliseconds. */
  readonly now: () => number
  /** Resolves after this time, or as soon as the signal aborts; never rejects. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

export type WatchLoop = {
  readonly clock: Clock
  readonly schedule: Schedule
  readonly signal: AbortSignal
  /** Called again only after it has settled. What it throws ends the loop. */
  readonly run: (startedMs: number) => Promise<void>
  /** Hears after each run that was not stopped. */
  readonly onWait: (wait: Wait) => void
}

export type Wait = {
  /** When the next run is due; null: never again. */
  readonly nextMs: number | null
  /** How many of the schedule's moments passed while the run was under way. */
  readonly missed: number
}

/** A clock may be set, and a computer may sleep: nobody waits longer than this without looking at it. */
const longestSleepMs = 60_000

/** Runs once at the beginning, then as the schedule says, until the signal aborts or nothing more is due. */
export async function watchLoop({ clock, schedule, signal, run, onWait }: WatchLoop): Promise<void> {
  while (!signal.aborted) {
    const startedMs = clock.now()
    await run(startedMs)
    const wait = nextAfter(schedule, { startedMs, endedMs: clock.now() })
    if (signal.aborted) return
    onWait(wait)
    if (wait.nextMs === null) return
    await sleepUntil(wait.nextMs, { clock, signal })
  }
}

type Ran = { readonly startedMs: number; readonly endedMs: number }

/** What came due during the run is not made up for: the next run reads all blocks since the last one. */
function nextAfter({ next }: Schedule, { startedMs, endedMs }: Ran): Wait {
  let missed = 0
  let nextMs = next(startedMs)
  while (nextMs !== null && nextMs <= endedMs) {
    missed++
    nextMs = next(nextMs)
  }
  return { nextMs, missed }
}

async function sleepUntil(untilMs: number, { clock, signal }: Pick<WatchLoop, 'clock' | 'signal'>): Promise<void> {
  for (let restMs = untilMs - clock.now(); restMs > 0 && !signal.aborted; restMs = untilMs - clock.now()) {
    await clock.sleep(Math.min(restMs, longestSleepMs), signal)
  }
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      signal.addEventListener('abort', end, { once: true })
    }),
}
