import type { RuleText } from '../../src/rule.ts'

const steps = [
  'Sign and send nothing through {first} or {second} until it is clear which of them is right.',
  'Run this check again with a third endpoint in the place of one of them. The one that differs again is the wrong one.',
  'If MetaMask uses the wrong one, open the settings of that network and choose another RPC URL.',
] as const

export default {
  title: 'Two endpoints do not say the same',
  decides:
    'A second endpoint was given, and it has another block at the same number, another balance, nonce or code of the account at that block, or its newest block and that of the first are more than five block times and than a minute apart.',
  why: 'Two honest nodes of one chain answer alike. Where they do not, one of them is behind, follows a fork, or gives wrong answers, and a wallet that uses it shows wrong things.',
  messages: {
    block: {
      message:
        'At block {block}, {first} has the hash {firstHash} and {second} has {secondHash}. They follow different chains.',
      steps,
      links: ['configure'],
    },
    state: {
      message:
        '{first} and {second} have the same block {block}, and answer differently about the account.{hasBalance, select, yes { Balance: {firstBalance} at the first, {secondBalance} at the second.} other {}}{hasNonce, select, yes { Nonce: {firstNonce} at the first, {secondNonce} at the second.} other {}}{hasCode, select, yes { Code: {firstCode} at the first, {secondCode} at the second.} other {}}',
      steps,
      links: ['configure'],
    },
    head: {
      message:
        '{behind} is behind {ahead}: its newest block is {oldBlock}, made {age} before block {newBlock}, the newest of the other.',
      steps: [
        'Do not trust the balances and transactions that a wallet on {behind} shows: they are as old as its newest block.',
        'If MetaMask uses {behind}, open the settings of that network and choose another RPC URL.',
        'Run this check again.',
      ],
      links: ['configure'],
    },
  },
} as const satisfies RuleText
