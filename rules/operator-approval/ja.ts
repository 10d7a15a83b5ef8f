import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja

export default {
  title: 'コントラクトの資産をまるごと移せるオペレーターがいます',
  decides:
    'ERC-721またはERC-1155のコレクションで有効な setApprovalForAll や、ERC-6909、ERC-7540、ERC-777のオペレーターが、資産をまるごと移せるようになっているかを調べます。マーケットプレイスなど、多くの人が許可しているコントラクトは軽く扱います。より重大なルールが報告する許可は、そのルールに任せます。',
  why: 'オペレーターは、アカウントがそのコントラクトに持つ資産を、あとから届く分も含めて、あらためて確認を求めずに移せます。',
  messages: {
    operator: {
      message: `${reach}。あとから届く分も含みます。`,
      steps: [
        '{spender} がどのマーケットプレイスやアプリのものかを調べます。知らないもの、またはもう使わないものであれば次に進みます。',
        revoke,
        confirm,
      ],
      links: ['safety'],
    },
    'well-known': {
      message: `${reach}。あとから届く分も含みます。これは多くのアカウントが使うコントラクトです。そこで署名した出品は、いまも成立することがあります。`,
      steps: [
        'そこで取引をまだ続ける場合は、不要な出品をマーケットプレイスで取り消します。',
        `もう使わない場合は、許可を終わらせます。${revoke}`,
        confirm,
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
