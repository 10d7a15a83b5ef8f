import type { RuleText } from '../../src/rule.ts'

const unused =
  '{unused, plural, =0 {} one { # owner has never sent a transaction here, which signing does not need: make sure that somebody holds its key.} other { # owners have never sent a transaction here, which signing does not need: make sure that somebody holds each key.}}'
const list = 'In the Safe app, open Settings and then Setup: it lists the owners and how many must confirm.'
const keys = 'For each owner, write down who holds the key and on which device. Two owners on one device are one owner.'

export default {
  title: 'Too few people decide for the Safe account',
  decides:
    'The account is a Safe account, and one owner is enough, all owners are needed, or the owners cannot reach the number that must confirm.',
  why: 'One stolen key is enough to take everything where one owner decides; one lost key locks everything where all must confirm.',
  messages: {
    'any-owner': {
      message: `Any one of {owners} owners can move everything without the others.${unused}`,
      steps: [
        list,
        keys,
        'Propose to raise the number of confirmations to {wanted} or more, and leave at least one owner to spare.',
      ],
      links: ['safety'],
    },
    few: {
      message: `{threshold} of {owners} owners can move everything; you asked for at least {wanted}.${unused}`,
      steps: [
        list,
        keys,
        'Propose to raise the number of confirmations to {wanted}, and leave at least one owner to spare.',
      ],
      links: ['safety'],
    },
    'one-owner': {
      message: `Only one owner can confirm: whoever has that key has everything, and without it everything is locked.${unused}`,
      steps: [
        list,
        'Propose to add owners whose keys are on other devices, until there is one more than must confirm.',
        'When they are added, raise the number of confirmations to {wanted} or more.',
      ],
      links: ['safety'],
    },
    'own-owner': {
      message: `The Safe account is one of its own owners and can never confirm: {able, plural, one {# owner is} other {# owners are}} left, and {threshold} must confirm.${unused}`,
      steps: [list, 'Propose to replace the entry of the Safe account itself by an owner who holds a key.', keys],
      links: ['safety'],
    },
    'no-spare': {
      message: `All {owners} owners must confirm: one lost key locks everything.${unused}`,
      steps: [
        list,
        keys,
        'Propose to add an owner whose key is kept somewhere else, and keep the number of confirmations.',
      ],
      links: ['safety'],
    },
    unreachable: {
      message: `{threshold} owners must confirm, but only {able, plural, one {# owner} other {# owners}} can: the Safe account is one of its own owners. The owners cannot move anything.${unused}`,
      steps: [
        'Send nothing more to this account.',
        list,
        'See under Modules whether a module of yours, such as one for recovery, can still act.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
