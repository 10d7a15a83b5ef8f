import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const ask =
  '以前から使っている連絡手段で、誰が提案し、誰が確認したかを所有者に尋ねます。Safeアプリの履歴に取引が示されています。'
const act =
  '説明できる人がいなければ、ほかの人の提案には署名せず、アカウントにあるものを、所有者とモジュールを自分で設定した新しいSafeアカウントへ移します。'
const accept = '計画どおりであれば、ベースラインに取り入れ、次のチェックを今日の状態と比べます。'
const steps = [ask, act, accept] as const
const place =
  '{place, select, module {このSafeアカウントのモジュール(所有者の確認なしに、すべてを動かせます)} fallbackhandler {このSafeアカウントのフォールバックハンドラー(アカウントの名前で答えます)} singleton {このSafeアカウントが動かしているコード(すべてを決めます)} moduleguard {モジュールの動作に対するガード} other {このSafeアカウントのガード(取引を止められます)}}'

export default {
  title: 'Safeアカウントを動かせる人が、以前と変わりました',
  decides:
    'Safeアカウントの所有者、確認に必要な人数、モジュール、ガード、フォールバックハンドラー、コードが、ベースラインと違うかを調べます。それらを含むベースラインがなければ、何も比べません。',
  why: 'Safeアカウントの乗っ取りは、ここから始まります。所有者が1人増えるか、必要な確認が1つ減るか、モジュールが1つ加わるだけで、すべてを動かせることがあります。',
  options: {},
  messages: {
    'owner-added': {
      title: 'Safeアカウントに、以前はいなかった所有者がいます',
      message:
        '{owner} は現在このSafeアカウントの所有者ですが、ブロック {since} ではそうではありませんでした。確認は{owners}人のうち{threshold}人で、以前は{ownersBefore}人のうち{thresholdBefore}人でした。',
      steps,
      links: ['safety'],
    },
    'owner-removed': {
      title: 'Safeアカウントから所有者が外れました',
      message:
        '{owner} はブロック {since} ではこのSafeアカウントの所有者でしたが、現在はそうではありません。確認は{owners}人のうち{threshold}人で、以前は{ownersBefore}人のうち{thresholdBefore}人でした。',
      steps,
      links: ['safety'],
    },
    'threshold-lowered': {
      title: '確認に必要な人数が減りました',
      message:
        '現在は{owners}人の所有者のうち{threshold}人の確認で動かせます。ブロック {since} では{ownersBefore}人のうち{thresholdBefore}人でした。',
      steps,
      links: ['safety'],
    },
    'threshold-raised': {
      title: '確認に必要な人数が増えました',
      message:
        '現在は{owners}人の所有者のうち{threshold}人の確認が必要です。ブロック {since} では{ownersBefore}人のうち{thresholdBefore}人でした。',
      steps: [
        ask,
        '必要な人数の所有者が、まだ鍵を持っていることを確かめます。その人数に届かなければ、何も動かせません。',
        accept,
      ],
      links: ['safety'],
    },
    'part-added': {
      title: 'Safeアカウントを動かせるコントラクトが加わりました',
      message: `{contract} は現在、${place}です。ブロック {since} ではそうではありませんでした。`,
      steps,
      links: ['safety'],
    },
    'part-removed': {
      title: 'Safeアカウントからコントラクトが外れました',
      message: `ブロック {since} では、{contract} は${place}でした。現在はそうではありません。`,
      steps,
      links: ['safety'],
    },
    gone: {
      title: 'Safeアカウントではなくなりました',
      message:
        'ブロック {since} ではSafeアカウントでした。現在このアドレスにあるものは、Safeアカウントとして応答しません。',
      steps: [
        'このアカウントには何も送らないでください。',
        ask,
        '現在動いているコードを、Safeのコントラクトに詳しい人に調べてもらいます。',
      ],
      links: ['safety', 'support'],
    },
  },
} satisfies Translation<typeof en>
