import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const steps = [
  '何が出ていき、誰が決めたことかを確かめます。ブロック {since} より後の取引に示されています。',
  '説明できる人がいなければ、このアカウントの鍵は他人に知られたものとして扱い、残っているものを、信頼できる端末から新しいアカウントへ移します。',
  '計画どおりであれば、ベースラインに取り入れ、次のチェックを今日の状態と比べます。',
] as const

export default {
  title: '残高が大きく減りました',
  decides:
    'チェーンのコインと、リストにあるかウォレットに表示されるトークンの残高が、ベースラインから、設定できる割合を超えて減ったかを調べます。ベースラインがなければ、何も比べません。',
  why: '計画にない残高の減少は、盗難の最初のしるしになることが多く、残っているものはまだ移せます。',
  options: {
    percent: 'ベースラインからこの割合(パーセント)を超えて減った残高を報告します。',
    leastCoins: 'チェーンのコインの減少がこの額(コイン単位)以下のときは、報告しません。',
  },
  messages: {
    coins: {
      message: 'ブロック {since} より後に、{before} のうち {lost} が減りました。残りは {now} です。',
      steps,
      links: ['safety'],
    },
    tokens: {
      title: 'トークンが大きく減りました',
      message:
        'ブロック {since} より後に、{before}(トークンのコントラクト {contract})のうち {lost} が減りました。残りは {now} です。',
      steps,
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
