import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja

const steps = [
  `{spender} をもう使わない場合は、許可を終わらせます。${revoke}`,
  confirm,
  'まだ使う場合は、そのままにするか、必要な数量まで下げます。',
] as const

export default {
  title: '長いあいだ使われていない許可があります',
  decides:
    '有効なトークンの許可、NFTの許可、オペレーター、Permit2の許可が与えられてから長い時間がたち、そのあいだ対象のトークンやNFTがアカウントから出ていないかを調べます。誰が何のために移したものでも、出ていれば使われたものとして数えます。Transferイベントのない使用は見えません。眠っているPermit2の許可は dormant-permit2-grant に、より重大なルールが報告する許可は、そのルールに任せます。',
  why: '誰も使わない許可は何の役にも立たず、コントラクトを乗っ取る人や欠陥を見つける人に開かれたままになります。',
  options: { days: '許可が使われないまま過ぎると古いと見なす日数です。' },
  messages: {
    unused: {
      message: `${reach}。この許可は {givenAt} に与えられました。{moved, select, yes {{token} が最後にこのアカウントから出たのは {movedAt} で、} other {それ以来、{token} はこのアカウントから出ておらず、}}{idle}使われていません。`,
      steps,
      links: ['safety'],
    },
    unseen: {
      message: `${reach}。この許可は {idle}前の {givenAt} に与えられました。そのあと使われたかどうかは分かりません。このようなコントラクトの中での移動は、読み取るイベントに含まれていないためです。`,
      steps,
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
