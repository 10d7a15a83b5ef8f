/** The sentences of notices. `count`: findings that a suppression does not excuse, or excuses no more. */
import type { Notice } from '../core/report.ts'
import type { Locale } from '../core/text.ts'

export const noticeWords: Readonly<Record<Locale, Readonly<Record<Notice['kind'], string>>>> = {
  en: {
    'suppression-expired':
      'A suppression of {rule} ended on {expires} ({reason}). {count, plural, =0 {Nothing is left that it would excuse.} one {The finding that it excused counts again.} other {The # findings that it excused count again.}}',
    'suppression-unused': 'A suppression of {rule} excuses nothing ({reason}): what it names was not found.',
    'suppression-outdated':
      'A suppression of {rule} does not hold any more ({reason}): {count, plural, one {a finding allows} other {# findings allow}} more than {limit}, and {count, plural, one {counts} other {count}}.',
  },
  ja: {
    'suppression-expired':
      '{rule} を除外する設定は {expires} に期限が切れました({reason})。{count, plural, =0 {除外するものは、もうありません。} other {除外していた#件を、再び数えます。}}',
    'suppression-unused': '{rule} を除外する設定は使われていません({reason})。対象のものは見つかりませんでした。',
    'suppression-outdated':
      '{rule} を除外する設定は、条件に合わなくなりました({reason})。{limit} を超える許可が{count, plural, other {#件}}あり、数に入れます。',
  },
}
