import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const steps = [
  'どちらが正しいか分かるまで、{first} や {second} を通して署名や送金をしないでください。',
  'どちらか一方を第三の接続先に替えて、もう一度このチェックを実行します。再び食い違うほうが誤っています。',
  'MetaMaskで誤っているほうの接続先を使っている場合は、そのネットワークの設定を開き、別のRPC URLを選びます。',
]

export default {
  title: '2つの接続先の答えが食い違っています',
  decides:
    '2つ目の接続先を指定した場合に、同じ番号のブロックが別のものか、そのブロックでのアカウントの残高・「ナンス」・コードが違うか、最新ブロックがブロック時間の5倍かつ1分を超えて離れているかを調べます。',
  why: '同じチェーンの正しいノードは、同じ答えを返します。食い違う場合は、どちらかが遅れているか、分岐した別のチェーンを見ているか、誤った答えを返しています。その接続先を使うウォレットの表示は正しくありません。',
  options: {
    blockTimes: 'ブロック時間の何倍までの遅れなら報告しないか。',
    leastSeconds: 'この秒数までの遅れは報告しません。',
  },
  messages: {
    block: {
      message:
        'ブロック {block} のハッシュが、{first} では {firstHash}、{second} では {secondHash} です。2つは別のチェーンを見ています。',
      steps,
      links: ['configure'],
    },
    state: {
      message:
        '{first} と {second} は同じブロック {block} について、アカウントの状態を違う内容で答えました。{hasBalance, select, yes {残高は、前者では {firstBalance}、後者では {secondBalance} です。} other {}}{hasNonce, select, yes {「ナンス」は、前者では {firstNonce}、後者では {secondNonce} です。} other {}}{hasCode, select, yes {コードは、前者では {firstCode}、後者では {secondCode} です。} other {}}',
      steps,
      links: ['configure'],
    },
    head: {
      message:
        '{behind} は {ahead} より遅れています。最新ブロックは {oldBlock} で、他方の最新ブロック {newBlock} より{age}前に作られました。',
      steps: [
        '{behind} を使うウォレットの残高と取引は、その最新ブロックの時点のものです。いまの値として信用しないでください。',
        'MetaMaskで {behind} を使っている場合は、そのネットワークの設定を開き、別のRPC URLを選びます。',
        'もう一度このチェックを実行します。',
      ],
      links: ['configure'],
    },
  },
} satisfies Translation<typeof en>
