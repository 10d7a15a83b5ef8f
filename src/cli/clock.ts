/** The time that a check takes for now, where somebody says it: two runs over the same answers then say the same. */
import { suchAs } from '../domain/expectation.ts'
import type { CliContext } from './context.ts'
import { badValue } from './usage-error.ts'

type ClockFlags = { readonly now?: string }

/** A day, or a moment with its distance from UTC. */
const moment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/

/** Milliseconds since 1970; undefined: the clock of this computer. @throws UsageError */
export function readNow(text: string | undefined): (() => number) | undefined {
  if (text === undefined) return undefined
  const milliseconds = moment.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN
  if (!(milliseconds >= 0)) throw badValue('--now', suchAs('2027-01-31', '2027-01-31T08:00:00Z'))
  return () => milliseconds
}

/** The engine takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const milliseconds = Date.parse(text)
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text)
}

/** What a command takes for now, in milliseconds since 1970. @throws UsageError */
export function nowOf({ now }: ClockFlags): number {
  return (readNow(now) ?? Date.now)()
}

/**
 * From when on the days count that a suppression may last: they bind whoever writes it, so a run as of an earlier time, which
 * may be any that a build system sets, takes what is fine today.
 */
export function limitFrom(now: number): number {
  return Math.max(now, Date.now())
}

type Timed = Pick<CliContext, 'environment' | 'say' | 'words'>

/** SOURCE_DATE_EPOCH, which build systems set, as --now, and says so; an option outranks it. @throws UsageError */
export function withSourceDate<Flags extends ClockFlags>(flags: Flags, { environment, say, words }: Timed): Flags {
  const { sourceDateEpoch } = environment
  if (flags.now !== undefined || sourceDateEpoch === null) return flags
  if (!/^\d{1,11}$/.test(sourceDateEpoch))
    throw badValue('SOURCE_DATE_EPOCH', { kind: 'whole', values: ['1798761600'], from: 0 })
  const now = new Date(Number(sourceDateEpoch) * 1000).toISOString()
  say(words.sourceDate(now.replace('.000', '')))
  return { ...flags, now }
}
