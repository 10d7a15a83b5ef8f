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
  title: 'アプリではなく、人または誰でも使える許可があります',
  decides:
    '有効な許可の相手が、自身のコードを持たないアドレス、つまり人が鍵を持つアカウントかどうかを調べます。Multicall3 のように、誰の指示でも実行するコントラクトかどうかも調べます。ドレイナーのリストに載ったアカウントは drainer-approval が扱い、このアカウント自身は数えません。',
  why: 'アプリは、誰でもルールを読めるコントラクトを使います。相手がただのアカウントであれば、その持ち主は好きなだけ引き出せます。ドレイナーや署名を狙うフィッシングはこの形を取ります。誰の指示でも実行するコントラクトへの許可は、誰にでも使えます。',
  messages: {
    'open-to-all': {
      message: `${reach}。このコントラクト自体に悪意はありませんが、誰の指示でも実行します。そのため、この許可は誰にでも使えます。`,
      steps: [
        revoke,
        confirm,
        'これからは、アプリの公式の説明に使用者として書かれたコントラクトにだけ許可を出します。呼び出しを取り次ぐだけのコントラクトには出さないでください。',
      ],
      links: ['safety'],
    },
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
