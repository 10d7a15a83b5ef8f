import { severalTopUps, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const message =
  'このアカウントは {chain} に{tokens}種類のトークンを持っていますが、残高は {balance} しかありません。{chain} でトークンを送るには、最大で {cost} が必要です。'

export default {
  title: 'ガス代に使うコインが足りません',
  decides:
    'リストに載っているか、ウォレットに表示されているトークンを持っているのに、チェーン固有のコインの残高が、トークンを1回送るガス代より少ないかどうかを調べます。どのリストも扱わないチェーンでは、おとりに見えないトークンをすべて数えます。',
  why: 'チェーン固有のコインが足りるまで、トークンを送ることも、許可を取り消すこともできません。',
  options: {
    transferGas: 'トークンの送金1回に使うガスの量。',
  },
  messages: {
    short: {
      message,
      steps: [
        '以前に届いたコインが、自分で送っていないのにすぐ出て行っていた場合や、送った覚えも承認した覚えもない取引がこのアカウントで待っている場合は、もう何も送らないでください。このアカウントの鍵を持つだれかが、届いたものを持ち去っています。そのときにすることは、wallet-checkup rules swept-account で確かめられます。',
        `自分の別のアカウントまたは取引所から、{account} に {topUp} 以上を送ります。${severalTopUps.ja}`,
        '送金のネットワークには {chain}(チェーンID {chainId})を選びます。別のチェーンの {coin} は、ここの「ガス代」には使えません。',
        '着金を確認してから、トークンをもう一度送ります。',
      ],
      links: ['tokens'],
    },
    'short-with-delegate': {
      message: `${message}また、このアカウントは {delegate} のコードで動いています。`,
      steps: [
        '{delegate} を自分で選んだと確認できるまで、このアカウントには何も送らないでください。自分で選んだコードでなければ、届いたコインがすぐに持ち去られることがあります。',
        `自分で選んだ場合は、{chain}(チェーンID {chainId})で {account} に {topUp} 以上を送ります。別のチェーンの {coin} は、ここの「ガス代」には使えません。${severalTopUps.ja}`,
        '選んだ覚えがない場合は、先に、委任先についての検出結果の手順に従います。',
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
