import { grantWords, type Translation } from '../../src/rule.ts'
import type en from './en.ts'

const { reach, revoke, confirm } = grantWords.ja
const signatures =
  '{spender} に関わる署名の要求は、毎回内容を読みます。署名だけで足りることがあります。覚えのない要求は拒否してください。'

export default {
  title: '許可していないのに、資産を移せる相手がコントラクトに組み込まれています',
  decides:
    'アカウントが持つトークンやコレクションが、Permit2、マーケットプレイス、独自のオペレーターに移動を認めると答え、アカウントの承認の記録がないか、すべてのアカウントに同じ許可があるかを調べます。より重大なルールが報告する相手は、そのルールに任せます。',
  why: 'はじめから別のコントラクトを信用するコントラクトがあります。誰も許可していないため、許可の一覧には現れず、署名だけで引き出されることがあります。',
  messages: {
    'built-in': {
      message: `${reach}。コントラクトが、記録を残さずに、すべてのアカウントに与えているものです。`,
      steps: [
        '取り消すための取引は送らないでください。失敗するか、何も変わらず、「ガス代」だけがかかります。',
        signatures,
        'これを望まない場合は、{token} をこのアカウントに置かないでください。',
      ],
      links: ['safety'],
    },
    'default-operator': {
      message: `${reach}。コントラクトが、終わらせていないすべてのアカウントのオペレーターとして指定しています。`,
      steps: [`これを望まない場合は、このアカウントについて終わらせます。${revoke}`, confirm],
      links: ['safety'],
    },
    unannounced: {
      message: `${reach}。承認の記録はなく、コントラクト自体またはその管理者が、このアカウントについてそうしたものです。`,
      steps: [
        '{token} の提供元の公式ページで、{spender} が持つべき許可かどうかを確かめます。',
        signatures,
        `説明がつかない場合は、{ending, select, seen {終わらせます。${revoke}${confirm}} other {{token} をこのアカウントに置かないでください。取り消すための取引を送っても、何も変わらないことがあります。}}`,
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
