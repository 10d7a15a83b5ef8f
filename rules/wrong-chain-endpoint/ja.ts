import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

export default {
  title: '接続先が別のチェーンのものです',
  decides: '接続先が答えるチェーンIDが、指定したチェーンのものと違うかどうかを調べます。',
  why: 'このような接続先では、ウォレットに別のチェーンの残高が表示されます。そこで署名した取引は、失敗したり、表示と違う結果になったりすることがあります。',
  messages: {
    'other-chain': {
      message:
        '{host} はチェーンID {actualId}({actualName})を返しました。指定されたのは {expectedName}(チェーンID {expectedId})です。ほかの項目は調べていません。',
      steps: [
        '解決するまで、{host} を通して署名や送金をしないでください。',
        '調べたいのが {actualName} であれば、チェーンID {actualId} を指定して、もう一度このチェックを実行します。',
        '調べたいのが {expectedName} であれば、{expectedName} のRPC URLを指定して、もう一度このチェックを実行します。',
        'MetaMaskでもこの接続先を使っている場合は、そのネットワークの設定を開き、RPC URLと「チェーンID」を正しい組み合わせに直します。{expectedName} の「チェーンID」は {expectedId} です。',
      ],
      links: ['configure'],
    },
  },
} satisfies Translation<typeof en>
