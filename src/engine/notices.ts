/** What the user should know about their own settings, in words. Pure. */
import type { Notice } from '../core/report.ts'
import type { Locale } from '../core/text.ts'
import { value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { noticeWords } from '../domain/notice-words.ts'
import { type Suppression, suppressionData } from '../domain/suppression.ts'

/** Without its sentence: `localizeNotice` writes it. `count`: findings that it does not excuse, or excuses no more. */
export function noticeOf(kind: Notice['kind'], suppression: Suppression, count: number): Notice {
  const { declaredAt } = suppression
  const at = declaredAt === undefined ? {} : { declaredAt }
  const data = { ...suppressionData(suppression), count: value.count(count) }
  return { kind, message: '', data, ...at }
}

/** @throws when `data` lacks what the sentence names */
export function localizeNotice(notice: Notice, locale: Locale): Notice {
  return { ...notice, message: formatMessage(noticeWords[locale][notice.kind], notice.data, locale) }
}

export function sortNotices(notices: readonly Notice[]): readonly Notice[] {
  const keyOf = ({ declaredAt, kind, data }: Notice): string =>
    JSON.stringify([declaredAt?.file ?? '', String(declaredAt?.line ?? '').padStart(9), kind, data])
  return notices
    .map((notice) => ({ notice, key: keyOf(notice) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ notice }) => notice)
}
