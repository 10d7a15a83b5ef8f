import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en

export default {
  title: 'An operator may move a whole NFT collection',
  decides:
    'A live setApprovalForAll, of an ERC-721 or ERC-1155 collection, names an operator. Marketplaces and other contracts that many people approve weigh less. A grant that a graver rule reports is left to that rule.',
  why: 'An operator moves every item of the collection that the account holds, also those that arrive later, without asking again.',
  messages: {
    operator: {
      message: `${reach}, also those that arrive later.`,
      steps: [
        'Find out which marketplace or app {spender} belongs to. If you do not know it or no longer use it, go on.',
        revoke,
        confirm,
      ],
      links: ['safety'],
    },
    'well-known': {
      message: `${reach}, also those that arrive later. Many accounts use this contract; a listing that you signed there can still be filled.`,
      steps: [
        'If you still trade this collection there, cancel the listings that you no longer want on the marketplace itself.',
        `If you no longer use it, end the grant. ${revoke}`,
        confirm,
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
