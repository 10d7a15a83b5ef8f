import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en
const length = '{length, select, long { The grant lasts for another {remaining}.} other {}}'

const steps = [
  `If you are not in the middle of a trade with {spender}, end the grant. ${revoke}`,
  confirm,
  'When an app asks for a signature for Permit2, check the spender, lower the amount to what you need, and prefer an end within days.',
] as const

export default {
  title: 'A Permit2 grant is open',
  decides:
    'A Permit2 grant has not ended, and the token lets Permit2 take something. What it reaches is the least of the balance, the allowance to Permit2 and the amount of the grant. Those that sleep because Permit2 may take nothing are left to dormant-permit2-grant. A grant that a graver rule reports is left to that rule.',
  why: 'A signature is enough to open such a grant, and until its end the spender takes the token without asking again.',
  messages: {
    held: {
      message: `${reach}. Within its reach now: {exposure}.${length}`,
      steps,
      links: ['safety'],
    },
    'not-held': {
      message: `${reach}. The account holds none of it now; what arrives later is within reach.${length}`,
      steps,
      links: ['safety'],
    },
    unread: {
      message: `${reach}. How much is within its reach could not be read.${length}`,
      steps,
      links: ['safety'],
    },
  },
} as const satisfies RuleText
