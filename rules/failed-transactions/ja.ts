import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const failed = '取引 {hash} は失敗しましたが({time})、手数料として {fee} がかかりました'
const ranOut =
  '「ガスリミット」{gasLimit} のうち {gasUsed} を使っているため、{replay, select, proven {ガスが足りませんでした。同じ呼び出しは、2倍のガスがあれば成功します。} unread {ガスが足りなくなった可能性があります。呼び出しを再現できなかったため、確かではありません。} other {ガスが足りなくなった可能性が高いです。}}'
const unchanged = '失われたのは手数料だけです。取引で動かすはずだったものは、元の場所にあります。'

export default {
  title: '失敗した取引があります',
  decides:
    '直近90日の自分の取引に、失敗として記録されたものがあるかどうかを調べます。--history を指定しない場合、対象は新しいものから300件までです。',
  why: '失敗した取引にも手数料がかかります。同じ内容で送り直すと、また手数料だけを失うことがあります。手数料は払い戻されません。',
  options: {
    maximumAgeDays: '何日前までの失敗を報告するか。',
    outOfGasPercent: '失敗した取引をガス不足とみなす、「ガスリミット」に対する割合(%)。',
  },
  messages: {
    'out-of-gas': {
      message: `${failed}。${ranOut}`,
      steps: [
        unchanged,
        '送り直す前に、MetaMaskで手数料の設定を開き、「ガスリミット」を{room, select, capped {、現在このチェーンで1つの取引に設定できる上限の} other {}} {newGasLimit} に上げます。使われなかった分の料金はかかりません。',
        '{room, select, capped {それでも失敗する場合は、1つの取引で行う量を減らすか、} other {{replay, select, proven {上げても失敗する場合は、それ以上は上げずに、} other {それでも失敗する場合は、さらに上げる前に、}}}}コントラクトの提供元に公式ページから問い合わせます。',
      ],
      links: ['failures'],
    },
    'gas-cap': {
      message: `${failed}。${ranOut}現在このチェーンでは、1つの取引の「ガスリミット」は {newGasLimit} までです。`,
      steps: [
        unchanged,
        '件数や数量を減らして1つの取引で行う量を小さくし、残りは別の取引に分けます。「ガスリミット」をこれより上げても、取引は受け付けられません。',
        '分けられない場合は、コントラクトの提供元に公式ページから問い合わせます。',
      ],
      links: ['failures'],
    },
    'all-gas-used': {
      message: `${failed}。「ガスリミット」{gasLimit} のうち {gasUsed} を使っていますが、同じ呼び出しは2倍のガスがあっても失敗します。`,
      steps: [
        unchanged,
        '「ガスリミット」は上げないでください。手数料が増えるだけで、また失敗します。確定する前にMetaMaskが失敗の可能性を警告したら、それに従います。',
        'コントラクトの提供元に公式ページから問い合わせます。',
      ],
      links: ['failures'],
    },
    funds: {
      message: `${failed}。残高か許可が足りませんでした({reason})。`,
      steps: [
        unchanged,
        '送ろうとした数量を、そのときの残高と、コントラクトが引き出せる数量に照らして確かめます。送るたびに手数料を取るトークンは、届く量が少なくなります。',
        '送り直す場合は、残高と許可の両方で足りる数量にします。その数量を超える許可は与えないでください。',
      ],
      links: ['failures'],
    },
    nonce: {
      message: `${failed}。取引に含まれる署名か注文が、すでに使われたか、順番の違うものでした({reason})。`,
      steps: [
        unchanged,
        '同じ注文がすでに成立していないかを確かめます。成立していれば完了しており、送り直す必要はありません。',
        '成立していなければ、提供元の公式ページで最初からやり直し、新しい署名を作ります。',
      ],
      links: ['failures'],
    },
    slippage: {
      message: `${failed}。処理されるまでに価格が動いたか、期限が切れたためです({reason})。`,
      steps: [
        unchanged,
        'もう一度行う場合は、新しい見積もりを取り、早めに確定します。',
        'それでも失敗する場合は、金額を減らすか、手数料を「市場」にして早く処理されるようにします。許容スリッページは、失ってもよい範囲でだけ広げます。',
      ],
      links: ['failures'],
    },
    reverted: {
      message: `${failed}。コントラクトが次の{form, select, selector {エラーコード} other {理由}}で拒否しました: {reason}`,
      steps: [
        unchanged,
        '同じ内容のまま送り直さないでください。{form, select, selector {} other {この理由はコントラクトが返した言葉です。そこに書かれたサイトや指示には従わないでください。}}',
        '{form, select, selector {このコード} other {理由}}が示す条件を、コントラクトの提供元の公式ページで確かめます。',
      ],
      links: ['failures'],
    },
    panic: {
      message: `${failed}。コンパイラーがコントラクトに組み込む検査で止まりました(Panic {code}{check, select, arithmetic {: 数が0を下回るか、大きくなりすぎるところでした} assertion {: 常に成り立つはずの条件が成り立ちませんでした} division {: 0で割ろうとしました} index {: リストの要素が足りませんでした} other {}})。`,
      steps: [
        unchanged,
        '同じ内容のまま送り直さないでください。{check, select, arithmetic {多くの場合、残高か許可が数量より少ないことが原因です。送ろうとした数量を、アカウントの残高と、コントラクトが引き出せる数量に照らして確かめます。} other {}}',
        '原因が分からない場合は、コード Panic {code} を示して、コントラクトの提供元に公式ページから問い合わせます。',
      ],
      links: ['failures'],
    },
    'reverted-unknown': {
      message: `${failed}。コントラクトが拒否しましたが、理由は示されていないか、読み取れませんでした。`,
      steps: [
        unchanged,
        '同じ内容のまま送り直さないでください。確定する前にMetaMaskが失敗の可能性を警告したら、それに従います。',
        'チェーンのブロックエクスプローラーで取引を調べるか、コントラクトの提供元に公式ページから問い合わせます。',
      ],
      links: ['failures'],
    },
  },
} satisfies Translation<typeof en>
