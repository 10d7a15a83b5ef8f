import type { RuleText } from '../../src/rule.ts'

export default {
  title: 'Nodes keep few waiting transactions of a delegated account',
  decides:
    'The account has an EIP-7702 delegation and more transactions wait than most nodes keep for such an account: one.',
  why: 'Nodes refuse a further transaction of a delegated account ("in-flight transaction limit reached for delegated accounts"), or forget it: it then waits in the wallet only.',
  messages: {
    several: {
      message:
        'The account runs the code of {delegate}, and {inFlight} of its transactions wait. Most nodes keep {limit, plural, one {only one} other {only #}} for a delegated account and refuse the others, so they may never reach a block.',
      steps: [
        'Send nothing more from this account for now, apart from what these findings tell you to send: a further transaction would be refused as well.',
        'Begin with nonce {first}: wait until it is confirmed, or follow the steps of the finding that says why it waits.',
        'Then send the next one, and wait for each to be confirmed before you send another. What the smart account can do in one batch needs one transaction only.',
        'If you did not turn on a smart account, follow the finding about the delegate first.',
      ],
      links: ['transactions'],
    },
  },
} as const satisfies RuleText
