import { type RuleText, severalTopUps } from '../../src/rule.ts'

export default {
  title: 'The account holds less than it should',
  decides: 'The balance of the coin of the chain is below a limit that you set. Without a limit nothing is compared.',
  why: 'An account that runs out of the coin cannot pay network fees, so payments and revocations wait until somebody tops it up.',
  messages: {
    low: {
      message: 'The account holds {balance}, and {wanted} is the least it should hold.',
      steps: [
        'Find out where the coins went: a fall that nobody planned is a matter for unexpected-outgoing and balance-drop.',
        `If the spending was planned, top up at least {shortage}. ${severalTopUps.en}`,
        'If the limit no longer fits, change it in a review by a second person.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
