import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const act =
  '説明できる人がいなければ、鍵は他人に知られたものとして扱い、信頼できる端末で新しいシークレットリカバリーフレーズから作ったアカウントへ、残っているものを移します。'
const accept = '計画どおりであれば、ベースラインに取り入れ、次のチェックを今日の状態と比べます。'

export default {
  title: '想定していないものが、アカウントから出ています',
  decides:
    'ベースラインの後に、アカウントが想定した送り先でない相手へ取引を送ったか、Safeアカウントの所有者が取引を行ったか、コインや、ベースラインにあるトークンが他人の取引で出ていったかを調べ、そのすべてを報告します。Safeアカウントの所有者が取引を行った場合は、出ていったものはそれによるとみなします。ベースラインがなければ、何も比べません。',
  why: '動かさないはずのアカウントが取引を送っていれば、鍵が他人の手にあるか、決まりの外で使われています。残っているものは、まだ移せます。',
  options: {
    expectedRecipients:
      'アカウントが取引を送ってよい相手のアドレスです。トークンの送付は、トークンのコントラクトへの取引です。',
  },
  messages: {
    sent: {
      message:
        'ブロック {since} より後に、アカウントは{target, select, given { {recipient} へ} other {コントラクトを作る}}取引 {hash}(「ナンス」{nonce})を {coins} とともに送りました。想定した取引ではありません。',
      steps: [
        'このアカウントで署名できる全員に、この取引の目的を尋ねます。',
        act,
        '{target, select, given {{recipient} が正しい送り先であれば、別の人の確認を経て、設定ファイルの rules にある unexpected-outgoing の expectedRecipients に加えます。} other {このアカウントからコントラクトを作ることになっていれば、設定ファイルのこのアカウントの rules で unexpected-outgoing を off にします。}}',
        accept,
      ],
      links: ['safety'],
    },
    unseen: {
      title: '読み取れない取引を、アカウントが送っています',
      message:
        'ブロック {since} より後に、アカウントは取引を{count, plural, other {#件}}送りましたが、「ナンス」{first} からのそれらは見つかりませんでした。送り先は分かりません。',
      steps: [
        '信頼できるブロックエクスプローラーでアカウントを開き、「ナンス」{first} からの取引を探します。',
        'このアカウントで署名できる全員に、取引の目的を尋ねます。',
        act,
        accept,
      ],
      links: ['safety'],
    },
    safe: {
      title: 'Safeアカウントの所有者が取引を行いました',
      message:
        'ブロック {since} より後に、Safeアカウントは、所有者が確認した取引を{count, plural, other {#件}}行いました。',
      steps: [
        'Safeアプリの履歴を計画と見比べ、それぞれを誰が提案し確認したかを所有者に尋ねます。',
        '説明できる人がいなければ、ほかの人の提案には署名せず、残っているものを、信頼できる所有者の新しいSafeアカウントへ移します。',
        accept,
      ],
      links: ['safety'],
    },
    moved: {
      title: '他人がアカウントのトークンを動かしました',
      message:
        'ブロック {since} より後に、{token}(トークンのコントラクト {contract})が、アカウントの送っていない{count, plural, =1 {取引 {hash} } other {取引#件(最も新しいものは {hash})}}で出ていきました。',
      steps: [
        '{count, plural, =1 {取引 {hash} を} other {判断の根拠にある取引を、それぞれ}}調べます。送り先のコントラクトが、このアカウントの許可かモジュールを使いました。',
        '身に覚えのないこのトークンへの許可を、すべて終わらせます。有効な許可は、このレポートに示されています。',
        accept,
      ],
      links: ['safety'],
    },
    coins: {
      title: '自分の取引がないのに、コインが出ていきました',
      message:
        'ブロック {since} より後に、{lost} がアカウントから出ていきましたが、アカウントはそのための取引を送っていません(nonceは {nonce})。アカウントのコードが渡したものです。',
      steps: [
        'アカウントのコードが他人に何を許したかを確かめます。モジュールか、EIP-7702の委任先です。',
        'それが分かるまで、このアカウントには何も送らないでください。',
        accept,
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
