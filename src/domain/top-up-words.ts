/** Each finding names what is missing for its own steps: the highest amount covers most of them, the sum would be too much. */
export const severalTopUps = {
  en: 'Where several findings name an amount to send to this account, send the highest of them, not their sum, then run this check again.',
  ja: 'このアカウントへ送る額が複数の検出結果に示されている場合は、合計ではなく最も大きい額だけを送り、もう一度このチェックを実行します。',
} as const

/**
 * What to do where the balance does not cover a step, for every rule that asks for a fee. ICU messages over `hasDelegate` (yes, no)
 * and `topUp`: coins sent to an account that runs code its owner did not choose may be gone at once.
 */

const en = `The balance does not cover that: {hasDelegate, select, yes {before you send anything to this account, make sure that you chose the delegate whose code it runs.} other {send {topUp} to this account first. ${severalTopUps.en}}}`

const ja = `残高が足りません。{hasDelegate, select, yes {このアカウントに何かを送る前に、動いているコードの委任先を自分で選んだかどうかを確かめます。} other {先にこのアカウントへ {topUp} を送ります。${severalTopUps.ja}}}`

export const topUpWords = { en, ja } as const
