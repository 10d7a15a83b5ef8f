import { type RuleText, topUpWords } from '../../src/rule.ts'

const behind =
  '{behind, plural, =0 {} one { Another transaction waits behind it.} other { # other transactions wait behind it.}}'

const seen = '{seen, select, before { It has waited for {waited} at least.} other {}}'
const runs =
  '{runs, select, told { Tried now without sending it, it would fail (“{reason}”) and cost a fee all the same: rather cancel it than speed it up.} reverts { Tried now without sending it, it would fail and cost a fee all the same: rather cancel it than speed it up.} other {}}'
const forecast =
  '{forecast, select, known { The base fee falls slowly: {ahead} blocks later it is {lowestBaseFee} at the least, {expectedBaseFee} if blocks stay as full as recent ones, and {highestBaseFee} at the most. Without new fees the transaction waits for {fewestBlocks, plural, one {# block} other {# blocks}} at the least.} never { Even if every block were empty, the base fee would not fall that far within 7,200 blocks.} unknown { How fast the base fee of this chain changes could not be told from recent blocks.} other {}}'

const newFees =
  '{feeKind, select, legacy {the gas price to {newMaxFee}} other {the max base fee to {newMaxFee} and the priority fee to {newPriorityFee}}}'

const unread =
  '{market, select, unread { The fees of recent blocks could not be read: these are the least that nodes take in place of the old ones, and where MetaMask proposes more, use that.} other {}}'

const blobFee =
  '{blobFee, select, below { It pays too little for blob gas as well: {offeredBlobFee} at most, and the next block takes nothing below {askedBlobFee}.} enough { For blob gas it pays enough: {offeredBlobFee} at most, and the next block takes {askedBlobFee}.} other { Its blob fee was not compared: that may keep it waiting too.}}'

const blobSteps = [
  'Replace the transaction with nonce {nonce} by one with blobs. Nodes want each of its fees doubled: a max fee of {newMaxFee}, a priority fee of {newPriorityFee}, and a blob fee of {newBlobFee}.{market, select, unread { The fees of recent blocks could not be read, so more may be needed.} other {}}',
  'Wait until it is confirmed before you send anything else from this account, then run this check again.',
] as const

const begin =
  'In MetaMask, open the pending transaction with nonce {nonce} and begin with it: no later nonce can be mined before it.'
const unseen =
  'If MetaMask does not show the transaction, send 0 to your own account with the custom nonce {nonce} and the same fees: that cancels it.'

const steps = [
  begin,
  `To carry it out, choose Speed up and set ${newFees}.${unread}{funds, select, both {} other { ${topUpWords.en}}}`,
  `To give it up instead, or if you did not send it, choose Cancel and set ${newFees}.${unread}{funds, select, none { The balance does not cover that either.} alone { The balance covers that. A node that counts the transactions behind it too may refuse it: then cancel the dearest of them first.} other {}}`,
  unseen,
  'Wait until one of them is confirmed before you send anything else, then run this check again.',
] as const

export default {
  title: 'A pending transaction is stuck',
  decides:
    'The max fee of the first transaction that waits is below the next base fee, or its blob fee below that of the next block, or the tip it leaves is below the 10th percentile of what recent blocks took, or it was seen waiting more than 10 minutes ago. Or transactions wait of an account that may not send any, because it has code.',
  why: 'A transaction that pays too little waits until fees fall, and every later transaction of the account waits behind it.',
  messages: {
    'below-base-fee': {
      message: `The transaction {hash} with nonce {nonce} pays at most {offered}, and the next block takes nothing below {asked}.${forecast}${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'low-tip': {
      message: `The transaction {hash} with nonce {nonce} leaves a tip of {offered} for the block, and nine in ten recent transactions left {asked} or more.${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'below-node-price': {
      message: `The transaction {hash} with nonce {nonce} pays {offered}, and the endpoint proposes {asked} for a transaction sent now.${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'long-wait': {
      message: `The transaction {hash} with nonce {nonce} has waited for {waited} at least, although it pays up to {offered} and the next block asks {asked}. Those who make blocks may not have received it, or something else keeps it out.${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'with-authorizations': {
      message: `The transaction {hash} with nonce {nonce} carries EIP-7702 authorisations and offers {offered}, where {asked} or more is needed now.${forecast}${seen}${behind}`,
      steps: [
        begin,
        'Do not use Speed up: a plain transaction in its place would leave out the authorisations, and could do something else.',
        `Choose Cancel and set ${newFees}.${unread}{funds, select, none { ${topUpWords.en}} other {}}`,
        unseen,
        'Wait until that is confirmed before you send anything else, then run this check again. If you wanted the smart account that it sets up, turn it on once more in the app that you used; if you did not, leave it at that.',
      ],
      links: ['transactions'],
    },
    'with-blobs': {
      message: `The transaction {hash} with nonce {nonce} carries blobs and offers {offered}, and recent blocks take {asked} or more.${blobFee}${forecast}${seen}${behind}`,
      steps: ['Open the program that sent it: MetaMask does not send transactions with blobs.', ...blobSteps],
      links: ['transactions'],
    },
    'low-blob-fee': {
      message: `The transaction {hash} with nonce {nonce} carries blobs and pays at most {offered} for blob gas, and the next block takes nothing below {asked}. Its other fees do not keep it out.${seen}${behind}`,
      steps: ['Open the program that sent it: MetaMask does not send transactions with blobs.', ...blobSteps],
      links: ['transactions'],
    },
    summarised: {
      message: `The endpoint shows only a summary of the transaction with nonce {nonce}: it pays at most {offered}, where {asked} or more is needed now.${forecast}${behind}`,
      steps: [
        begin,
        `To carry it out, choose Speed up and set the max base fee to {newMaxFee}, and the priority fee to {newPriorityFee} or a tenth above its own, whichever is more.${unread}`,
        'To give it up instead, or if you did not send it, choose Cancel and set the same fees.',
        unseen,
        'Wait until one of them is confirmed before you send anything else, then run this check again.',
      ],
      links: ['transactions'],
    },
    'account-with-code': {
      title: 'Transactions of an account with code cannot be mined',
      why: 'Blocks take no transaction of an account that has code of its own (EIP-3607), whatever fees it pays. Only an EIP-7702 delegation is no obstacle.',
      message:
        'The account has code (hash {codeHash}) that is no EIP-7702 delegation, and {count, plural, one {a transaction of it waits, with nonce {nonce}} other {# transactions of it wait, the first with nonce {nonce}}}.',
      steps: [
        'Raise no fees: they change nothing here.',
        'On a development chain, look which program put the code there, and remove it or start the chain anew.',
        'On any other chain, run this check with a second endpoint (--second-rpc-url): an account that a person holds the key of gets no such code, so this endpoint may be wrong.',
        'If both endpoints say so, the account is a contract: use it in the app that made it, and stop the program that sends transactions in its name.',
      ],
      links: ['troubleshooting'],
    },
  },
} as const satisfies RuleText
