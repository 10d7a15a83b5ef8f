import type { RuleText } from '../../src/rule.ts'

const steps = [
  'If you meant to destroy it, nothing is to be done.',
  'If not, it is gone: nobody has a key of that address, and nobody can reverse the transaction. Believe nobody who offers to get it back for a fee.',
  'Find out where the recipient came from. A site or an app that filled it in may do so again: do not use it before its makers have told you why.',
] as const

export default {
  title: 'Something was sent to an address that nobody has',
  decides:
    'A transaction of the account called the transfer of an ERC-20 or ERC-721 contract with an address such as 0x…0000 or 0x…dEaD as the recipient, or one of its newest transactions that were read carried coins there. Of each contract and address the newest such transaction is told. What a contract destroys by another function does not count.',
  why: 'No key of such an address is known, so nobody can move what lies there.',
  messages: {
    tokens: {
      message: 'This account sent {amount} (contract {contract}) to {to}, an address that nobody has ({hash}).',
      steps,
      links: ['safety'],
    },
    item: {
      message: 'This account sent an item of the collection {contract} to {to}, an address that nobody has ({hash}).',
      steps,
      links: ['safety'],
    },
    coins: {
      message: 'This account sent {amount} to {to}, an address that nobody has ({hash}).',
      steps,
      links: ['safety'],
    },
  },
} as const satisfies RuleText
