/** 待っている取引について、何をするか。 */
import { foreignWords, topUpWords } from '../../src/rule.ts'

const newFees =
  '{feeKind, select, legacy {ガス価格を {newMaxFee}} other {「最大基本料金」を {newMaxFee}、「優先手数料」を {newPriorityFee}}}'

const unread =
  '{market, select, unread {最近のブロックの手数料を読み取れなかったため、これはノードが元の取引の代わりに受け付ける最小の値です。MetaMaskがこれより高い値を提案したら、その値を使います。} other {}}'

const begin =
  'MetaMaskで、「ナンス」が {nonce} の保留中の取引を開き、必ずこれから始めます。それより後の取引が先に処理されることはありません。'
const unseen =
  'MetaMaskにこの取引が表示されない場合は、「ナンス」を {nonce} に指定し、同じ手数料で自分のアカウントに0を送ります。これで取り消せます。'

const { one: foreign, newAccountForOne: newAccount } = foreignWords.ja

const wait = (which: 'どちらか' | 'それ') =>
  `${which}が確認されるまで、これらの検出結果の手順で送るものを除き、このアカウントから何も送らないでください。その後、もう一度このチェックを実行します。`

const ifItFails = (fails: string, other: string) =>
  `{runs, select, told {${fails}} reverts {${fails}} other {${other}}}`

const coversOne = 'これには残高が足ります。後ろで待つ取引も数えるノードには断られることがあります。'
const cancelFunds = (
  none: string,
  then = 'その場合は、後ろの取引のうち最も費用の大きいものから先に「キャンセル」します。',
) => `{funds, select, none {${none}} alone {${coversOne}${then}} other {}}`
const eitherShort = 'これにも残高が足りません。'

export const steps = [
  begin,
  foreign,
  ifItFails(
    '「高速化(スピードアップ)」はまだ使わないでください。足りないものがわかっていて、まだ実行したい場合は、先にそれをそろえてから、もう一度このチェックを実行します。',
    `実行したい場合は、「高速化(スピードアップ)」を選び、${newFees} に設定します。${unread}{funds, select, both {} other {${topUpWords.ja}}}`,
  ),
  `取りやめる場合は、「キャンセル」を選び、${newFees} に設定します。${unread}${cancelFunds(ifItFails(topUpWords.ja, eitherShort))}`,
  unseen,
  wait('どちらか'),
  newAccount,
]

export const authorizationSteps = [
  begin,
  foreign,
  '「高速化(スピードアップ)」は使わないでください。代わりに送られる通常の取引では委任の署名が抜け落ち、別の結果になることがあります。MetaMaskは外から渡された委任の署名を受け付けないため、下にも高速化の呼び出しはありません。',
  `「キャンセル」を選び、${newFees} に設定します。${unread}${cancelFunds(topUpWords.ja)}`,
  unseen,
  `${wait('それ')}この取引で設定するスマートアカウントを使いたい場合は、使っていたアプリでもう一度有効にします。`,
  newAccount,
]

export const summarySteps = [
  begin,
  foreign,
  `実行したい場合は、「高速化(スピードアップ)」を選び、「最大基本料金」を {newMaxFee} に、「優先手数料」を {newPriorityFee} か元の値の1割増しの、どちらか高いほうに設定します。${unread}`,
  '取りやめる場合は、「キャンセル」を選び、同じ手数料に設定します。',
  unseen,
  wait('どちらか'),
  newAccount,
]

export const revertSteps = [
  '使ったアプリやサイトで、したかったことがまだできるかどうかを確かめます。提示の期限が切れていたり、残高や許可が足りなかったりすることがあります。',
  foreign,
  'このまま続けるのは、何が足りないかがわかっていて、処理される前にそれがそろう場合だけにします。その場合は何も変えません。',
  `取りやめる場合は、MetaMaskでこの取引を開き、「キャンセル」を選んで、${newFees} に設定します。${unread}${cancelFunds(topUpWords.ja)}先に処理された場合は、失敗して手数料がかかり、取り消すものは残りません。`,
  unseen,
  wait('どちらか'),
  newAccount,
]

const openProgram =
  'この取引を送ったプログラムを開きます。MetaMaskはブロブを含む取引を送りません。また、接続先はブロブそのもの(サイドカー)を誰にも返しません。'
const foreignBlobs =
  '自分のプログラムが送ったものでない場合は、ほかの人がこのアカウントの鍵を持っています。その場合、高速化はせず、このアカウントにコインを送らないでください。'
const blobFees =
  '最大手数料は {newMaxFee}、優先手数料は {newPriorityFee}、ブロブの手数料は {newBlobFee} にします。ノードは元の各手数料の2倍を求めます。{market, select, unread {最近のブロックの手数料を読み取れなかったため、これより多く必要なことがあります。} other {{blobFee, select, unknown {いまのブロブのガス代を読み取れなかったため、ブロブの手数料はこれより多く必要なことがあります。} other {}}}}'
const cancelBlobs = (fees: string, funds: string) =>
  `取りやめる場合は、そのプログラムから、「ナンス」を {nonce} に指定し、ブロブを1つ付けて、このアカウント自身に0を送ります。${fees}ブロブを含む取引の代わりにノードが受け付けるのは、ブロブを含む取引だけです。元のブロブの最初の1つで足ります。ほかのブロブと、そのハッシュでもかまいません。${funds}`

export const blobSteps = [
  openProgram,
  foreignBlobs,
  ifItFails(
    '何が足りないかをそのプログラムで調べます。このまま続けるのは、処理される前にそれがそろう場合だけにします。',
    `実行したい場合は、そのプログラムから、「ナンス」が {nonce} の同じ取引を、同じブロブを付けてもう一度送ります。${blobFees}{funds, select, both {} other {${topUpWords.ja}}}`,
  ),
  cancelBlobs(
    ifItFails(blobFees, '手数料は、上の3つと同じにします。'),
    cancelFunds(ifItFails(topUpWords.ja, eitherShort), ''),
  ),
  wait('どちらか'),
  newAccount,
]
