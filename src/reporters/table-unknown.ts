/** What could not be checked, and why: as prominent as what was found. */
import type { Because, ReportOutcome, ReportTarget } from '../core/report.ts'
import { value } from '../core/value.ts'
import { becauseHints, commonSentence, factName } from '../words/index.ts'
import { gapSentences } from './done-sentences.ts'
import { heading, type Page } from './page.ts'
import { byReason } from './report-rows.ts'

type Incomplete = { readonly outcome: ReportOutcome; readonly because: Because }

export function unknownLines({ outcomes, coverage }: ReportTarget, page: Page): readonly string[] {
  const { words, say } = page
  const incomplete = outcomes.flatMap((outcome): readonly Incomplete[] =>
    'because' in outcome && outcome.because !== undefined ? [{ outcome, because: outcome.because }] : [],
  )
  const gaps = coverage.flatMap((scan) => gapLines(scan, page))
  if (incomplete.length === 0 && gaps.length === 0) return []
  return [
    ...heading(say(words.sections.unknown, { count: value.count(incomplete.length) }), page),
    ...page.lines(words.unknown.intro),
    ...byReason(incomplete, page.locale).flatMap((group) => groupLines(group, page)),
    ...gaps,
  ]
}

type Group = readonly [Incomplete, ...Incomplete[]]

function groupLines(group: Group, page: Page): readonly string[] {
  const { words, say, locale } = page
  const [first, ...rest] = group
  const rules = group.map(({ outcome: { ruleId, status } }) =>
    status === 'found' ? say(words.unknown.partly, { rule: value.text(ruleId) }) : ruleId,
  )
  const sentence = commonSentence([first.because, ...rest.map(({ because }) => because)], locale)
  const hints = becauseHints(first.because, locale)
  return [
    '',
    ...page.lines(rules.join(words.separator), { tone: 'yellow' }),
    ...page.lines(sentence, { indent: 3 }),
    ...(hints.length === 0 ? [] : page.lines(words.unknown.hints, { indent: 3, tone: 'bold' })),
    ...hints.flatMap((hint) => page.lines(hint, { indent: 3, marker: '- ' })),
  ]
}

function gapLines(scan: ReportTarget['coverage'][number], page: Page): readonly string[] {
  const { fact, gaps, source } = scan
  const { words, say, locale } = page
  if (gaps.length === 0) return []
  const ranges = gapSentences(scan, locale)
  return [
    '',
    ...page.lines(say(words.unknown.gaps, { fact: value.text(factName(fact, locale)) }), { tone: 'yellow' }),
    ...(source === undefined
      ? []
      : page.lines(say(words.unknown.source, { source: value.text(source) }), { indent: 3 })),
    ...ranges.flatMap((range) => page.lines(range, { indent: 3, marker: '- ' })),
  ]
}
