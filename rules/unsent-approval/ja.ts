import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja

const sent =
  'この許可を与えた取引は{when, select, known { {sentAt} に} other {}} {sender} が送ったもので、このアカウントが送ったものではありません。{moved, select, yes {同じ取引で、{token} がこのアカウントから出ています。} other {}}'

export default {
  title: 'このアカウントが送っていない取引で許可が与えられています',
  decides:
    '有効なトークンの許可、NFTの許可、オペレーター、Permit2の許可が、ほかの人の取引で始まったか、つまりアカウントの署名が使われたかを調べます。ほかの人が取引を送るのが普通であるアカウント(Safeアカウントなどのコントラクトと、EIP-7702の委任をしているアカウント)は対象外です。より重大なルールが報告する許可は、そのルールに任せます。',
  why: '署名には費用がかからず、誰かが使うまで跡も残りません。署名による許可(permit)はログインのように見えるため、フィッシングサイトが求めてきます。',
  messages: {
    unsent: {
      message: `${reach}。${sent}`,
      steps: [
        'そのころ何に署名したかを思い出してください。手数料を代わりに払うアプリや、手数料のかからない交換は、このように動きます。',
        '{token} が覚えのないものであれば、ここまでにして、何もしないでください。この許可が及ぶのはそれだけで、勝手に届くコントラクトは、取引を送らせようとするものです。',
        `どのアプリで署名したかを説明できなければ、許可を終わらせます。${revoke}`,
        confirm,
        '署名するつもりがなかった場合は、そのサイトではもう何にも署名せず、許可についてのほかの結果も確かめます。',
      ],
      links: ['safety'],
    },
    'well-known': {
      message: `${reach}。${sent}これは多くのアカウントが使う相手で、アプリは取引の代わりに署名を求めることがあります。`,
      steps: [
        'そのころ、このコントラクトを使うアプリを利用した場合は、そのままで構いません。',
        `利用していない場合や、もう使わない場合は、許可を終わらせます。${revoke}`,
        confirm,
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
