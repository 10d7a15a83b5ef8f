import type { RuleText } from '../../src/rule.ts'

const act =
  'If nobody can say it, treat the key as known to somebody else: move what is left to a new account with a new Secret Recovery Phrase, from a device that you trust.'
const accept = 'If it was planned, take it into the baseline, so that the next check compares with today.'

export default {
  title: 'Something left the account that nobody expects',
  decides:
    'Since the baseline the account sent a transaction to somebody who is not among the expected recipients, the owners of a Safe account sent one, or coins, or tokens that the baseline knows, left in a transaction of somebody else: of these every one is told. Where the owners of a Safe account sent something, that stands for all that left it. Without a baseline nothing is compared.',
  why: 'An account that is only to be watched, and sends all the same, is in other hands or was used outside the rules. What is left can still be moved.',
  messages: {
    sent: {
      message:
        'Since block {since} the account sent the transaction {hash} (nonce {nonce}) {target, select, given {to {recipient}} other {that makes a contract}}, with {coins}. Nobody said that it is expected.',
      steps: [
        'Ask everybody who can sign for this account what this transaction was for.',
        act,
        '{target, select, given {If {recipient} is meant to get transactions, add it to expectedRecipients of unexpected-outgoing, under rules in the config file, in a review by a second person.} other {If contracts are made from this account, set unexpected-outgoing to off for it, under rules in the config file.}}',
        accept,
      ],
      links: ['safety'],
    },
    unseen: {
      title: 'The account sent transactions that could not be read',
      message:
        'Since block {since} the account sent {count, plural, one {# transaction that was} other {# transactions that were}} not found, from nonce {first} on. Whom they went to is not known.',
      steps: [
        'Look the account up in a block explorer that you trust, and find the transactions from nonce {first} on.',
        'Ask everybody who can sign for this account what they were for.',
        act,
        accept,
      ],
      links: ['safety'],
    },
    safe: {
      title: 'The owners of the Safe account sent something',
      message:
        'Since block {since} the Safe account made {count, plural, one {# transaction} other {# transactions}} that its owners confirmed.',
      steps: [
        'Compare the history in the Safe app with what was planned, and ask the owners who proposed and confirmed each one.',
        'If nobody can say it, sign nothing that others propose, and move what is left to a new Safe account with owners that you trust.',
        accept,
      ],
      links: ['safety'],
    },
    moved: {
      title: 'Somebody else moved a token of the account',
      message:
        'Since block {since}, {token} (token contract {contract}) left the account in {count, plural, one {the transaction {hash}, which} other {# transactions, the newest of them {hash}, which}} the account did not send.',
      steps: [
        'Look up {count, plural, one {the transaction {hash}: the contract that it went to} other {each of the transactions in the evidence: the contracts that they went to}} used an approval of this account, or a module of it.',
        'End every approval of this token that you do not know. This report names those that are live.',
        accept,
      ],
      links: ['safety'],
    },
    coins: {
      title: 'Coins left the account without a transaction of its own',
      message:
        'Since block {since}, {lost} left the account, and it sent no transaction for it (its nonce is {nonce}): the code of the account gave them away.',
      steps: [
        'Find out what the code of the account let others do: a module, or the delegate of an EIP-7702 account.',
        'Send nothing to this account until that is clear.',
        accept,
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
