import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'
import { authorizationSteps, blobSteps, revertSteps, steps, summarySteps } from './steps-ja.ts'

const behind = '{behind, plural, =0 {} other {この後ろで、ほかの取引が#件待っています。}}'

const seen = '{seen, select, before {少なくとも{waited}待っています。} other {}}'
const runs =
  '{runs, select, told {送らずに試すと、いまは失敗し(「{reason}」)、手数料だけがかかります。高速化ではなくキャンセルを選びます。} reverts {送らずに試すと、いまは失敗し、手数料だけがかかります。高速化ではなくキャンセルを選びます。} other {}}'
const forecast =
  '{forecast, select, known {基本料金は少しずつしか下がりません。{ahead}ブロック後の基本料金は、最小で {lowestBaseFee}、混み具合が最近と同じなら {expectedBaseFee}、最大で {highestBaseFee} です。手数料を変えなければ、少なくともあと{fewestBlocks}ブロック待ちます。} never {この先の7,200ブロックがすべて空でも、基本料金はそこまで下がりません。} unknown {このチェーンの基本料金が変わる速さは、最近のブロックからは分かりませんでした。} other {}}'

const blobFee =
  '{blobFee, select, below {ブロブのガスに払う額も足りません。払えるのは最大 {offeredBlobFee} ですが、次のブロックは {askedBlobFee} 未満を受け付けません。} enough {ブロブのガスに払う額は足りています。払えるのは最大 {offeredBlobFee} で、次のブロックは {askedBlobFee} を求めています。} other {ブロブの手数料は比べていないため、それが原因で待たされることもあります。}}'

const waits =
  '{askedBy, select, block {最大 {offered} を払えて、次のブロックが求めるのは {asked} ですが、少なくとも{waited}待っています。} endpoint {少なくとも{waited}待っています。払えるのは最大 {offered} で、接続先は {asked} を提案しています。} other {少なくとも{waited}待っています。}}ブロックの作り手に届いていないか、ほかの理由で入らない可能性があります。'
const tip = 'ブロックに残すチップは {offered} で、最近のブロックのチップの10パーセンタイル({asked})を下回っています。'
const price =
  '払えるのは最大 {offered} ですが、{askedBy, select, block {次のブロックは {asked} 未満の取引を受け付けません} other {接続先はいま送る取引に {asked} を提案しています}}。'
const lack = `{lack, select, time {${waits}} tip {${tip}} other {${price}}}`
const seenBesides = `{lack, select, time {} other {${seen}}}`
const reason = '{runs, select, told {(「{reason}」)} other {}}'
const compared =
  '{compared, select, both {手数料は足りています。} max {最大の手数料は足りていますが、チップは比べていません。} other {手数料は、最近のブロックのものと比べていません。}}'
const wasted = '失敗する取引もブロックに入ります。手数料だけがかかり、ほかには何も起こりません。'

export default {
  title: '保留中の取引が止まっています',
  decides:
    '待っている取引のうち先頭のものについて、最大の手数料が次のブロックの基本料金より低いか、ブロブの手数料が次のブロックのものより低いか、残るチップが最近のブロックのチップの10パーセンタイルより低いか、レポートのブロックで送らずに試すと失敗するか(委任の署名を含む取引は試しません)、10分より前から待っているのが見えていたかを調べます。コードを持つため取引を送れないはずのアカウントの取引が待っているかどうかも調べます。',
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
      message: `「ナンス」が {nonce} の取引 {hash} が${tip}${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'below-node-price': {
      message: `「ナンス」が {nonce} の取引 {hash} が払うのは {offered} ですが、接続先はいま送る取引に {asked} を提案しています。${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'long-wait': {
      message: `「ナンス」が {nonce} の取引 {hash} は、${waits}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'with-authorizations': {
      message: `「ナンス」が {nonce} の取引 {hash} は、EIP-7702の委任の署名を含み、${lack}${forecast}${seenBesides}${behind}`,
      steps: authorizationSteps,
      links: ['transactions'],
    },
    'with-blobs': {
      message: `「ナンス」が {nonce} の取引 {hash} はブロブを含み、${lack}${blobFee}${forecast}${seenBesides}${runs}${behind}`,
      steps: blobSteps,
      links: ['transactions'],
    },
    'low-blob-fee': {
      message: `「ナンス」が {nonce} の取引 {hash} はブロブを含み、ブロブのガスに払えるのは最大 {offered} ですが、次のブロックは {asked} 未満の取引を受け付けません。最大の手数料は足りています。${seen}${runs}${behind}`,
      steps: blobSteps,
      links: ['transactions'],
    },
    summarised: {
      message: `接続先は、「ナンス」が {nonce} の取引の概要だけを示しています。${price}${forecast}${behind}`,
      steps: summarySteps,
      links: ['transactions'],
    },
    'reverts-now': {
      title: '保留中の取引は、いま処理されると失敗します',
      why: wasted,
      message: `「ナンス」が {nonce} の取引 {hash} をブロック {triedAt} で送らずに試すと、失敗しました${reason}。足りないものが、処理される前にそろうこともあります。${compared}${seen}${behind}`,
      steps: revertSteps,
      links: ['transactions'],
    },
    'blobs-revert-now': {
      title: '保留中の取引は、いま処理されると失敗します',
      why: wasted,
      message: `「ナンス」が {nonce} の取引 {hash} はブロブを含みます。ブロック {triedAt} で送らずに試すと、失敗しました${reason}。足りないものが、処理される前にそろうこともあります。${blobFee}${seen}${behind}`,
      steps: blobSteps,
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
