import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const compared =
  'そのブロックのガス価格は、10、50、90パーセンタイルの順に {p10}、{p50}、{p90} でした。この取引のチップは {tip}、ブロックのチップの中央値は {medianTip} でした。「ガスリミット」{gasLimit} のうち使ったのは {gasUsed}({used}%)で、使った分だけに料金がかかります。'
const atMarket = '{compared, select, yes {そのブロックのチップの中央値であれば {market} でした。} other {}}'

const steps = [
  '次の取引では、MetaMaskの「ガス代」を「市場」のままにします。それで十分早く処理されます。',
  'MetaMaskの高度なガス設定を開き、既定値として保存された手数料がないか確かめます。不要であれば削除します。',
  'サイトが手数料を提案したときは、確定する前に「市場」の値と比べます。大きく上回る場合は変更します。',
]

export default {
  title: '「ガス代」を払いすぎた取引があります',
  decides:
    '直近90日の取引のガス価格が、同じブロックの90パーセンタイルの1.5倍を超えるか、チップが同じブロックの中央値の10倍を超えるかを調べます。同じブロックにほかの価格がない場合は、基本料金の10倍を超えるかを調べます。払いすぎた額が0.0005コイン以下のものは除きます。--history を指定しない場合、対象は新しいものから300件までです。',
  why: '払いすぎた分は戻りません。保存された手数料や提案された手数料が高すぎると、取引のたびに払いすぎることになります。',
  options: {
    priceTimes: 'ガス価格が、同じブロックの90パーセンタイルの何倍までなら報告しないか。',
    tipTimes: 'チップが、同じブロックの中央値の何倍までなら報告しないか。',
    baseFeeTimes: '同じブロックに比べる取引がないとき、ガス価格が基本料金の何倍までなら報告しないか。',
    leastExtraWei: '払いすぎがこの額(wei、10進数)までなら報告しません。コインの価格が低いチェーンでは大きくします。',
    maximumAgeDays: '何日前までの払いすぎを報告するか。',
  },
  messages: {
    'above-block': {
      message: `取引 {hash}({time})のガス価格は {paid} でした。同じブロックの取引の9割が払った上限 {reference} の{times}倍です。手数料 {fee} のうち、およそ {extra} は不要でした。${atMarket}${compared}`,
      steps,
      links: ['gas'],
    },
    'high-tip': {
      message: `取引 {hash}({time})は、「優先手数料」が高かったため、ガス価格が {paid} になりました。同じブロックのチップの中央値であれば {reference} でした。手数料 {fee} のうち、およそ {extra} は不要でした。${atMarket}${compared}`,
      steps,
      links: ['gas'],
    },
    'above-base-fee': {
      message: `取引 {hash}({time})のガス価格は {paid} でした。そのブロックの基本料金 {reference} の{times}倍です。同じブロックに、ほかに比べられる価格はありません。手数料 {fee} のうち、最大 {extra} は不要だった可能性が高いです。${atMarket}${compared}`,
      steps,
      links: ['gas'],
    },
  },
} satisfies Translation<typeof en>
