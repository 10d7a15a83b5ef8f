import type { RuleText } from '../../src/rule.ts'

const who =
  '{delegate}{code, select, contract {, a contract,} delegated {, a person’s account with an EIP-7702 delegation,} none {, a person’s account,} unused {, which has no code and has never sent a transaction,} other {}}'
const how = 'from this Safe account without the owners, through the allowance module {module}'
const often = '{term, select, renewed {every {period}} other {once}}'
const find = 'In the Safe app, open Settings, find the spending limits, and look for {delegate}.'
const remove =
  '{removal, select, failing {The call that would end it was tried and does not: do not propose it. Ask the makers of Safe for help.} other {To end it, propose a transaction of the Safe account with the call given here (deleteAllowance). It names the delegate and the token only.}}'

export default {
  title: 'Somebody may spend from the Safe account without the owners',
  decides:
    'The allowance module of a Safe account lets a delegate take an amount, once or again in each period, and the delegate is not among those that you expect, or is on a drainer list.',
  why: 'A spending limit is an approval: the key of one delegate is enough to take the amount, however many owners must confirm everything else.',
  messages: {
    limited: {
      message: `${who} may take up to {amount} ${often} ${how}. {left} are left now.`,
      steps: [find, 'Ask the owners who set the limit, and whether the delegate still needs it.', remove],
      links: ['safety'],
    },
    unlimited: {
      message: `${who} may take any amount of {token} ${often} ${how}: the limit is the largest that the module can hold.`,
      steps: [
        find,
        'Ask the owners who set the limit, and what the delegate really needs.',
        remove,
        'If the delegate still needs to spend, set a limit that one lost key may cost you.',
      ],
      links: ['safety'],
    },
    listed: {
      message: `The list “{list}” ({listDate}) names {delegate} as an attacker’s. It may take up to {amount} ${often} ${how}. {left} are left now.`,
      steps: [
        'Tell all owners, over a channel that you know, and agree before anybody signs anything.',
        `Act at once. ${remove}`,
        'Ask who set the limit. Enough owners confirmed it, or somebody else has their keys: if nobody can explain it, move what is left to a new account.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
