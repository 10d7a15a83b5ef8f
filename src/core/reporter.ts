import type { Report } from './report.ts'
import type { Locale } from './text.ts'

export type ReporterOptions = {
  readonly locale: Locale
  readonly useColor: boolean
  /** Columns of the terminal, for reporters that wrap. */
  readonly width: number
}

/** Turns a report into one output format. Pure; escapes every string that came from a chain for that format. */
export type Reporter = (report: Report, options: ReporterOptions) => string
