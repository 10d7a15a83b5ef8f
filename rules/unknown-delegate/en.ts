import type { RuleText } from '../../src/rule.ts'

const steps = [
  'Send nothing to this account until you know who set this delegation.',
  'Think back: did you turn on a smart account in a wallet or an app? Compare {delegate} with the delegate that its own documentation names.',
  'If you did not set it, switch back to a standard account in your wallet. If a new delegation appears afterwards, others have the key: move what is left to a new account made on a device that you trust.',
] as const

export default {
  title: 'The account has an EIP-7702 delegation',
  decides:
    'The account is delegated to a contract that no bundled list knows, malicious ones aside. A known delegate is reported for information only.',
  why: 'The code of the delegate acts with all rights of the account: it can move every coin and token without asking.',
  messages: {
    unknown: {
      message: 'The account is delegated to {delegate}, a contract that none of our lists knows.',
      steps,
      links: ['safety'],
    },
    'no-code': {
      message:
        'The account is delegated to {delegate}, where nothing is deployed on this chain. It acts like a standard account until somebody deploys code there.',
      steps,
      links: ['safety'],
    },
    known: {
      message: 'The account is delegated to {delegate}, the smart account of {name}.',
      steps: [
        'If you turned on the smart account of {name}, nothing needs to be done.',
        'If you did not, switch back to a standard account in your wallet. If a new delegation appears afterwards, others have the key: move what is left to a new account made on a device that you trust.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
