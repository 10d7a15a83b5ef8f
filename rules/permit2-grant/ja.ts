import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja
const length = '{length, select, long {この許可はあと{remaining}続きます。} other {}}'

const steps = [
  `{spender} との取引の途中でなければ、許可を終わらせます。${revoke}`,
  confirm,
  'アプリがPermit2の署名を求めてきたら、使用者を確かめ、数量を必要な分まで下げ、期限を数日以内にします。',
]

export default {
  title: 'Permit2の許可が開いたままです',
  decides:
    'Permit2の許可が期限前で、トークンもPermit2に引き出しを許しているかを調べます。手の届く数量は、残高、Permit2への許可、この許可の数量のうち最も小さいものです。Permit2が何も引き出せず眠っている許可は、dormant-permit2-grant に任せます。より重大なルールが報告する許可は、そのルールに任せます。',
  why: 'この許可は署名だけで開き、期限が来るまで、相手はあらためて確認を求めずにトークンを引き出せます。',
  options: {
    longDays: '終わるまでの日数がこれより多い許可を「長い」とします。',
  },
  messages: {
    held: {
      message: `${reach}。いま手の届く数量は {exposure} です。${length}`,
      steps,
      links: ['safety'],
    },
    'not-held': {
      message: `${reach}。このアカウントにはいま残高がありませんが、あとから届いた分にも手が届きます。${length}`,
      steps,
      links: ['safety'],
    },
    unread: {
      message: `${reach}。いま手の届く数量は読み取れませんでした。${length}`,
      steps,
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
