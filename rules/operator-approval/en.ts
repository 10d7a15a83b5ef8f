import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en

export default {
  title: 'An operator may move all that the account has in a contract',
  decides:
    'A live setApprovalForAll of an ERC-721 or ERC-1155 collection, or an operator of an ERC-6909, ERC-7540 or ERC-777 contract, lets somebody else move all of it. Marketplaces and other contracts that many people approve weigh less. A grant that a graver rule reports is left to that rule.',
  why: 'An operator moves everything that the account holds in the contract, also what arrives later, without asking again.',
  messages: {
    operator: {
      message: `${reach}, also what arrives later.`,
      steps: [
        'Find out which marketplace or app {spender} belongs to. If you do not know it or no longer use it, go on.',
        revoke,
        confirm,
      ],
      links: ['safety'],
    },
    'well-known': {
      message: `${reach}, also what arrives later. Many accounts use this contract; a listing that you signed there can still be filled.`,
      steps: [
        'If you still trade there, cancel the listings that you no longer want on the marketplace itself.',
        `If you no longer use it, end the grant. ${revoke}`,
        confirm,
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
