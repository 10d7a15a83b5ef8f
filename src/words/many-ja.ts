import type en from './many-en.ts'
import type { Translated } from './translated.ts'

export default {
  accounts: 'アカウント',
  count:
    '{chains, number}つのチェーンの{targets, number}アカウント{unchecked, plural, =0 {} other {(ほかに、見つからなかったもの{unchecked, number}件)}}',
  verdictCount: '{verdict} {count}',
  verdicts: {
    critical: '緊急',
    attention: '要対応',
    'no-findings': '問題なし',
    inconclusive: '判断できず',
  },
  row: '{account}、{chain}: {verdict}',
  rowFound: '{account}、{chain}: {verdict}({found})',
  unreadChain: '{chain}: {count, number}アカウントをチェックできませんでした',
  unknownChain: '接続先が名乗らなかったチェーン',
  unchecked: 'アカウントが決まらなかったもの({count}件)',
  others: 'この結果にないチェーンやアカウント。',
  uncheckedOn: '{input}({chain})',
} satisfies Translated<typeof en>
