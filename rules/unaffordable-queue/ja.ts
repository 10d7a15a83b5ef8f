import { foreignWords, severalTopUps, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const message =
  '待っている{transactions}件の取引には、{filling, select, counted {欠けている{fillings}件の「ナンス」を埋める費用 {fillingCost} を含めて、} other {}}最大で {cost} かかります。残高は {balance} なので、「ナンス」が {nonce} の取引から足りなくなります。{filling, select, unknown {欠けている{fillings}件の「ナンス」を埋める費用が、これに加えてかかります。最近のブロックの手数料を読み取れなかったため、その額は分かりません。} other {}}'

const unread =
  '{market, select, unread {最近のブロックの手数料を読み取れなかったため、これはノードが元の取引の代わりに受け付ける最小の値です。{load, select, blobs {お使いのプログラム} other {MetaMask}}がこれより高い値を提案したら、その値を使います。} other {{blobMarket, select, unread {いまのブロブのガス代を読み取れなかったため、ブロブの手数料はこれより多く必要なことがあります。} other {}}}}'
const ofBlobs =
  'または、「ナンス」が {nonce} の取引を、それを送信したプログラムで取りやめます。MetaMaskは、ブロブを含む取引の送信もキャンセルもできません。そのプログラムから、同じ「ナンス」を指定し、ブロブを1つ付けて、このアカウント自身に0を送ります。最大手数料は {newMaxFee}、優先手数料は {newPriorityFee}、ブロブの手数料は {newBlobFee} にします。ノードが代わりに受け付けるのは、すべての手数料が2倍以上の、ブロブを含む取引だけです。元のブロブの最初の1つで足ります。'
const ofOthers =
  'または、「ナンス」が {nonce} の取引を取りやめます。MetaMaskで「キャンセル」を選び、{feeKind, select, legacy {ガス価格を {newMaxFee}} other {「最大基本料金」を {newMaxFee}、「優先手数料」を {newPriorityFee}}} に設定します。'
const ofSummaries =
  'または、「ナンス」が {nonce} の取引を取りやめます。MetaMaskで「キャンセル」を選び、「最大基本料金」を {newMaxFee} に、「優先手数料」を {newPriorityFee} か元の値の1割増しの、どちらか高いほうに設定します。'
const cancel = `{load, select, blobs {${ofBlobs}} summary {${ofSummaries}} other {${ofOthers}}}${unread}{cancellation, select, short {これにも残高が足りません。} other {}}{rest, select, covered {取りやめれば、残りの取引には残高が足ります。} short {取りやめても、残りの取引には最大で {restMissing} 足りない可能性があります。取りやめが確認されたら、もう一度このチェックを実行し、その結果に従います。} other {}}`
const wait = 'これらの検出結果の手順で送るものを除き、待っている取引が確認されるまで、新しい送金はしないでください。'
const { several: foreign, newAccountForSeveral: newAccount } = foreignWords.ja

export default {
  title: '待っている取引に対して残高が足りません',
  decides:
    '待っている取引の送金額と最大の手数料に、その前で欠けている「ナンス」を埋める手数料を加えた合計が、残高を超えるかどうかを調べます。',
  why: '支払えない取引は、ノードに捨てられたり断られたりします。残高があるように見えても、ウォレットが新しい取引を断ることもあります。',
  messages: {
    short: {
      message,
      steps: [
        foreign,
        `どれも自分の取引なら、{chain} で {account} に {topUp} 以上を送ります。${severalTopUps.ja}`,
        cancel,
        wait,
        newAccount,
      ],
      links: ['transactions'],
    },
    'short-with-delegate': {
      message: `${message}また、このアカウントは {delegate} のコードで動いています。`,
      steps: [
        foreign,
        `{delegate} を自分で選んだと確認できるまで、このアカウントには何も送らないでください。自分で選んだコードでなければ、届いたコインがすぐに持ち去られることがあります。自分で選んだコードで、待っている取引もすべて自分のものなら、{chain} で {account} に {topUp} 以上を送ります。${severalTopUps.ja}`,
        cancel,
        wait,
        newAccount,
      ],
      links: ['safety', 'transactions'],
    },
  },
} satisfies Translation<typeof en>
