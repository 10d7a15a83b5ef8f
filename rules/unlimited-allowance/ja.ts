import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja

const steps = [
  `{spender} のアプリをもう使わない場合は、許可を終わらせます。${revoke}`,
  confirm,
  'まだ使う場合は、許可を次に必要な数量まで下げます。{contract} の approve を、使用者 {spender} と{grant, select, item {{tokenId} 番と} other {}}その数量を指定して呼び出してください。一度0にしないと新しい数量を受け付けないトークンもあります。',
  'これからアプリが許可を求めてきたら、ウォレットの「使用上限」を、いま使う数量まで下げてから承認します。',
]

export default {
  title: 'トークンをいくらでも引き出せる相手がいます',
  decides:
    'ERC-20のトークン、またはERC-6909のコントラクトにある1種類のトークンへの有効な許可が、2の255乗以上か、96・128・160ビットの最大値か、トークンの総供給量を超えているかを調べます。より重大なルールが報告する許可は、そのルールに任せます。',
  why: '無制限の許可は、スワップや預け入れが済んでも終わりません。相手に欠陥が見つかったり、持ち主が変わったりすると、そのとき持っているトークンのすべてに手が届きます。',
  messages: {
    held: {
      message: `${reach}。いま手の届く数量は {exposure} です。`,
      steps,
      links: ['safety'],
    },
    'not-held': {
      message: `${reach}。このアカウントにはいま残高がありませんが、あとから届いた分にも手が届きます。`,
      steps,
      links: ['safety'],
    },
    unread: {
      message: `${reach}。このアカウントの残高は読み取れませんでした。`,
      steps,
      links: ['safety'],
    },
    permit2: {
      message: `${reach}。多くの取引所アプリがこの仕組みを使います。一方で、取引を送らなくても、署名を一つするだけで、別の使用者がこのトークンを引き出せるようになります。`,
      steps: [
        'Permit2の署名を求められたら、毎回内容を読みます。覚えのないトークン、数量、使用者が表示されたら拒否してください。',
        `これを必要とするアプリをもう使わない場合は、許可を終わらせます。${revoke}`,
        confirm,
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
