/**
 * What to do where the owner did not send what waits, for every rule that tells how to get waiting transactions through. `one` and
 * `several` come first, so that nobody hurries the transaction of a thief or sends coins for it; what they lead to comes last.
 */

const key = 'somebody else has the key of this account'
const rest =
  'make a new account with a new Secret Recovery Phrase, in a wallet on a device that you trust, and move what is left to it. If others know the old phrase, none of its accounts is yours alone any more.'

const en = {
  one: `If you neither sent it nor confirmed it for a site or a program, ${key}. Then do not speed it up and send no coins here: only cancel it, as said below, if the balance covers that.`,
  several: `Look at each of those that wait. If there is one that you neither sent nor confirmed for a site or a program, ${key}. Then speed up nothing, fill no missing nonce and send no coins here: only cancel that one, if the balance covers it.`,
  newAccountForOne: `If you neither sent nor confirmed it, ${rest}`,
  newAccountForSeveral: `If there is one that you neither sent nor confirmed, ${rest}`,
} as const

const keyJa = 'ほかの人がこのアカウントの鍵を持っています'
const restJa =
  '信頼できる端末のウォレットで、新しい「シークレットリカバリーフレーズ」を使って新しいアカウントを作り、残っている資産をそこへ移します。古いフレーズがほかの人に知られている場合、そのフレーズのアカウントはどれも自分だけのものではありません。'

const ja = {
  one: `自分で送った覚えも、サイトやプログラムで承認した覚えもない場合は、${keyJa}。その場合、高速化はせず、このアカウントにコインを送らないでください。残高が足りるときだけ、下の手順でキャンセルします。`,
  several: `待っている取引を1件ずつ確かめます。自分で送った覚えも、サイトやプログラムで承認した覚えもない取引があれば、${keyJa}。その場合、高速化はせず、欠けた「ナンス」も埋めず、このアカウントにコインを送らないでください。残高が足りるときだけ、その取引をキャンセルします。`,
  newAccountForOne: `送った覚えも承認した覚えもない場合は、${restJa}`,
  newAccountForSeveral: `送った覚えも承認した覚えもない取引がある場合は、${restJa}`,
} as const

export const foreignWords = { en, ja } as const
