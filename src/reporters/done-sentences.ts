/** What was asked of an account, what was not, and which blocks nobody read, in sentences. */
import type { ReportTarget } from '../core/report.ts'
import type { Locale } from '../core/text.ts'
import { value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { wordsFor } from '../words/index.ts'
import { notAskedSentence } from './report-rows.ts'

export function doneSentences({ outcomes, coverage, switchedOff }: ReportTarget, locale: Locale): readonly string[] {
  const words = wordsFor(locale)
  const idsOf = (status: string) => outcomes.filter((one) => one.status === status).map(({ ruleId }) => ruleId)
  const sentence = (message: string, ids: readonly string[]) =>
    formatMessage(message, { count: value.count(ids.length), rules: value.text(ids.join(words.separator)) }, locale)
  const notApplicable = idsOf('not-applicable')
  const off = notAskedSentence('switchedOff', switchedOff, locale)
  return [
    sentence(words.done.passed, idsOf('passed')),
    ...(notApplicable.length === 0 ? [] : [sentence(words.done.notApplicable, notApplicable)]),
    ...(off === null ? [] : [off]),
    ...coverage.filter(({ gaps }) => gaps.length === 0).map((scan) => logsSentence(scan, locale)),
  ]
}

function logsSentence({ fromBlock, toBlock, source }: ReportTarget['coverage'][number], locale: Locale): string {
  const { done } = wordsFor(locale)
  const range = { from: value.text(fromBlock), to: value.text(toBlock) }
  if (source === undefined) return formatMessage(done.logs, range, locale)
  return formatMessage(done.logsFrom, { ...range, source: value.text(source) }, locale)
}

const mostGaps = 5

/** The blocks of a search that were not read, the first few of them. */
export function gapSentences({ gaps }: ReportTarget['coverage'][number], locale: Locale): readonly string[] {
  const { unknown } = wordsFor(locale)
  const hidden = gaps.length - mostGaps
  return [
    ...gaps.slice(0, mostGaps).map(({ fromBlock, toBlock }) => {
      const count = Number(BigInt(toBlock) - BigInt(fromBlock) + 1n)
      const data = { from: value.text(fromBlock), to: value.text(toBlock), count: value.count(count) }
      return formatMessage(unknown.range, data, locale)
    }),
    ...(hidden > 0 ? [formatMessage(unknown.moreRanges, { count: value.count(hidden) }, locale)] : []),
  ]
}
