import { severalTopUps, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

export default {
  title: 'アカウントの残高が、決めた額を下回っています',
  decides: 'チェーンのコインの残高が、設定した下限より少ないかを調べます。下限がなければ、何も比べません。',
  why: 'コインが尽きたアカウントはネットワーク手数料を払えず、誰かが補充するまで支払いも取り消しもできません。',
  options: {
    minimum: 'アカウントが持つべきチェーンのコインの額です(コイン単位)。0のときは、何も比べません。',
  },
  messages: {
    low: {
      message: 'アカウントの残高は {balance} で、下限の {wanted} を下回っています。',
      steps: [
        'コインがどこへ出たかを確かめます。計画にない減少は、unexpected-outgoing と balance-drop が調べます。',
        `計画どおりの支出であれば、少なくとも {shortage} を補充します。${severalTopUps.ja}`,
        '下限が実情に合わなくなったときは、別の人の確認を経て変更します。',
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
