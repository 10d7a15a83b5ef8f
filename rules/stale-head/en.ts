import type { RuleText } from '../../src/rule.ts'

const steps = [
  'Do not trust the balances and transactions that a wallet on this endpoint shows: they are as old as its newest block.',
  'In MetaMask, open the settings of this network and choose another RPC URL.',
  'Run this check again with the new URL.',
] as const

export default {
  title: 'The endpoint is behind the chain',
  decides:
    'The newest block of the endpoint is older than three block times and than a minute, or the node says that it is still syncing. Where the block time is not known, up to 15 minutes are only possibly too old. On a development chain an old head weighs little.',
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
    development: {
      title: 'The development chain has made no block for a while',
      why: 'A chain for tests often makes a block only when there is a transaction to put into it. Then the age of its newest block says nothing.',
      message:
        'The newest block that {host} knows is {block}, made {age} before this check ({blockTime}). A development chain may make no block until there is a transaction for it.',
      steps: [
        'If this is a chain of your own for tests, nothing needs to be done.',
        'If you expected blocks at regular times, look whether the node behind {host} still makes them.',
        'If you meant a public chain, run this check again with an RPC URL of that chain.',
      ],
      links: ['configure'],
    },
  },
} as const satisfies RuleText
