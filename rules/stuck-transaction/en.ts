import type { RuleText } from '../../src/rule.ts'
import { authorizationSteps, blobSteps, revertSteps, steps, summarySteps } from './steps-en.ts'

const behind =
  '{behind, plural, =0 {} one { Another transaction waits behind it.} other { # other transactions wait behind it.}}'

const seen = '{seen, select, before { It has waited for {waited} at least.} other {}}'
const runs =
  '{runs, select, told { Tried now without sending it, it would fail (“{reason}”) and cost a fee all the same: rather cancel it than speed it up.} reverts { Tried now without sending it, it would fail and cost a fee all the same: rather cancel it than speed it up.} other {}}'
const forecast =
  '{forecast, select, known { The base fee falls slowly: {ahead} blocks later it is {lowestBaseFee} at the least, {expectedBaseFee} if blocks stay as full as recent ones, and {highestBaseFee} at the most. Without new fees the transaction waits for {fewestBlocks, plural, one {# block} other {# blocks}} at the least.} never { Even if every block were empty, the base fee would not fall that far within 7,200 blocks.} unknown { How fast the base fee of this chain changes could not be told from recent blocks.} other {}}'

const blobFee =
  '{blobFee, select, below { It pays too little for blob gas as well: {offeredBlobFee} at most, and the next block takes nothing below {askedBlobFee}.} enough { For blob gas it pays enough: {offeredBlobFee} at most, and the next block takes {askedBlobFee}.} other { Its blob fee was not compared: that may keep it waiting too.}}'

// What is known of the price decides what it is held against.
const waits =
  'has waited for {waited} at least{askedBy, select, block {, although it pays up to {offered} and the next block asks {asked}.} endpoint {. It pays up to {offered}, and the endpoint proposes {asked}.} other {.}} Those who make blocks may not have received it, or something else keeps it out.'
const tip = 'leaves a tip of {offered} for the block, below the 10th percentile of tips in recent blocks ({asked}).'
const price =
  'pays at most {offered}, and {askedBy, select, block {the next block takes nothing below {asked}} other {the endpoint proposes {asked} for a transaction sent now}}.'
const lack = `{lack, select, time {${waits}} tip {${tip}} other {${price}}}`
// How long it waits is said there already.
const seenBesides = `{lack, select, time {} other {${seen}}}`

const reason = '{runs, select, told { (“{reason}”)} other {}}'
const compared =
  '{compared, select, both { It pays enough.} max { Its max fee suffices; its tip was not compared.} other { Its fees were not compared with those of recent blocks.}}'
const wasted = 'A block takes a transaction that fails as well: its fee is lost, and nothing else happens.'

export default {
  title: 'A pending transaction is stuck',
  decides:
    'The max fee of the first transaction that waits is below the next base fee, or its blob fee below that of the next block, or the tip it leaves is below the 10th percentile of what recent blocks took, or it fails when run at the block of the report without sending it (one with EIP-7702 authorisations is not run), or it was seen waiting more than 10 minutes ago. Or transactions wait of an account that may not send any, because it has code.',
  why: 'A transaction that pays too little waits until fees fall, and every later transaction of the account waits behind it.',
  messages: {
    'below-base-fee': {
      message: `The transaction {hash} with nonce {nonce} pays at most {offered}, and the next block takes nothing below {asked}.${forecast}${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'low-tip': {
      message: `The transaction {hash} with nonce {nonce} ${tip}${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'below-node-price': {
      message: `The transaction {hash} with nonce {nonce} pays {offered}, and the endpoint proposes {asked} for a transaction sent now.${seen}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'long-wait': {
      message: `The transaction {hash} with nonce {nonce} ${waits}${runs}${behind}`,
      steps,
      links: ['transactions'],
    },
    'with-authorizations': {
      message: `The transaction {hash} with nonce {nonce} carries EIP-7702 authorisations and ${lack}${forecast}${seenBesides}${behind}`,
      steps: authorizationSteps,
      links: ['transactions'],
    },
    'with-blobs': {
      message: `The transaction {hash} with nonce {nonce} carries blobs and ${lack}${blobFee}${forecast}${seenBesides}${runs}${behind}`,
      steps: blobSteps,
      links: ['transactions'],
    },
    'low-blob-fee': {
      message: `The transaction {hash} with nonce {nonce} carries blobs and pays at most {offered} for blob gas, and the next block takes nothing below {asked}. Its max fee does not keep it out.${seen}${runs}${behind}`,
      steps: blobSteps,
      links: ['transactions'],
    },
    summarised: {
      message: `The endpoint shows only a summary of the transaction with nonce {nonce}: it ${price}${forecast}${behind}`,
      steps: summarySteps,
      links: ['transactions'],
    },
    'reverts-now': {
      title: 'A pending transaction would fail if it were mined now',
      why: wasted,
      message: `Run at block {triedAt} without sending it, the transaction {hash} with nonce {nonce} failed${reason}. What it lacks may still come before it is mined.${compared}${seen}${behind}`,
      steps: revertSteps,
      links: ['transactions'],
    },
    'blobs-revert-now': {
      title: 'A pending transaction would fail if it were mined now',
      why: wasted,
      message: `The transaction {hash} with nonce {nonce} carries blobs. Run at block {triedAt} without sending it, it failed${reason}. What it lacks may still come before it is mined.${blobFee}${seen}${behind}`,
      steps: blobSteps,
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
