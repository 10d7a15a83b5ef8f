/** What was asked of an account, what was not, and which blocks nobody read, in sentences. */
import type { Because, ReportTarget } from '../core/report.ts'
import type { Locale } from '../core/text.ts'
import { value } from '../core/value.ts'
import { mergeRanges } from '../domain/block-range.ts'
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
export function gapSentences(
  { gaps }: Pick<ReportTarget['coverage'][number], 'gaps'>,
  locale: Locale,
): readonly string[] {
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

/** Why something could not be checked, and the blocks that nobody read for it, on one line. */
export function withUnread(reason: string, reasons: readonly Because[], locale: Locale): string {
  const unread = unreadSentence(reasons, locale)
  return unread === null ? reason : `${reason} ${unread}`
}

/** The blocks that one reason, or several, left unread, in one sentence; null where that is not what is missing. */
export function unreadSentence(reasons: readonly Because[], locale: Locale): string | null {
  const ranges = reasons
    .flatMap((because) => (because.kind === 'fact-incomplete' ? because.missing : []))
    .flatMap(({ ranges = [] }) => ranges)
    .map(({ fromBlock, toBlock }) => ({ fromBlock: BigInt(fromBlock), toBlock: BigInt(toBlock) }))
  if (ranges.length === 0) return null
  const gaps = mergeRanges(ranges).map(({ fromBlock, toBlock }) => ({
    fromBlock: String(fromBlock),
    toBlock: String(toBlock),
  }))
  const { formats, separator } = wordsFor(locale)
  const data = { ranges: value.text(gapSentences({ gaps }, locale).join(separator)) }
  return formatMessage(formats.unread, data, locale)
}
