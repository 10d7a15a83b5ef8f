import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja

export default {
  title: '眠っているPermit2の許可があります',
  decides:
    'Permit2の許可が期限前で、いまはトークンがPermit2に何も引き出させないかを調べます。より重大なルールが報告する許可は、そのルールに任せます。',
  why: '眠っているあいだは何も動きません。次にアプリがこのトークンをPermit2に許可させると、古い許可も一緒に目を覚まします。',
  messages: {
    dormant: {
      message: `${reach}。`,
      steps: [
        `{token} をもう一度Permit2に許可する前に、{spender} をもう使わない場合は許可を終わらせます。${revoke}`,
        confirm,
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
