import type { LeftOutNotice } from '../core/reporter.ts'
import { value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { wordsFor } from '../words/index.ts'
import { batchCalls, type Choice, leftOutReasons, usableCalls } from './found-calls.ts'
import { leftOutSentence } from './sarif-notifications.ts'
import { allRows, mostResults } from './sarif-results.ts'

/** How many calls a format leaves out, and why. */
function noticeOf({ leftOut }: Choice, locale: Parameters<LeftOutNotice>[1]): string | null {
  const { batch } = wordsFor(locale)
  const reasons = leftOutReasons.flatMap((reason) =>
    leftOut[reason] === 0
      ? []
      : formatMessage(batch.leftOutReasons[reason], { count: value.count(leftOut[reason]) }, locale),
  )
  if (reasons.length === 0) return null
  return formatMessage(batch.leftOut, { reasons: value.text(new Intl.ListFormat(locale).format(reasons)) }, locale)
}

export const leftOutNotices = {
  calls: (report, locale) => noticeOf(usableCalls(report), locale),
  'safe-batch': (report, locale) => noticeOf(batchCalls(report), locale),
  sarif: (report, locale) => {
    const count = allRows(report).length - mostResults
    return count > 0 ? leftOutSentence(count, locale) : null
  },
} as const satisfies Readonly<Record<string, LeftOutNotice>>
