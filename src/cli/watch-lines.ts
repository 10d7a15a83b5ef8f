/** The line that a watch writes about each run. Pure. */
import type { Report, ReportOutcome } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import type { Locale } from '../core/text.ts'
import { wordsFor } from '../words/index.ts'
import type { CliWords } from './words/index.ts'

type Language = { readonly locale: Locale; readonly words: CliWords['watch'] }

/** What a run came to, in words; null: it failed. */
export function runResult(report: Report | null, { locale, words }: Language): string {
  if (report === null) return words.failed
  const { summary, targets, unchecked = [] } = report.result
  const names = wordsFor(locale).severities
  const found = severities
    .filter((severity) => summary.findings[severity] > 0)
    .map((severity) => `${names[severity]} ${summary.findings[severity]}`)
  const unknown = targets.flatMap(({ outcomes }) => outcomes).filter(isUnknown).length
  const requests = report.run.endpoints.reduce((sum, endpoint) => sum + endpoint.requests, 0)
  return [
    found.length === 0 ? words.none : found.join(', '),
    ...(unknown === 0 ? [] : [words.unknown(unknown)]),
    ...(unchecked.length === 0 ? [] : [words.unchecked(unchecked.length)]),
    words.cost(report.run.durationSeconds.toFixed(1), requests),
  ].join('; ')
}

function isUnknown(outcome: ReportOutcome): boolean {
  return outcome.status === 'inconclusive' || (outcome.status === 'found' && outcome.because !== undefined)
}

/** To the second, UTC. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}
