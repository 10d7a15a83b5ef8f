import type { RuleText } from '../../src/rule.ts'

const disable =
  '{removal, select, failing {The call that would take it away was tried and fails: do not propose it. Ask the makers of Safe for help.} other {To take it away, propose a transaction of the Safe account with the call given here (disableModule).{modules, plural, one {} other { If several modules are to go, each call names the module before it: take away the last of the list first, or let -o safe-batch=FILE put them in order.}}}}'
const find = 'In the Safe app, open Settings and then Modules, and find {module}.'
const origin =
  'Look in the history of the account for the transaction that set it, and ask the owners who confirmed it.'

export default {
  title: 'A contract that nobody knows has power over the Safe account',
  decides:
    'A module, a guard, the fallback handler or the code of a Safe account is none of the releases that the makers of Safe published, or is on a threat list.',
  why: 'A module moves everything without asking the owners. A guard can stop every transaction, and a handler can say yes to signatures in the name of the account.',
  messages: {
    module: {
      message:
        '{module} is a module of this Safe account, and none that the makers of Safe published: it can move everything without the owners.',
      steps: [find, origin, `If it is not one that you chose, act at once. ${disable}`],
      links: ['safety'],
    },
    person: {
      message:
        '{module} is a module of this Safe account, and no contract{code, select, delegated { of its own: it runs the code of another} other {: a person’s account, or a contract that is not there yet}}. Whoever controls it can move everything without the owners.',
      steps: [find, origin, `If it is not meant to decide alone, act at once. ${disable}`],
      links: ['safety'],
    },
    listed: {
      message:
        'The list “{list}” ({listDate}) names {module} as an attacker’s. It is {place, select, module {a module of this Safe account: it can move everything without the owners} fallbackhandler {the fallback handler of this Safe account: it answers in its name} singleton {the code that this Safe account runs: it decides everything} other {a guard of this Safe account: it can stop its transactions}}.',
      steps: [
        'Send nothing to this account.',
        'Tell all owners, over a channel that you know, and agree before anybody signs anything.',
        `{place, select, module {${disable}} other {Have somebody who knows Safe contracts read what it does, then propose to replace it. Compare on a second device what the owners sign.}}`,
        'Move what is left to a new account whose owners and modules you set up yourself.',
      ],
      links: ['safety', 'support'],
    },
    handler: {
      message:
        '{module} is the fallback handler of this Safe account, and none that the makers of Safe published: it answers in the name of the account, also whether a signature is valid.',
      steps: [
        'In the Safe app, open Settings and then Modules, and find the fallback handler {module}.',
        'If a trading app of yours asked you to set it, compare the address with that app’s own documentation.',
        'If it is not one that you chose, propose in the Safe app to go back to the handler of the version that your account runs.',
      ],
      links: ['safety'],
    },
    guard: {
      message:
        '{module} is a guard of this Safe account{place, select, moduleguard { for what modules do} other {}}, and none that the makers of Safe published: it can stop every transaction{place, select, moduleguard { of a module} other {, also the one that would take it away}}.',
      steps: [
        'In the Safe app, open Settings and then Modules, and find the guard {module}.',
        origin,
        'If it is not one that you chose, {removal, select, failing {tell all owners: the call that would take it away was tried and fails} other {propose a transaction of the Safe account with the call given here, which takes it away}}.',
      ],
      links: ['safety'],
    },
    singleton: {
      message:
        'This Safe account runs the code at {module}, which is none that the makers of Safe published. What it says about owners and modules may be wrong.',
      steps: [
        'Send nothing to this account until you know whose code that is.',
        'Look in the history of the account for a transaction that changed the code, and ask the owners who confirmed it.',
        'If you did not choose it, tell all owners, and move what is left to a new account made in the Safe app.',
      ],
      links: ['safety', 'support'],
    },
  },
} as const satisfies RuleText
