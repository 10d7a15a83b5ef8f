import type { Translation } from '../../src/rule.ts'
import { groupList } from './breakdown.ts'
import { costliestList } from './costliest.ts'
import type en from './en.ts'

const least = '{bound, select, least {以上} other {}}'
const atLeast = '{bound, select, least { 以上} other { }}'
const list = costliestList('、', (n) => `{transaction${n}} が {fee${n}}(ガス {gas${n}}、価格 {price${n}})`)

const groups = groupList(
  '、',
  (n) =>
    `{kind${n}, select, creation {新しいコントラクトの作成} transfer {{callee${n}} への送金} other {{callee${n}} のメソッド {method${n}}}}が {spent${n}}({times${n}}件)`,
)
const market =
  '{compared, plural, =0 {} other {ブロックの手数料が分かる#件は、それぞれのブロックのチップの中央値なら、{comparedFees} ではなく {atMarket} でした。}}'

const steps = [
  `{bound, select, least {読み取れた取引のうち、} other {この期間で}}手数料の高かった取引を確かめます: ${list}。価格が高い場合は、手数料の設定が高いか、チェーンが混んでいます。ガスが多い場合は、処理が大きかったことを示します。${market}`,
  `手数料の多い順に、使い道を確かめます: ${groups}。もっとも多かったのは {costliestDay} からの1日で、{dayFees} でした。`,
  'どの取引も自分で送ったかどうかを確かめます。自分で送った覚えも、承認した覚えもない取引があれば、ほかの人がこのアカウントの鍵を持っています。その場合、このアカウントにコインを送らず、信頼できる端末のウォレットで、新しい「シークレットリカバリーフレーズ」を使って新しいアカウントを作り、残っている資産をそこへ移します。',
  '価格が高かった場合は、MetaMaskの「ガス代」を「市場」のままにします。急がない取引は、手数料が下がってから送ります。',
]

export default {
  title: '「ガス代」がいつもより多くかかっています',
  decides:
    '最近の手数料が、このアカウントのふだんの額(10件以上の取引の中央値と、その偏差の中央値)を大きく超えるか、合計が設定した上限を超えるかを調べます。',
  why: 'いつもと違う手数料は、設定の誤り、負担の大きいコントラクト、本人が送っていない取引などから生じます。',
  options: {
    windowDays: '手数料を判断する、直近の日数。',
    leastTransactions: 'いつもの手数料を求めるのに必要な取引の数。',
    deviations: '手数料が、中央値から標準偏差の何倍までなら報告しないか。',
    leastTimes: '手数料が中央値の何倍までなら報告しないか。',
    limitWei: '期間中の手数料の合計の上限(wei、10進数)。nullなら上限はありません。',
  },
  messages: {
    'above-habit': {
      message: `直近{window}の{transactions}件${least}の取引のうち、{unusual}件の手数料が、ふだんの {usual} を大きく超えています。手数料の合計は {total}${atLeast}です。`,
      steps,
      links: ['gas'],
    },
    'above-limit': {
      message: `直近{window}の{transactions}件${least}の取引に、手数料が合計 {total}${atLeast}かかっています。設定された上限は {limit} です。`,
      steps,
      links: ['gas'],
    },
  },
} satisfies Translation<typeof en>
