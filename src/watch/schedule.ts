/** When the runs of a watch begin: at a fixed distance, or as a line of cron says. */
import { Cron } from 'croner'

export type Schedule = {
  /** The first moment after this one, in Unix milliseconds; null when there is none any more. */
  readonly next: (afterMs: number) => number | null
}

/** @param startMs when the first run began: later ones begin whole periods after it, however long they take */
export function everySchedule(periodMs: number, startMs: number): Schedule {
  return { next: (afterMs) => startMs + (Math.floor((afterMs - startMs) / periodMs) + 1) * periodMs }
}

/** In the time zone of the process. null for what is no line of cron, or one that never comes. */
export function cronSchedule(line: string, nowMs: number): Schedule | null {
  try {
    // Five parts, or six with seconds in front: names such as @daily are not told apart from mistakes.
    if (!/^\s*(?:[^\s@]+\s+){4,5}[^\s@]+\s*$/.test(line)) return null
    const cron = new Cron(line, { paused: true })
    const next = (afterMs: number) => cron.nextRun(new Date(afterMs))?.getTime() ?? null
    return next(nowMs) === null ? null : { next }
  } catch {
    // Whatever it does not understand: the caller says what would do.
    return null
  }
}

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const longestMs = 31 * units.d

/** `30s`, `10m`, `1h`, `1d` in milliseconds; null for anything else, nothing, and more than 31 days. */
export function parsePeriod(text: string): number | null {
  const [, number = '', unit = ''] = /^(\d{1,7})([smhd])$/.exec(text) ?? []
  const periodMs = Number(number) * (units[unit as keyof typeof units] ?? 0) // a key, or nothing
  return periodMs > 0 && periodMs <= longestMs ? periodMs : null
}
