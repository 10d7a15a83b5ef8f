import type { RuleText } from '../../src/rule.ts'

const steps = [
  'Send no coins and no tokens to this account, not even for network fees: they may be gone before you can use them.',
  'Switch back to a standard account in your wallet if it can do that without coins sent here. If a new delegation appears afterwards, others have the key of this account: leave it at that and go on.',
  'Make a new account with a new Secret Recovery Phrase, in a wallet on a device that you trust. If others know the old phrase, none of its accounts is yours alone any more.',
  'Move what is left to the new account. Where that needs coins in this account first, ask on the official support page before you send any.',
  'Believe no recovery service and nobody who contacts you first: official support begins only where you ask for it.',
] as const

export default {
  title: 'The account runs code that takes what arrives',
  decides:
    'The account has an EIP-7702 delegation to a contract on a list of malicious delegates, to a copy of one by its code, or to a contract that does what anybody tells it.',
  why: 'The code of the delegate acts with all rights of the account. Such a delegate sends coins away as soon as they arrive, and is mostly set by somebody who has the key.',
  messages: {
    listed: {
      message: 'The account is delegated to {delegate}. The list “{list}” ({listDate}) names it as malicious.',
      steps,
      links: ['safety', 'support'],
    },
    family: {
      message:
        'The account is delegated to {delegate}. Its code is that of {family}, a malicious delegate by the list “{list}” ({listDate}).',
      steps,
      links: ['safety', 'support'],
    },
    'open-to-all': {
      message:
        'The account is delegated to {delegate} ({name}). That contract is honest, but it does what anybody tells it: anybody can make this account send away what it holds.',
      steps,
      links: ['safety', 'support'],
    },
  },
} as const satisfies RuleText
