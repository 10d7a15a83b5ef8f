import type en from './comparison-en.ts'
import type { Translated } from './translated.ts'

export default {
  marks: { new: '[新規] {title}', updated: '[変化あり] {title}' },
  suppressed: '{count, plural, other {#件}}の検出結果を、設定により除外しています(--show-suppressed で表示します)。',
  suppressedHeading: '除外中({count}件)',
  earlier: 'ベースラインとの違い({count}件)',
  absent: '解消: {title}({rule})。以前の内容: {message}',
  accepted: 'ベースラインに取り入れ済み: {title}({rule})。以前の内容: {message}',
  unknown: '今回は不明: {title}({rule})。以前の内容: {message}',
  notices: '除外の設定について',
  notAsked:
    'ベースラインには、今回チェックしていない{targets, plural, other {#件}}のアカウントの検出結果が{findings, plural, other {#件}}あります。',
} satisfies Translated<typeof en>
