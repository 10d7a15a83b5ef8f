import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja

const text = {
  message: `${reach}。このアドレスは、リスト「{list}」({listDate})に資産を抜き取るドレイナーとして載っています{listing, select, named {({incident})} other {}}。`,
  steps: [
    `このアカウントでほかの操作をする前に、最初に行います。${revoke}`,
    confirm,
    '信用できないサイトで何かに署名していた場合は、そのあとで、残りの資産を価値の高いものから新しいアカウントに移します。',
    '「取り戻せる」という業者や、先に連絡してくる相手を信じないでください。送金は元に戻せません。',
  ],
  links: ['safety'],
} as const

export default {
  title: 'リストに載ったドレイナーが、このアカウントの資産を引き出せます',
  decides:
    '有効なトークンの許可、NFTの許可、オペレーター、Permit2の許可の相手が、このチェーンの脅威リストにドレイナーとして載っているかを調べます。広く使われているコントラクトは、リストより優先して除きます。',
  why: 'リストのアドレスは、許可された資産を、あとから届く分も含めていつでも引き出せます。そのとき、あらためて確認を求められることはありません。',
  messages: { erc20: text, nft: text, operator: text, permit2: text },
} satisfies Translation<typeof en>
