import type { RuleText } from '../../src/rule.ts'

const compared =
  'The gas prices of its block were {p10}, {p50} and {p90} at the 10th, 50th and 90th percentile. Its tip was {tip}, and the median tip of the block {medianTip}. It used {gasUsed} of the {gasLimit} gas it was allowed ({used}%), and only what is used is charged.'
const atMarket = '{compared, select, yes { At the median tip of that block it would have cost {market}.} other {}}'

const steps = [
  'For the next transaction, leave the gas fee in MetaMask at Market: it is enough to be mined soon.',
  'In the advanced gas settings of MetaMask, look for a saved default fee. If there is one that you do not need, remove it.',
  'Before you confirm, compare a fee that a site proposes with Market, and change it where it is far above.',
] as const

export default {
  title: 'A transaction paid far more for gas than needed',
  decides:
    'The gas price of a transaction of the last 90 days is above 1.5 times the 90th percentile of its block, its tip is above 10 times the median tip there, or, where the block shows no other price, its gas price is above 10 times the base fee. Up to 0.0005 of the coin paid too much is left out. Without --history, only the newest 300 of them are looked at.',
  why: 'What was paid too much is not paid back. A saved or proposed fee that is too high is charged again each time.',
  messages: {
    'above-block': {
      message: `The transaction {hash} ({time}) paid {paid} for gas, {times} times what nine in ten in its block paid at most ({reference}). About {extra} of its fee of {fee} was not needed.${atMarket} ${compared}`,
      steps,
      links: ['gas'],
    },
    'high-tip': {
      message: `The transaction {hash} ({time}) paid {paid} for gas because of its priority fee; with the median tip of its block it would have paid {reference}. About {extra} of its fee of {fee} was not needed.${atMarket} ${compared}`,
      steps,
      links: ['gas'],
    },
    'above-base-fee': {
      message: `The transaction {hash} ({time}) paid {paid} for gas, {times} times the base fee of its block ({reference}); the block shows no other price to compare it with. Up to {extra} of its fee of {fee} was likely not needed.${atMarket} ${compared}`,
      steps,
      links: ['gas'],
    },
  },
} as const satisfies RuleText
