import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const steps = [
  '手放すつもりで送った場合は、何もする必要はありません。',
  'そうでない場合、送ったものは失われています。このアドレスの鍵を持つ人はおらず、取引を取り消せる人もいません。手数料を払えば取り戻すと言う人を信じないでください。',
  '送り先がどこから来たものかを確かめます。サイトやアプリが入力した場合は、また同じことが起きるおそれがあります。作った人から理由を聞くまで使わないでください。',
]

export default {
  title: 'だれのものでもないアドレスに送っています',
  decides:
    'アカウントの取引が、ERC-20またはERC-721のコントラクトの送信の関数を、0x…0000 や 0x…dEaD などのアドレスを送り先にして呼び出したか、読み取れた新しい取引でそこへコインを送ったかを調べます。コントラクトとアドレスの組ごとに、そのような取引のうち最も新しいものを報告します。ほかの関数で焼却されたものは数えません。',
  why: 'このようなアドレスの鍵は知られていないため、そこにあるものはだれにも動かせません。',
  messages: {
    tokens: {
      message:
        'このアカウントは {amount}(コントラクト {contract})を、だれのものでもないアドレス {to} に送りました({hash})。',
      steps,
      links: ['tokens'],
    },
    item: {
      message:
        'このアカウントは、コレクション {contract} のアイテムを、だれのものでもないアドレス {to} に送りました({hash})。',
      steps,
      links: ['tokens'],
    },
    coins: {
      message: 'このアカウントは {amount} を、だれのものでもないアドレス {to} に送りました({hash})。',
      steps,
      links: ['transactions'],
    },
  },
} satisfies Translation<typeof en>
