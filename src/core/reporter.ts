import type { Report } from './report.ts'
import type { Locale } from './text.ts'

export type ReporterOptions = {
  readonly locale: Locale
  readonly useColor: boolean
  /** Columns of the terminal, for reporters that wrap. */
  readonly width: number
  /** True: suppressed findings are shown among the others, by reporters that otherwise only count them. */
  readonly showsSuppressed?: boolean
  /** The file that SARIF shows findings at whose account no config file declares. */
  readonly anchor?: string
}

/** Turns a report into one output format. Pure; escapes every string that came from a chain for that format.
 * @throws CheckupError when the format cannot hold this report */
export type Reporter = (report: Report, options: ReporterOptions) => string

/** What a format does not hold of a report, as a sentence for who asked for it; null when it holds everything. */
export type LeftOutNotice = (report: Report, locale: Locale) => string | null
