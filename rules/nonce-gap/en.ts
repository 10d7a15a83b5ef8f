import { foreignWords, type RuleText, topUpWords } from '../../src/rule.ts'

const fees =
  '{feeKind, select, eip1559 {a max base fee of {maxFee} and a priority fee of {priorityFee}} legacy {a gas price of {maxFee}} other {the fees that MetaMask proposes}}'

const turn =
  '{hasDelegate, select, yes { Nodes keep few waiting transactions of a delegated account: where one is refused, send it when those before it are confirmed.} other {}}'

const funds = `{funds, select, short { ${topUpWords.en}} other {}}`

const { several: foreign, newAccountForSeveral: newAccount } = foreignWords.en
const wanted =
  'Then decide whether the transactions that wait are still wanted: those that pay enough are carried out as soon as no nonce is missing. Cancel those that you no longer want.'
const follow =
  'those that waited and pay enough follow by themselves. Run this check again: it tells why others still wait.'

export default {
  title: 'A nonce is missing, and later transactions wait for it',
  decides: 'The endpoint holds transactions of the account behind a nonce that no transaction has.',
  why: 'A chain takes the transactions of an account in the order of their nonces: those behind a missing one wait until it is filled, and nodes may drop them after a while.',
  messages: {
    one: {
      message:
        '{waiting, plural, one {# transaction waits} other {# transactions wait}} because the endpoint knows no transaction with nonce {first}.',
      steps: [
        foreign,
        wanted,
        'If all that waits is yours, look in MetaMask for a pending transaction with nonce {first}. If there is one, speed it up or cancel it, and leave out the next two steps.',
        `If all that waits is yours, send {nothing} to your own account with the custom nonce {first}, with ${fees}.${turn}${funds}`,
        `When it is confirmed, ${follow}`,
        newAccount,
      ],
      links: ['transactions'],
    },
    several: {
      message:
        '{waiting, plural, one {# transaction waits} other {# transactions wait}} because the endpoint knows no transaction with the nonces {first} to {last} ({count} are missing).',
      steps: [
        foreign,
        wanted,
        'If all that waits is yours, look in MetaMask for pending transactions with the nonces {first} to {last}. Speed up or cancel those that are there, lowest nonce first; the next two steps are for the others.',
        `If all that waits is yours, send {nothing} to your own account once for each missing nonce from {first} to {last}, lowest first, with that custom nonce and ${fees}.${turn}${funds}`,
        `When all of them are confirmed, ${follow}`,
        newAccount,
      ],
      links: ['transactions'],
    },
  },
} as const satisfies RuleText
