import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const steps = [
  'この接続先を使うウォレットの残高と取引は、最新ブロックの時点のものです。いまの値として信用しないでください。',
  'MetaMaskでこのネットワークの設定を開き、別のRPC URLを選びます。',
  '新しいURLで、もう一度このチェックを実行します。',
]

export default {
  title: '接続先がチェーンより遅れています',
  decides:
    '接続先の最新ブロックがブロック時間の3倍かつ1分より古いか、ノードが同期中だと答えているかを調べます。ブロック時間が分からない場合、15分までは「可能性がある」とだけ扱います。開発用チェーンでは、最新ブロックが古くても軽く扱います。',
  why: 'このような接続先では、ウォレットに古い残高が表示され、新しい取引が見えず、「ナンス」や「ガス代」の提案も誤ります。',
  options: {
    blockTimes: '最新ブロックの古さが、ブロック時間の何倍までなら報告しないか。',
    leastAgeSeconds: 'この秒数までの古さは報告しません。',
  },
  messages: {
    old: {
      message: '{host} の最新ブロックは {block} です。このチェックの{age}前に作られました({blockTime})。',
      steps,
      links: ['configure'],
    },
    syncing: {
      message: '{host} は同期中だと答えています。最新ブロックは {block} です({blockTime})。',
      steps,
      links: ['configure'],
    },
    development: {
      title: '開発用チェーンで、しばらくブロックが作られていません',
      why: 'テスト用のチェーンでは、取引が送られたときにだけブロックが作られることがよくあります。その場合、最新ブロックの古さに意味はありません。',
      message:
        '{host} の最新ブロックは {block} です。このチェックの{age}前に作られました({blockTime})。開発用チェーンは、取引があるまでブロックを作らないことがあります。',
      steps: [
        '自分のテスト用のチェーンであれば、何もする必要はありません。',
        '一定の間隔でブロックが作られるはずであれば、{host} のノードが動いているかどうかを確かめます。',
        '調べたいのが公開されたチェーンであれば、そのチェーンのRPC URLを指定して、もう一度このチェックを実行します。',
      ],
      links: ['configure'],
    },
  },
} satisfies Translation<typeof en>
