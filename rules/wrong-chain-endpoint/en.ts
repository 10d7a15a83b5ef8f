import type { RuleText } from '../../src/rule.ts'

export default {
  title: 'The endpoint serves another chain',
  decides: 'The chain ID that the endpoint answers differs from that of the chain asked for.',
  why: 'A wallet on such an endpoint shows the balances of another chain, and a transaction signed there can fail or do something other than shown.',
  messages: {
    'other-chain': {
      message:
        '{host} answers with chain ID {actualId} ({actualName}), but {expectedName} (chain ID {expectedId}) was asked for. Nothing else was checked.',
      steps: [
        'Sign and send nothing through {host} until this is solved.',
        'If you meant {actualName}, run this check again with chain ID {actualId}.',
        'If you meant {expectedName}, run this check again with an RPC URL of {expectedName}.',
        'If MetaMask uses this endpoint too, open the settings of that network and make the RPC URL and the chain ID belong together: {expectedName} has chain ID {expectedId}.',
      ],
      links: ['configure'],
    },
  },
} as const satisfies RuleText
