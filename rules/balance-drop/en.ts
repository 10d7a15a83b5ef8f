import type { RuleText } from '../../src/rule.ts'

const steps = [
  'Find out what left and who decided it: the transactions since block {since} show it.',
  'If nobody can say it, treat the key of this account as known to somebody else: move what is left to a new account, from a device that you trust.',
  'If it was planned, take it into the baseline, so that the next check compares with today.',
] as const

export default {
  title: 'Much less is there than before',
  decides:
    'The coin of the chain, or a token that is on a list or shown by the wallet, fell against the baseline by more than a share that you may set. Without a baseline nothing is compared.',
  why: 'A balance that falls without a plan is often the first thing that shows a theft, and what is left can still be moved.',
  messages: {
    coins: {
      message: '{lost} of {before} are gone since block {since}. {now} is left.',
      steps,
      links: ['safety'],
    },
    tokens: {
      title: 'Much less of a token is there than before',
      message: '{lost} of {before} (token contract {contract}) are gone since block {since}. {now} is left.',
      steps,
      links: ['safety'],
    },
  },
} as const satisfies RuleText
