import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

export default {
  title: '第三者が作った承認の記録があります',
  decides:
    'このアカウントが送っていない取引の中で、このアカウントを所有者とする承認の記録が残され、そのコントラクトが許可の有無に答えないか、許可はないと答えるか、Permit2をまねたものかを調べます。その後に資産が出ていて終わっている許可は、使われたものとみなします。',
  why: 'このような記録は、偽サイトへの誘導や、ガス代を奪うコントラクトへの送信を狙ったものです。',
  messages: {
    silent: {
      message:
        'このアカウントが送っていない取引に、このアカウントを所有者とする承認の記録が{events}件あります。記録を残した{contracts}個のコントラクト({contract} など)は、{kind, select, permit2 {Permit2をまねたものです} denied {そのような許可はないと答えます} mixed {許可を否定するか、許可の有無に答えないか、Permit2をまねたものです} other {許可の有無に答えません}}。有効な許可は読み取れませんでした。',
      steps: [
        'これらのコントラクトには何もしないでください。取り消し、受け取り、売却のための取引も送りません。',
        'トークンの名前に書かれたサイトを開かず、それに関するメッセージにも返信しないでください。',
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
