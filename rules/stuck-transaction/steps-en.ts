/** What to do about a transaction that waits, in English. ICU messages over the data of the finding. */
import { foreignWords, topUpWords } from '../../src/rule.ts'

const newFees =
  '{feeKind, select, legacy {the gas price to {newMaxFee}} other {the max base fee to {newMaxFee} and the priority fee to {newPriorityFee}}}'

const unread =
  '{market, select, unread { The fees of recent blocks could not be read: these are the least that nodes take in place of the old ones, and where MetaMask proposes more, use that.} other {}}'

const begin =
  'In MetaMask, open the pending transaction with nonce {nonce} and begin with it: no later nonce can be mined before it.'
const unseen =
  'If MetaMask does not show the transaction, send 0 to your own account with the custom nonce {nonce} and the same fees: that cancels it.'

const { one: foreign, newAccountForOne: newAccount } = foreignWords.en

const wait = (which: 'one of them' | 'that') =>
  `Until ${which} is confirmed, send nothing else from this account apart from what these findings tell you to send. Then run this check again.`

/** What is said of a transaction that fails when it is run now, and of any other. */
const ifItFails = (fails: string, other: string) =>
  `{runs, select, told {${fails}} reverts {${fails}} other {${other}}}`

const coversOne = ' The balance covers that. A node that counts the transactions behind it too may refuse it'
const cancelFunds = (none: string, then = ': then cancel the dearest of them first') =>
  `{funds, select, none { ${none}} alone {${coversOne}${then}.} other {}}`
const eitherShort = 'The balance does not cover that either.'

export const steps = [
  begin,
  foreign,
  ifItFails(
    'Do not use Speed up now. If you know what it lacks and still want it, see to that first, then run this check again.',
    `To carry it out, choose Speed up and set ${newFees}.${unread}{funds, select, both {} other { ${topUpWords.en}}}`,
  ),
  `To give it up, choose Cancel and set ${newFees}.${unread}${cancelFunds(ifItFails(topUpWords.en, eitherShort))}`,
  unseen,
  wait('one of them'),
  newAccount,
] as const

export const authorizationSteps = [
  begin,
  foreign,
  'Do not use Speed up: a plain transaction in its place would leave out the authorisations, and could do something else. There is no call below for it either, because MetaMask takes no authorisations from outside.',
  `Choose Cancel and set ${newFees}.${unread}${cancelFunds(topUpWords.en)}`,
  unseen,
  `${wait('that')} If you wanted the smart account that it sets up, turn it on once more in the app that you used.`,
  newAccount,
] as const

export const summarySteps = [
  begin,
  foreign,
  `To carry it out, choose Speed up and set the max base fee to {newMaxFee}, and the priority fee to {newPriorityFee} or a tenth above its own, whichever is more.${unread}`,
  'To give it up, choose Cancel and set the same fees.',
  unseen,
  wait('one of them'),
  newAccount,
] as const

export const revertSteps = [
  'Look in the app or on the site that you used whether what you wanted is still possible: an offer may have ended, or a balance or an approval may be missing.',
  foreign,
  'Carry on with it only if you know what it lacks, and that this comes before it is mined: then change nothing.',
  `To give it up, open it in MetaMask, choose Cancel and set ${newFees}.${unread}${cancelFunds(topUpWords.en)} If it is mined first, it fails and costs its fee, and nothing is left to cancel.`,
  unseen,
  wait('one of them'),
  newAccount,
] as const

const openProgram =
  'Open the program that sent it: MetaMask sends no transactions with blobs, and endpoints give the blobs themselves (the sidecar) back to nobody.'
const foreignBlobs =
  'If no program of yours sent it, somebody else has the key of this account. Then do not speed it up and send no coins here.'
const blobFees =
  'a max fee of {newMaxFee}, a priority fee of {newPriorityFee}, and a blob fee of {newBlobFee}. Nodes want each of the old ones doubled.{market, select, unread { The fees of recent blocks could not be read, so more may be needed.} other {{blobFee, select, unknown { What blob gas costs now could not be read, so a higher blob fee may be needed.} other {}}}}'
const cancelBlobs = (fees: string, funds: string) =>
  `To give it up, have it send 0 to this account itself with nonce {nonce} and one blob, with ${fees} In the place of a transaction with blobs nodes take only another with blobs. The first of the old ones is enough, and any other blob does as well, with its own hash.${funds}`

export const blobSteps = [
  openProgram,
  foreignBlobs,
  ifItFails(
    'Find out there what it lacks, and carry on with it only if that comes before it is mined.',
    `To carry it out, have it send the same transaction and blobs with nonce {nonce} again, with ${blobFees}{funds, select, both {} other { ${topUpWords.en}}}`,
  ),
  cancelBlobs(ifItFails(blobFees, 'the same three fees.'), cancelFunds(ifItFails(topUpWords.en, eitherShort), '')),
  wait('one of them'),
  newAccount,
] as const
