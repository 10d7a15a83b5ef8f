import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en

const steps = [
  `If you no longer use the app behind {spender}, end the allowance. ${revoke}`,
  confirm,
  'If you still use it, lower the allowance to what your next step needs: call approve on {contract} with the spender {spender}{grant, select, item {, the item {tokenId}} other {}} and that amount. A few tokens take a new amount only after 0.',
  'From now on, when an app asks for an approval, lower the spending cap in your wallet to the amount that you are about to use.',
] as const

export default {
  title: 'A spender may take any amount of a token',
  decides:
    'A live allowance of an ERC-20 token, or of one item of an ERC-6909 contract, is 2^255 or more, the largest 96, 128 or 160 bit number, or more than the total supply of the token. A grant that a graver rule reports is left to that rule.',
  why: 'An unlimited allowance does not end when the swap or deposit is over: a flaw in the spender, or a new owner of it, reaches all of the token that you hold then.',
  messages: {
    held: {
      message: `${reach}. Within its reach now: {exposure}.`,
      steps,
      links: ['safety'],
    },
    'not-held': {
      message: `${reach}. The account holds none of it now; what arrives later is within reach.`,
      steps,
      links: ['safety'],
    },
    unread: {
      message: `${reach}. How much of it the account holds could not be read.`,
      steps,
      links: ['safety'],
    },
    permit2: {
      message: `${reach}. This is how many exchanges work. It also means that one signature, without a transaction, can let another spender take the token.`,
      steps: [
        'Read every signature request that names Permit2: if it shows a token, an amount and a spender that you did not expect, reject it.',
        `If you no longer use apps that need it, end the allowance. ${revoke}`,
        confirm,
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
