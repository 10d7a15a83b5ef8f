import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const disable =
  '{removal, select, failing {取り除くための呼び出しは、試したところ失敗しました。提案せずに、Safeの開発元に相談してください。} other {取り除くには、ここにある呼び出し(disableModule)を、Safeアカウントの取引として提案します。{modules, plural, =1 {} other {複数のモジュールを取り除く場合、呼び出しは直前のモジュールも指定しているため、一覧の末尾から取り除くか、-o safe-batch=FILE で順番に並べます。}}}}'
const find = 'Safeアプリで「Settings」の「Modules」を開き、{module} を探します。'
const origin = 'アカウントの履歴で、それを設定した取引を探し、確認した所有者に尋ねます。'

export default {
  title: '正体の分からないコントラクトが、Safeアカウントを動かせます',
  decides:
    'Safeアカウントのモジュール、ガード、フォールバックハンドラー、またはコードが、Safeの開発元が公開したものでないか、脅威リストに載っているかを調べます。',
  why: 'モジュールは、所有者に確認を求めずにすべてを動かせます。ガードはすべての取引を止められ、ハンドラーはアカウントの名前で署名を有効だと答えられます。',
  options: { expected: '自分で設定した、モジュール、ガード、ハンドラーのアドレス。' },
  messages: {
    module: {
      message:
        '{module} はこのSafeアカウントのモジュールですが、Safeの開発元が公開したものではありません。所有者の確認なしに、すべてを動かせます。',
      steps: [find, origin, `自分で選んだものでなければ、すぐに対処してください。${disable}`],
      links: ['safety'],
    },
    person: {
      message:
        '{module} はこのSafeアカウントのモジュールですが、{code, select, delegated {ほかのコードに委任しているアカウントです} other {コントラクトではありません。個人のアカウントか、まだ配置されていないコントラクトです}}。それを管理する人は、所有者の確認なしに、すべてを動かせます。',
      steps: [find, origin, `1人で決めさせるつもりがなければ、すぐに対処してください。${disable}`],
      links: ['safety'],
    },
    listed: {
      message:
        'リスト「{list}」({listDate})は、{module} を攻撃者のものとしています。これは{place, select, module {このSafeアカウントのモジュールで、所有者の確認なしにすべてを動かせます} fallbackhandler {このSafeアカウントのフォールバックハンドラーで、アカウントの名前で答えます} singleton {このSafeアカウントが動かしているコードで、すべてを決めます} other {このSafeアカウントのガードで、取引を止められます}}。',
      steps: [
        'このアカウントには何も送らないでください。',
        '以前から知っている連絡手段で所有者全員に知らせ、誰かが署名する前に相談してください。',
        `{place, select, module {${disable}} other {Safeのコントラクトに詳しい人に動作を調べてもらい、置き換える提案をします。所有者が署名する内容は、別の端末でも見比べてください。}}`,
        '残っている資産を、所有者とモジュールを自分で設定した新しいアカウントに移します。',
      ],
      links: ['safety', 'support'],
    },
    handler: {
      message:
        '{module} はこのSafeアカウントのフォールバックハンドラーですが、Safeの開発元が公開したものではありません。署名が有効かどうかも含めて、アカウントの名前で答えます。',
      steps: [
        'Safeアプリで「Settings」の「Modules」を開き、フォールバックハンドラー {module} を探します。',
        '取引に使うアプリの求めで設定した場合は、そのアプリの公式の説明にあるアドレスと見比べます。',
        '自分で選んだものでなければ、Safeアプリで、お使いのバージョンのハンドラーに戻す提案をします。',
      ],
      links: ['safety'],
    },
    guard: {
      message:
        '{module} はこのSafeアカウントの{place, select, moduleguard {、モジュールの動作に対する} other {}}ガードですが、Safeの開発元が公開したものではありません。{place, select, moduleguard {モジュールのすべての取引を止められます} other {取り除く取引も含めて、すべての取引を止められます}}。',
      steps: [
        'Safeアプリで「Settings」の「Modules」を開き、ガード {module} を探します。',
        origin,
        '自分で選んだものでなければ、{removal, select, failing {所有者全員に知らせます。取り除くための呼び出しは、試したところ失敗しました} other {取り除くために、ここにある呼び出しをSafeアカウントの取引として提案します}}。',
      ],
      links: ['safety'],
    },
    singleton: {
      message:
        'このSafeアカウントは {module} のコードを動かしていますが、Safeの開発元が公開したものではありません。所有者やモジュールについての答えが、正しくないおそれがあります。',
      steps: [
        '誰のコードなのかが分かるまで、このアカウントには何も送らないでください。',
        'アカウントの履歴で、コードを変えた取引を探し、確認した所有者に尋ねます。',
        '自分で選んだものでなければ、所有者全員に知らせ、残っている資産を、Safeアプリで作った新しいアカウントに移します。',
      ],
      links: ['safety', 'support'],
    },
  },
} satisfies Translation<typeof en>
