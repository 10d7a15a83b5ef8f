import type { RuleText } from '../../src/rule.ts'

const steps = [
  'Do not trust the balances and transactions that a wallet on this endpoint shows: they are as old as its newest block.',
  'In MetaMask, open the settings of this network and choose another RPC URL.',
  'Run this check again with the new URL.',
] as const

export default {
  title: 'The endpoint is behind the chain',
  decides:
    'The newest block of the endpoint is older than three block times and than a minute, or the node says that it is still syncing. Where the block time is not known, up to 15 minutes are only possibly too old.',
  why: 'A wallet on such an endpoint shows old balances, misses new transactions and proposes wrong nonces and fees.',
  messages: {
    old: {
      message: 'The newest block that {host} knows is {block}, made {age} before this check ({blockTime}).',
      steps,
      links: ['configure'],
    },
    syncing: {
      message: '{host} says that it is still syncing; its newest block is {block} ({blockTime}).',
      steps,
      links: ['configure'],
    },
  },
} as const satisfies RuleText
