import type { RuleText } from '../../src/rule.ts'

export default {
  title: 'This account looks unused here',
  decides: 'The account has no coins, no tokens and no transaction of its own on this chain.',
  why: 'Where assets are expected, they are most likely on another chain or under another address; nothing is lost by that.',
  messages: {
    empty: {
      message:
        '{account} holds no {coin} and none of the tokens that were looked for on {chain} (chain ID {chainId}), and has never sent a transaction there.',
      steps: [
        'Compare the whole address, not only its ends, with the one that your wallet shows for this account.',
        'Find out on which chain the assets were: open the transfer in your wallet or ask the sender for its chain and hash.',
        'Run this check again with that chain. The same address can hold different assets on every chain.',
      ],
      links: ['tokens'],
    },
  },
} as const satisfies RuleText
