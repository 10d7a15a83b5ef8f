import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const who =
  '{delegate}{code, select, contract {(コントラクト)} delegated {(EIP-7702の委任をしている個人のアカウント)} none {(個人のアカウント)} unused {(コードがなく、取引を送ったこともありません)} other { }}は、'
const how = '所有者の確認なしに、Allowanceモジュール {module} を通じて、このSafeアカウントから'
const often = '{term, select, renewed {{period}ごとに} other {1回だけ}}'
const find = 'Safeアプリで「Settings」を開き、支出限度額(Spending limits)の中から {delegate} を探します。'
const remove =
  '{removal, select, failing {この限度額を終わらせるための呼び出しは、試したところ効きませんでした。提案せずに、Safeの開発元に相談してください。} other {この限度額を終わらせるには、ここにある呼び出し(deleteAllowance)を、Safeアカウントの取引として提案します。指定されるのは、相手とトークンだけです。}}'

export default {
  title: '所有者の確認なしにSafeアカウントから引き出せる人がいます',
  decides:
    'SafeアカウントのAllowanceモジュールが、想定に含まれていない相手やドレイナーのリストに載った相手に、1回または期間ごとの引き出しを認めているかを調べます。',
  why: '支出限度額も許可の1つです。ほかのことに何人の確認が必要でも、この額は相手の鍵1つで引き出せます。',
  options: { expected: '所有者の確認なしに引き出してよい相手のアドレスです(コマンドラインでは --expected-spenders)。' },
  messages: {
    limited: {
      message: `${who}${how}、${often}最大 {amount} を引き出せます。いまの残りは {left} です。`,
      steps: [find, '限度額を設定した人と、相手がまだ必要としているかを、所有者に確かめます。', remove],
      links: ['safety'],
    },
    unlimited: {
      message: `${who}${how}、${often}{token} をいくらでも引き出せます。限度額が、このモジュールに設定できる最大の値になっています。`,
      steps: [
        find,
        '限度額を設定した人と、相手が本当に必要とする額を、所有者に確かめます。',
        remove,
        '相手がまだ引き出す必要がある場合は、鍵を1つ失ったときに失ってもよい額を設定します。',
      ],
      links: ['safety'],
    },
    listed: {
      message: `リスト「{list}」({listDate} 時点)は、{delegate} を攻撃者のものとしています。この相手は、${how}、${often}最大 {amount} を引き出せます。いまの残りは {left} です。`,
      steps: [
        'すべての所有者に、確かな連絡手段で知らせます。誰かが何かに署名する前に、全員で確認してください。',
        `すぐに対応します。${remove}`,
        '限度額を設定した人を確かめます。必要な人数の所有者が確認したか、その鍵がほかの人の手にあるかのどちらかです。誰も説明できなければ、残りを新しいアカウントに移します。',
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
