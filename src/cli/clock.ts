/** The time that a check takes for now, where somebody says it: two runs over the same answers then say the same. */
import type { Environment } from '../config/environment.ts'
import { suchAs } from '../domain/expectation.ts'
import { badValue } from './usage-error.ts'

type ClockFlags = { readonly now?: string }

/** A day, or a moment with its distance from UTC. */
const moment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/

/** Milliseconds since 1970; undefined: the clock of this computer. @throws UsageError */
export function readNow(text: string | undefined): (() => number) | undefined {
  if (text === undefined) return undefined
  const milliseconds = moment.test(text) ? Date.parse(text) : Number.NaN
  if (!(milliseconds >= 0)) throw badValue('--now', suchAs('2027-01-31', '2027-01-31T08:00:00Z'))
  return () => milliseconds
}

/** SOURCE_DATE_EPOCH, which build systems set, as --now; an option outranks it. @throws UsageError */
export function withSourceDate<Flags extends ClockFlags>(flags: Flags, { sourceDateEpoch }: Environment): Flags {
  if (flags.now !== undefined || sourceDateEpoch === null) return flags
  if (!/^\d{1,11}$/.test(sourceDateEpoch))
    throw badValue('SOURCE_DATE_EPOCH', { kind: 'whole', values: ['1798761600'], from: 0 })
  return { ...flags, now: new Date(Number(sourceDateEpoch) * 1000).toISOString() }
}
