/** Words about what own transactions cost, in Japanese. */
import type en from './spending-en.ts'
import type { Translated } from './translated.ts'

export default {
  title: '取引手数料',
  all: '{extent, select, since {{since} 以降の} newest {新しいものから} least {読み取れた} other {}}取引{count, number}件の手数料は、合計 {fees} です。',
  gas: '許可したガス({allowed})のうち、使われたのは{used}%です。手数料がかかるのは、使われた分だけです。',
  failed: 'このうち {fees} は、失敗した取引{count, number}件のものです。',
  data: 'このうち {fees} は、親チェーンへのデータの手数料です。',
  operator: 'このうち {fees} は、チェーンの運営者の取り分です。',
  blobs: 'このうち {fees} は、ブロブの手数料です。',
  prices:
    'ブロックの手数料が分かる{count, number}件のうち、ガス価格が同じブロックの90パーセンタイルを超えたものは{above, number}件、チップがブロックの中央値を超えたものは{tips, number}件です。',
  market: '{count, number}件の取引の手数料は {fees} でした。同じブロックの中央のチップなら {atMarket} で済みました。',
  day: '最も多く払ったのは {day}(UTC)で、{count, number}件に {fees} です。',
  group:
    '{kind, select, creation {コントラクトの作成} other {{to} への取引}}{count, number}件に {fees}{kind, select, creation {} transfer {({others, plural, =0 {} other {主に}}通常の送金)} other {({others, plural, =0 {} other {主に}}メソッド {method})}}。',
  more: 'ほかの{count, number}件のアドレスと、日ごと、メソッドごとの内訳は、JSON形式のレポートにあります。',
} as const satisfies Translated<typeof en>
