import type { RuleText } from '../../src/rule.ts'

const steps = [
  'If the project behind it told you to send it there, this is how it takes things back: nothing is to be done.',
  'If not, ask the project through its official page: some contracts have a function with which their owner can return what lies in them.',
  'Nobody else can reverse it: believe nobody who offers to get it back for a fee.',
  'The address of a token is where it is kept account of, not where somebody receives it. Before you send again, compare the whole recipient with what its owner told you.',
] as const

export default {
  title: 'Something was sent to the contract of the token itself',
  decides:
    'A transaction of the account called the transfer of an ERC-20 or ERC-721 contract and named that very contract as the recipient. Of each contract the newest such transaction is told.',
  why: 'Most such contracts cannot send anything on: what lies in them is out of reach for everybody.',
  messages: {
    tokens: {
      message: 'This account sent {amount} to {contract}, which is the contract of the token itself ({hash}).',
      steps,
      links: ['tokens'],
    },
    item: {
      message:
        'This account sent an item of the collection {contract} to the contract of the collection itself ({hash}).',
      steps,
      links: ['tokens'],
    },
  },
} as const satisfies RuleText
