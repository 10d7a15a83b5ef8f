import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en

const steps = [
  `If you no longer use {spender}, end the grant. ${revoke}`,
  confirm,
  'If you still use it, leave it, or lower it to what you need.',
] as const

export default {
  title: 'A grant has not been used for a long time',
  decides:
    'A live allowance, NFT approval, operator or Permit2 grant was given long ago, and nothing of its token or collection has left the account for that time. Every transfer out counts as a use, whoever made it and whatever for. A use without a Transfer event cannot be seen. Permit2 grants that sleep are left to dormant-permit2-grant, and grants that a graver rule reports to that rule.',
  why: 'A grant that nobody uses brings nothing, and stays open to whoever takes over the contract or finds a flaw in it.',
  messages: {
    unused: {
      message: `${reach}. It was given on {givenAt}, and {moved, select, yes {{token} last left this account on {movedAt}} other {no {token} has left this account since}}: it has rested for {idle}.`,
      steps,
      links: ['safety'],
    },
    unseen: {
      message: `${reach}. It was given on {givenAt}, {idle} ago. Whether it was used since cannot be seen: moves in such a contract are not among the events that are read.`,
      steps,
      links: ['safety'],
    },
  },
} as const satisfies RuleText
