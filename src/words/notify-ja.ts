import type en from './notify-en.ts'
import type { Translated } from './translated.ts'

export default {
  head: 'ウォレットのチェック: {counts}',
  counts: {
    new: '新規{count, number}件',
    worse: '悪化{count, number}件',
    resolved: '解消{count, number}件',
    accepted: 'ベースラインに取り入れ済み{count, number}件',
    unknown: '前回より確認できなかったアカウント{count, plural, other {#件}}',
    known: '再び確認できたアカウント{count, plural, other {#件}}',
  },
  place: '{hasLabel, select, yes {{label}、{account}} other {{account}}}{hasChain, select, yes {、{chain}} other {}}',
  new: '新規、{severity}({place}): {title}。{message}',
  worse: '悪化または変化、{severity}({place}): {title}。{message}',
  resolved: '解消、{severity}({place}): {title}',
  accepted: 'ベースラインに取り入れ済み、{severity}({place}): {title}',
  unknown:
    '未確認({place}): {count, plural, =0 {何もチェックできませんでした} other {#件のチェックができなくなりました: {checks}}}',
  known: '再確認({place}){count, plural, =0 {} other {: #件のチェックができました: {checks}}}',
  more: 'ほかに{count, number}件あります。レポートを確認してください。',
} satisfies Translated<typeof en>
