import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja

const listed =
  'リスト「{list}」({listDate})に資産を抜き取るドレイナーとして載っています{listing, select, named {({incident})} other {}}。'
const first = '{payer, select, doubtful {} other {このアカウントでほかの操作をする前に、最初に行います。}}'
const distrust = '「取り戻せる」という業者や、先に連絡してくる相手を信じないでください。送金は元に戻せません。'

const text = {
  message: `${reach}。このアドレスは、${listed}`,
  steps: [
    `${first}${revoke}`,
    confirm,
    '信用できないサイトで何かに署名していた場合は、そのあとで、残りの資産を価値の高いものから新しいアカウントに移します。',
    distrust,
  ],
  links: ['safety'],
} as const

export default {
  title: 'ドレイナーのリストに載った相手への許可があります',
  decides:
    '有効なトークンの許可、NFTの許可、オペレーター、Permit2の許可の相手が、このチェーンの脅威リストにドレイナーとして載っているかを調べます。許可が有効かどうかに答えないコントラクトの承認の記録も調べます。広く使われているコントラクトは、同梱のリストより優先して除きますが、自分で指定したリストよりは優先しません。',
  why: '許可が有効なあいだ、リストのアドレスは、許可された資産を、あとから届く分も含めていつでも引き出せます。そのとき、あらためて確認を求められることはありません。',
  messages: {
    erc20: text,
    nft: text,
    operator: text,
    permit2: text,
    item: text,
    unreadable: {
      message: `コントラクト {contract} は、{sender} が送った取引で {spender} への承認を記録しましたが、許可が有効かどうかに答えません。{spender} は、${listed}`,
      steps: [
        '{contract} を知らない場合は、何もしないでください。取り消し、受け取り、売却のための取引も送りません。このような記録は、多くの場合おとりです。',
        '{contract} の大切な資産を持っている場合は、提供元の公式ページで、{spender} への許可を終わらせる方法を確かめます。',
        distrust,
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
