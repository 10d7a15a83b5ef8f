import type { RuleText } from '../../src/rule.ts'

const ask =
  'Ask the owners, over a channel that you used before, who proposed this and who confirmed it: the history in the Safe app names the transaction.'
const act =
  'If nobody can say it, sign nothing that others propose, and move what the account holds to a new Safe account whose owners and modules you set up yourself.'
const accept = 'If it was planned, take it into the baseline, so that the next check compares with today.'
const steps = [ask, act, accept] as const
const place =
  '{place, select, module {a module of this Safe account: it can move everything without the owners} fallbackhandler {the fallback handler of this Safe account: it answers in its name} singleton {the code that this Safe account runs: it decides everything} moduleguard {the guard of what modules do} other {the guard of this Safe account: it can stop its transactions}}'

export default {
  title: 'Somebody else can decide for the Safe account than before',
  decides:
    'The owners of a Safe account, how many of them must confirm, its modules, guards, fallback handler or code differ from the baseline. Without a baseline that knows them nothing is compared.',
  why: 'Whoever takes over a Safe account begins here: one more owner, one confirmation less or one module is enough to move everything.',
  messages: {
    'owner-added': {
      title: 'The Safe account has an owner that it did not have before',
      message:
        '{owner} is an owner of this Safe account now, and was none at block {since}. {threshold} of {owners} owners must confirm; it was {thresholdBefore} of {ownersBefore}.',
      steps,
      links: ['safety'],
    },
    'owner-removed': {
      title: 'The Safe account lost an owner',
      message:
        '{owner} is no owner of this Safe account any more, and was one at block {since}. {threshold} of {owners} owners must confirm; it was {thresholdBefore} of {ownersBefore}.',
      steps,
      links: ['safety'],
    },
    'threshold-lowered': {
      title: 'Fewer owners must confirm than before',
      message:
        '{threshold} of {owners} owners must confirm now. At block {since} it was {thresholdBefore} of {ownersBefore}.',
      steps,
      links: ['safety'],
    },
    'threshold-raised': {
      title: 'More owners must confirm than before',
      message:
        '{threshold} of {owners} owners must confirm now. At block {since} it was {thresholdBefore} of {ownersBefore}.',
      steps: [
        ask,
        'Make sure that enough owners still have their keys: below that number nothing can be moved.',
        accept,
      ],
      links: ['safety'],
    },
    'part-added': {
      title: 'A contract got power over the Safe account',
      message: `{contract} is now ${place}. At block {since} it was not.`,
      steps,
      links: ['safety'],
    },
    'part-removed': {
      title: 'A contract lost its place in the Safe account',
      message: `At block {since}, {contract} was ${place}. It is not any more.`,
      steps,
      links: ['safety'],
    },
    gone: {
      title: 'This is no Safe account any more',
      message: 'At block {since} this was a Safe account. What stands at its address now does not answer as one.',
      steps: [
        'Send nothing to this account.',
        ask,
        'Have somebody who knows Safe contracts look at the code that it runs now.',
      ],
      links: ['safety', 'support'],
    },
  },
} as const satisfies RuleText
