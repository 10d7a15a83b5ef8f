import { foreignWords, type RuleText, severalTopUps } from '../../src/rule.ts'

const message =
  '{transactions, plural, one {The transaction that waits} other {The # transactions that wait}} may cost up to {cost}{filling, select, counted {, with the {fillingCost} that it costs to fill {fillings, plural, one {the missing nonce} other {the # missing nonces}} before the last of them} other {}}, and the account holds {balance}: from nonce {nonce} on it is not enough.{filling, select, unknown { To fill {fillings, plural, one {the missing nonce} other {the # missing nonces}} costs more on top: how much could not be told, because the fees of recent blocks could not be read.} other {}}'

const unread =
  '{market, select, unread { The fees of recent blocks could not be read: these are the least that nodes take in place of the old ones, and where {load, select, blobs {your program} other {MetaMask}} proposes more, use that.} other {{blobMarket, select, unread { What blob gas costs now could not be read, so a higher blob fee may be needed.} other {}}}}'
const ofBlobs =
  'Or give up the transaction with nonce {nonce} in the program that sent it: MetaMask neither sends nor cancels transactions with blobs. Have it send 0 to this account itself with that nonce and one blob, with a max fee of {newMaxFee}, a priority fee of {newPriorityFee}, and a blob fee of {newBlobFee}. Nodes take in its place only another with blobs, and want each of the old fees doubled. The first of the old blobs is enough.'
const ofOthers =
  'Or give up the transaction with nonce {nonce}: choose Cancel in MetaMask and set {feeKind, select, legacy {the gas price to {newMaxFee}} other {the max base fee to {newMaxFee} and the priority fee to {newPriorityFee}}}.'
const ofSummaries =
  'Or give up the transaction with nonce {nonce}: choose Cancel in MetaMask, and set the max base fee to {newMaxFee}, and the priority fee to {newPriorityFee} or a tenth above its own, whichever is more.'
const cancel = `{load, select, blobs {${ofBlobs}} summary {${ofSummaries}} other {${ofOthers}}}${unread}{cancellation, select, short { The balance does not cover that either.} other {}}{rest, select, covered { The balance then covers the rest.} short { The rest may even then take {restMissing} more than the account holds: when it is cancelled, run this check again, and follow it anew.} other {}}`
const wait = 'Send nothing new until the ones that wait are confirmed, apart from what these findings tell you to send.'
const { several: foreign, newAccountForSeveral: newAccount } = foreignWords.en

export default {
  title: 'The balance does not cover the transactions that wait',
  decides:
    'The values and highest fees of the transactions that wait, and the fees for filling missing nonces before them, add up to more than the balance.',
  why: 'Nodes drop or refuse a transaction that the account cannot pay for, and wallets refuse new ones although there seems to be enough.',
  messages: {
    short: {
      message,
      steps: [
        foreign,
        `If all of them are yours, send at least {topUp} to {account} on {chain}. ${severalTopUps.en}`,
        cancel,
        wait,
        newAccount,
      ],
      links: ['transactions'],
    },
    'short-with-delegate': {
      message: `${message} The account runs the code of {delegate}.`,
      steps: [
        foreign,
        `Send nothing to this account until you know that you chose {delegate} yourself: with other code, coins that arrive can be taken at once. If you did choose it and all that waits is yours, send at least {topUp} to {account} on {chain}. ${severalTopUps.en}`,
        cancel,
        wait,
        newAccount,
      ],
      links: ['safety', 'transactions'],
    },
  },
} as const satisfies RuleText
