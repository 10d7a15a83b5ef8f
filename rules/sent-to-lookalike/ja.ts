import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

export default {
  title: '送金先に似せた偽のアドレスに送っています',
  decides:
    '以前の送金先と最初と最後がよく似ていて、偽のアドレスに特有の形で履歴に入り込んだアドレス(address-poisoning を参照)に、コイン、ERC-20、ERC-721を送ったかどうかを調べます。コインは、読み取れた新しい取引が対象です。',
  why: '偽のアドレスの鍵は、それを作った人が持っています。送ったものはその人の手にあり、次の送金も同じところへ行くおそれがあります。',
  options: {
    dustUnits: 'トークンの数量がこの値以下であれば、ごく少額とみなします。',
  },
  messages: {
    sent: {
      message:
        'このアカウントは{what, select, coins {コイン} item {アイテム} other { {amount} }}を {lookalike} に送りました({hash})。このアドレスは、以前の送金先 {imitated} と最初と最後が同じです。',
      steps: [
        '{lookalike} にはもう何も送らないでください。ウォレットや利用中の取引所の連絡先にあれば、削除します。',
        '{lookalike} と {imitated} のすべての文字を比べます。どちらも自分や知人のものであれば、何もする必要はありません。',
        'そうでなければ、すぐに警察に届け出ます。トークンに発行者がいる場合は、公式ページから発行者にも知らせます。まだ動かされていないトークンを凍結できる発行者もあります。',
        '取引を取り消せる人はいません。手数料を払えば取り戻すと言う人を信じないでください。',
        '今後、送り先は履歴からではなく、保存した連絡先から選びます。',
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
