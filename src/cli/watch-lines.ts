/** The line that a watch writes about each run. Pure. */
import type { ReportOutcome } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import type { Locale } from '../core/text.ts'
import { value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { transitionKinds } from '../notify/notification.ts'
import { wordsFor } from '../words/index.ts'
import type { Ended } from './watched-check.ts'
import type { CliWords } from './words/index.ts'

type Language = { readonly locale: Locale; readonly words: CliWords['watch'] }

/** What a run came to, in words; null: it failed. */
export function runResult(ended: Ended | null, { locale, words }: Language): string {
  if (ended === null) return words.failed
  const { report, changes } = ended
  const { summary, targets, unchecked = [] } = report.result
  const names = wordsFor(locale).severities
  const found = severities
    .filter((severity) => summary.findings[severity] > 0)
    .map((severity) => `${names[severity]} ${summary.findings[severity]}`)
  const unknown = targets.flatMap(({ outcomes }) => outcomes).filter(isUnknown).length
  const requests = report.run.endpoints.reduce((sum, endpoint) => sum + endpoint.requests, 0)
  return [
    found.length === 0 ? words.none : found.join(', '),
    ...changeCounts(changes, locale),
    ...(unknown === 0 ? [] : [words.unknown(unknown)]),
    ...(unchecked.length === 0 ? [] : [words.unchecked(unchecked.length)]),
    words.cost(report.run.durationSeconds.toFixed(1), requests),
  ].join('; ')
}

function changeCounts(changes: Ended['changes'], locale: Locale): readonly string[] {
  const words = wordsFor(locale).notify.counts
  return transitionKinds.flatMap((kind) => {
    const count = changes.filter((change) => change === kind).length
    return count === 0 ? [] : [formatMessage(words[kind], { count: value.count(count) }, locale)]
  })
}

function isUnknown(outcome: ReportOutcome): boolean {
  return outcome.status === 'inconclusive' || (outcome.status === 'found' && outcome.because !== undefined)
}

/** To the second, UTC. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}
