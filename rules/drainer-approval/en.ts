import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en

const text = {
  message: `${reach}. The list “{list}” ({listDate}) names this address as a drainer{listing, select, named {: {incident}} other {}}.`,
  steps: [
    `Do this first, before anything else with this account. ${revoke}`,
    confirm,
    'If you signed anything on a site that you do not trust, move what is left to a new account after that, the most valuable first.',
    'Believe no recovery service and nobody who contacts you first: a transfer cannot be reversed.',
  ],
  links: ['safety'],
} as const

export default {
  title: 'A listed drainer may take what this account holds',
  decides:
    'A live allowance, NFT approval, operator or Permit2 grant names a spender that a threat list calls a drainer on this chain. Contracts that everybody uses outrank the lists.',
  why: 'The address on the list can take what the grant covers at any moment, also what arrives later, and asks nobody again.',
  messages: { erc20: text, nft: text, operator: text, permit2: text },
} as const satisfies RuleText
