/** What the baseline and the suppressions say: marks of findings, what is gone, what is left alone. */
import type { EarlierFinding, Report, ReportFinding, ReportTarget } from '../core/report.ts'
import { value } from '../core/value.ts'
import { isSinceBaseline } from '../domain/since-baseline.ts'
import { heading, type Page } from './page.ts'
import { suppressionSentence } from './report-rows.ts'

/** The title, with what is new about the finding before it. */
export function markedTitle({ title, change }: ReportFinding, { words, say }: Page): string {
  if (change === undefined || change === 'unchanged') return title
  return say(words.comparison.marks[change], { title: value.untrustedText(title) })
}

export function suppressedLines({ outcomes }: ReportTarget, page: Page): readonly string[] {
  const { words, say, lines, locale } = page
  const suppressed = outcomes
    .flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : []))
    .filter(({ suppressions }) => suppressions !== undefined)
  if (suppressed.length === 0) return []
  const count = { count: value.count(suppressed.length) }
  if (!page.showsSuppressed) return lines(say(words.comparison.suppressed, count))
  return [
    ...heading(say(words.comparison.suppressedHeading, count), page),
    ...suppressed.flatMap(({ title, ruleId, message, suppressions = [] }) => [
      ...lines(`${title} (${ruleId})`, { marker: '- ' }),
      ...lines(message, { indent: 2 }),
      ...suppressions.flatMap((one) => lines(suppressionSentence(one, locale), { indent: 2, tone: 'dim' })),
    ]),
  ]
}

export function earlierLines({ earlier = [] }: ReportTarget, page: Page): readonly string[] {
  const shown = earlier.filter(({ suppressions }) => suppressions === undefined)
  if (shown.length === 0) return []
  const { words, say } = page
  return [
    ...heading(say(words.comparison.earlier, { count: value.count(shown.length) }), page),
    ...shown.flatMap((finding) => earlierLine(finding, page)),
  ]
}

function earlierLine(finding: EarlierFinding, { words, say, lines }: Page): readonly string[] {
  const { change, title, ruleId, message } = finding
  const data = { title: value.untrustedText(title), rule: value.text(ruleId), message: value.text(message) }
  const ending = change === 'absent' && isSinceBaseline(finding) ? 'accepted' : change
  return lines(say(words.comparison[ending], data), { marker: '- ', ...(change === 'unknown' && { tone: 'yellow' }) })
}

/** What is about the run and not about one account. */
export function settingsLines({ result }: Report, page: Page): readonly string[] {
  const { words, say, lines } = page
  const { notices = [], notAsked = [] } = result
  const others = {
    targets: value.count(notAsked.length),
    findings: value.count(notAsked.reduce((sum, { earlier }) => sum + earlier.length, 0)),
  }
  return [
    ...(notices.length === 0 ? [] : heading(words.comparison.notices, page)),
    ...notices.flatMap(({ message }) => lines(message, { marker: '- ', tone: 'yellow' })),
    ...(notAsked.length === 0 ? [] : ['', ...lines(say(words.comparison.notAsked, others))]),
  ]
}
