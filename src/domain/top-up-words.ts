/**
 * What to do where the balance does not cover a step, for every rule that asks for a fee. ICU messages over `hasDelegate` (yes, no)
 * and `topUp`: coins sent to an account that runs code its owner did not choose may be gone at once.
 */

const en =
  'The balance does not cover that: {hasDelegate, select, yes {before you send anything to this account, make sure that you chose the delegate whose code it runs} other {send {topUp} to this account first}}.'

const ja =
  '残高が足りません。{hasDelegate, select, yes {このアカウントに何かを送る前に、動いているコードの委任先を自分で選んだかどうかを確かめます。} other {先にこのアカウントへ {topUp} を送ります。}}'

export const topUpWords = { en, ja } as const
