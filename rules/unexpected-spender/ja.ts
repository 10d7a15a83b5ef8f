import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja
const origin = '誰が、何のためにこの許可を与えたかを確かめます。下の記録に取引が示されています。'
const end = `説明できる人がいなければ、許可を終わらせます。${revoke}`

export default {
  title: '想定していない相手への許可があります',
  decides:
    '有効なトークンの許可、NFTの許可、オペレーター、Permit2の許可の相手が、想定した使用者に含まれているかを調べます。想定した使用者のリストがなければ、ベースラインの時点で許可がなかった使用者かどうかを調べます。どちらもなければ、何も比べません。コントラクトが自ら与えるものは、implicit-approval に任せます。',
  why: '計画にない許可は、間違い、署名、他人の手に渡った鍵によって、組織の資金が流れ出る入口になります。',
  options: {
    expectedSpenders:
      '許可を持っていてよい使用者です(コマンドラインでは --expected-spenders)。空のときは、ベースラインの時点で許可があった使用者を想定したものとみなします。ベースラインもなければ、何も比べません。',
  },
  messages: {
    unexpected: {
      message: `${reach}。この使用者は、想定した使用者のリストにありません。`,
      steps: [
        origin,
        end,
        confirm,
        '正しい許可であれば、別の人の確認を経て、{spender} を想定した使用者のリストに加えます。',
      ],
      links: ['safety'],
    },
    added: {
      title: '以前は許可がなかった使用者への許可があります',
      message: `${reach}。ブロック {since} の時点では、このアカウントからこの使用者への許可はありませんでした。`,
      steps: [
        origin,
        end,
        confirm,
        '予定どおりのものであれば、別の人の確認を経て、ベースラインに取り入れるか、{spender} を想定した使用者のリストに加えます。',
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
