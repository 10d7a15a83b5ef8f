import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja

const steps = [
  '{spender} が自分の別のアカウントで、意図して許可したものであれば、そのままで構いません。そうでなければ次に進みます。',
  revoke,
  confirm,
  'この許可に署名したサイトを思い出してください。そこではもう何にも署名せず、許可についてのほかの結果も確かめます。',
]

export default {
  title: '許可の相手がコントラクトではなくアカウントです',
  decides:
    '有効な許可の相手が、自身のコードを持たないアドレス、つまり人が鍵を持つアカウントかどうかを調べます。ドレイナーのリストに載ったアカウントは drainer-approval が扱い、このアカウント自身は数えません。',
  why: 'アプリは、誰でもルールを読めるコントラクトを使います。相手がただのアカウントであれば、その持ち主は好きなだけ引き出せます。ドレイナーや署名を狙うフィッシングはこの形を取ります。',
  messages: {
    account: {
      message: `${reach}。{spender} にはコードがなく、人が鍵を持っています{history, select, known {(これまでに送った取引は{sent}件)} other {}}。`,
      steps,
      links: ['safety'],
    },
    'never-used': {
      message: `${reach}。{spender} にはコードがなく、取引を送ったこともありません。作られたばかりのアカウントか、まだ配置されていない、またはなくなったコントラクトです。`,
      steps,
      links: ['safety'],
    },
    delegated: {
      message: `${reach}。{spender} はEIP-7702の委任をしているアカウントで、人が鍵を持っています{history, select, known {(これまでに送った取引は{sent}件)} other {}}。`,
      steps,
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
