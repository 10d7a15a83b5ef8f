import { type Translation, topUpWords } from '../../src/rule.ts'
import type en from './en.ts'

const behind = '{behind, plural, =0 {} other {この後ろで、ほかの取引が#件待っています。}}'

const seen = '{seen, select, before {少なくとも{waited}待っています。} other {}}'
const runs =
  '{runs, select, told {送らずに試すと、いまは失敗し(「{reason}」)、手数料だけがかかります。高速化ではなくキャンセルを選びます。} reverts {送らずに試すと、いまは失敗し、手数料だけがかかります。高速化ではなくキャンセルを選びます。} other {}}'
const forecast =
  '{forecast, select, known {基本料金は少しずつしか下がりません。{ahead}ブロック後の基本料金は、最小で {lowestBaseFee}、混み具合が最近と同じなら {expectedBaseFee}、最大で {highestBaseFee} です。手数料を変えなければ、少なくともあと{fewestBlocks}ブロック待ちます。} never {この先の7,200ブロックがすべて空でも、基本料金はそこまで下がりません。} unknown {このチェーンの基本料金が変わる速さは、最近のブロックからはわかりませんでした。} other {}}'

const newFees =
  '{feeKind, select, legacy {ガス価格を {newMaxFee}} other {「最大基本料金」を {newMaxFee}、「優先手数料」を {newPriorityFee}}}'

const unread =
  '{market, select, unread {最近のブロックの手数料を読み取れなかったため、これはノードが元の取引の代わりに受け付ける最小の値です。MetaMaskがこれより高い値を提案したら、その値を使います。} other {}}'

const blobFee =
  '{blobFee, select, below {ブロブのガスに払う額も足りません。払えるのは最大 {offeredBlobFee} ですが、次のブロックは {askedBlobFee} 未満を受け付けません。} enough {ブロブのガスに払う額は足りています。払えるのは最大 {offeredBlobFee} で、次のブロックは {askedBlobFee} を求めています。} other {ブロブの手数料は比べていないため、それが原因で待たされることもあります。}}'

const blobSteps = [
  '「ナンス」が {nonce} の取引を、ブロブを含む別の取引で置き換えます。ノードは各手数料を2倍にするよう求めます。最大手数料は {newMaxFee}、優先手数料は {newPriorityFee}、ブロブの手数料は {newBlobFee} です。{market, select, unread {最近のブロックの手数料を読み取れなかったため、これより多く必要なことがあります。} other {}}',
  '確認されるまで、このアカウントからほかの送金はしないでください。その後、もう一度このチェックを実行します。',
]

const begin =
  'MetaMaskで、「ナンス」が {nonce} の保留中の取引を開き、必ずこれから始めます。それより後の取引が先に処理されることはありません。'
const unseen =
  'MetaMaskにこの取引が表示されない場合は、「ナンス」を {nonce} に指定し、同じ手数料で自分のアカウントに0を送ります。これで取り消せます。'

const steps = [
  begin,
  `実行したい場合は、「高速化(スピードアップ)」を選び、${newFees} に設定します。${unread}{funds, select, both {} other {${topUpWords.ja}}}`,
  `取りやめる場合や、自分で送った覚えがない場合は、「キャンセル」を選び、${newFees} に設定します。${unread}{funds, select, none {これにも残高が足りません。} alone {これには残高が足ります。後ろで待つ取引も数えるノードには断られることがあります。その場合は、後ろの取引のうち最も費用の大きいものから先に「キャンセル」します。} other {}}`,
  unseen,
  'どちらかが確認されるまで、ほかの送金はしないでください。その後、もう一度このチェックを実行します。',
]

export default {
  title: '保留中の取引が止まっています',
  decides:
    '待っている取引のうち先頭のものについて、最大の手数料が次のブロックの基本料金より低いか、ブロブの手数料が次のブロックのものより低いか、残るチップが最近の取引の9割より少ないか、10分より前から待っているのが見えていたかを調べます。コードを持つため取引を送れないはずのアカウントの取引が待っているかどうかも調べます。',
  why: '手数料の低い取引は、相場が下がるまで待たされます。同じアカウントの後の取引も、すべてその後ろで待ちます。',
  options: {
    leastPricePercent: '基本料金がないチェーンで、価格が低すぎるとみなす、提案されたガス価格に対する割合(%)。',
    longestWaitSeconds: '手数料にかかわらず、取引が待っていてよい時間(秒)。',
  },
  messages: {
    'below-base-fee': {
      message: `「ナンス」が {nonce} の取引 {hash} が払えるのは最大 {offered} ですが、次のブロックは {asked} 未満の取引を受け付けません。${forecast}${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'low-tip': {
      message: `「ナンス」が {nonce} の取引 {hash} がブロックに残すチップは {offered} ですが、最近の取引の9割は {asked} 以上を残しています。${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'below-node-price': {
      message: `「ナンス」が {nonce} の取引 {hash} が払うのは {offered} ですが、接続先はいま送る取引に {asked} を提案しています。${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'long-wait': {
      message: `「ナンス」が {nonce} の取引 {hash} は、最大 {offered} を払えて、次のブロックが求めるのは {asked} ですが、少なくとも{waited}待っています。ブロックの作り手に届いていないか、ほかの理由で入らない可能性があります。${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'with-authorizations': {
      message: `「ナンス」が {nonce} の取引 {hash} は、EIP-7702の委任の署名を含み、{offered} を提示していますが、いまは {asked} 以上が必要です。${forecast}${seen}${behind}`,
      steps: [
        begin,
        '「高速化(スピードアップ)」は使わないでください。代わりに送られる通常の取引では委任の署名が抜け落ち、別の結果になることがあります。',
        `「キャンセル」を選び、${newFees} に設定します。${unread}{funds, select, none {${topUpWords.ja}} other {}}`,
        unseen,
        'それが確認されるまで、ほかの送金はしないでください。その後、もう一度このチェックを実行します。この取引で設定するスマートアカウントを使いたい場合は、使っていたアプリでもう一度有効にします。心当たりがない場合は、何もする必要はありません。',
      ],
      links: ['transactions'],
    },
    'with-blobs': {
      message: `「ナンス」が {nonce} の取引 {hash} はブロブを含み、{offered} を提示していますが、最近のブロックは {asked} 以上を求めています。${blobFee}${forecast}${seen}${behind}`,
      steps: ['この取引を送ったプログラムを開きます。MetaMaskはブロブを含む取引を送りません。', ...blobSteps],
      links: ['transactions'],
    },
    'low-blob-fee': {
      message: `「ナンス」が {nonce} の取引 {hash} はブロブを含み、ブロブのガスに払えるのは最大 {offered} ですが、次のブロックは {asked} 未満の取引を受け付けません。ほかの手数料は足りています。${seen}${behind}`,
      steps: ['この取引を送ったプログラムを開きます。MetaMaskはブロブを含む取引を送りません。', ...blobSteps],
      links: ['transactions'],
    },
    summarised: {
      message: `接続先は、「ナンス」が {nonce} の取引の概要だけを示しています。払えるのは最大 {offered} ですが、いまは {asked} 以上が必要です。${forecast}${behind}`,
      steps: [
        begin,
        `実行したい場合は、「高速化(スピードアップ)」を選び、「最大基本料金」を {newMaxFee} に、「優先手数料」を {newPriorityFee} か元の値の1割増しの、どちらか高いほうに設定します。${unread}`,
        '取りやめる場合や、自分で送った覚えがない場合は、「キャンセル」を選び、同じ手数料に設定します。',
        unseen,
        'どちらかが確認されるまで、ほかの送金はしないでください。その後、もう一度このチェックを実行します。',
      ],
      links: ['transactions'],
    },
    'account-with-code': {
      title: 'コードを持つアカウントの取引は処理されません',
      why: '自身のコードを持つアカウントの取引は、手数料をいくら払ってもブロックに入りません(EIP-3607)。例外はEIP-7702の委任だけです。',
      message:
        'このアカウントには、EIP-7702の委任ではないコード(ハッシュ {codeHash})があり、{count, plural, other {取引が#件、「ナンス」{nonce} から待っています}}。',
      steps: [
        '手数料は上げないでください。上げても何も変わりません。',
        '開発用チェーンなら、どのプログラムがコードを置いたかを調べ、コードを取り除くか、チェーンを初めからやり直します。',
        'それ以外のチェーンなら、2つ目の接続先(--second-rpc-url)を指定してこのチェックを実行します。人が鍵を持つアカウントにこのようなコードが入ることはないため、この接続先が誤っている可能性があります。',
        'どちらの接続先でも同じなら、このアカウントはコントラクトです。作成に使ったアプリで操作し、このアカウントの名前で取引を送るプログラムを止めます。',
      ],
      links: ['troubleshooting'],
    },
  },
} satisfies Translation<typeof en>
