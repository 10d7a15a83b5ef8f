import type { RuleText } from '../../src/rule.ts'

export default {
  title: 'The account is not what it is meant to be',
  decides:
    'At the address there is, or is not, a contract or a Safe account, other than you said. Without that nothing is compared.',
  why: 'One address can be a contract on one chain and nobody’s on another: what is sent to the wrong one may be out of reach.',
  messages: {
    'no-contract': {
      message:
        '{account} is meant to be {meant, select, multisig {a Safe account} other {a contract}}, and there is no contract at this address on {chain}.',
      steps: [
        'Send nothing to this address on {chain} until it is clear who controls it there.',
        'Look up on which chains the contract was deployed, and compare the whole address.',
        'If it is not meant to be on {chain}, take that chain out of what is checked for this account.',
      ],
      links: ['safety'],
    },
    'another-contract': {
      message: '{account} is meant to be a Safe account, and the contract at this address on {chain} is none.',
      steps: [
        'Confirm no transaction for this account until it is clear which contract this is.',
        'Compare the whole address with the one that the Safe app shows for {chain}.',
        'If the contract is the right one, correct what the account is said to be.',
      ],
      links: ['safety'],
    },
    contract: {
      message:
        '{account} is meant to be an account with a key of its own, and there is a contract at this address on {chain}.',
      steps: [
        'Compare the whole address with the one that your wallet shows for this account.',
        'Send nothing to it until it is clear what the contract does.',
        'If the contract is the right one, correct what the account is said to be.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
