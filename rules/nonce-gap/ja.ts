import { foreignWords, type Translation, topUpWords } from '../../src/rule.ts'
import type en from './en.ts'

const fees =
  '{feeKind, select, eip1559 {「最大基本料金」は {maxFee}、「優先手数料」は {priorityFee} にします} legacy {ガス価格は {maxFee} にします} other {手数料はMetaMaskが提案する値を使います}}'

const turn =
  '{hasDelegate, select, yes {ノードは、委任したアカウントの待っている取引を少ししか受け付けません。拒まれた場合は、それより前の取引が確認されてから送ります。} other {}}'

const funds = `{funds, select, short {${topUpWords.ja}} other {}}`

const { several: foreign, newAccountForSeveral: newAccount } = foreignWords.ja
const wanted =
  '次に、待っている取引がまだ必要かどうかを確かめます。欠けた「ナンス」が埋まると、手数料が足りるものはすぐに実行されるためです。不要な取引は「キャンセル」します。'
const follow =
  '確認されると、待っていた取引のうち手数料が足りるものが、順に処理されます。その後、もう一度このチェックを実行します。まだ待っている取引があれば、その理由が示されます。'

export default {
  title: '「ナンス」が欠けていて、後の取引が待っています',
  decides: 'どの取引にも使われていない「ナンス」の後ろに、このアカウントの取引があるかどうかを調べます。',
  why: 'チェーンは、アカウントの取引を「ナンス」の順に処理します。欠けた「ナンス」の後ろにある取引は、それが埋まるまで処理されず、やがてノードから捨てられることもあります。',
  options: {
    mostCalls: '欠けた「ナンス」のうち、いくつまで未署名の呼び出しを示すか。',
  },
  messages: {
    one: {
      message: '「ナンス」{first} の取引が接続先にないため、{waiting}件の取引が待っています。',
      steps: [
        foreign,
        wanted,
        '待っている取引がどれも自分のものなら、MetaMaskに、「ナンス」が {first} の保留中の取引がないか確かめます。あれば「高速化(スピードアップ)」または「キャンセル」をします。その場合、次の2つの手順は不要です。',
        `待っている取引がどれも自分のものなら、「ナンス」を {first} に指定して、自分のアカウントに {nothing} を送ります。${fees}。${turn}${funds}`,
        `これが${follow}`,
        newAccount,
      ],
      links: ['transactions'],
    },
    several: {
      message:
        '「ナンス」{first} から {last} までの取引({count}件)が接続先にないため、{waiting}件の取引が待っています。',
      steps: [
        foreign,
        wanted,
        '待っている取引がどれも自分のものなら、MetaMaskに、「ナンス」が {first} から {last} までの保留中の取引がないか確かめます。あれば小さいものから順に「高速化(スピードアップ)」または「キャンセル」をします。次の2つの手順は、残りの「ナンス」についてだけ行います。',
        `待っている取引がどれも自分のものなら、欠けている {first} から {last} までの「ナンス」を小さい順に指定し、1件ずつ自分のアカウントに {nothing} を送ります。${fees}。${turn}${funds}`,
        `すべて${follow}`,
        newAccount,
      ],
      links: ['transactions'],
    },
  },
} satisfies Translation<typeof en>
