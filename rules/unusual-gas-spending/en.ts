import type { RuleText } from '../../src/rule.ts'
import { groupList } from './breakdown.ts'
import { costliestList } from './costliest.ts'

const least = '{bound, select, least {at least } other {}}'
const list = costliestList('; ', (n) => `{transaction${n}}: {fee${n}} ({gas${n}} gas at {price${n}})`)

const groups = groupList(
  '; ',
  (n) =>
    `{kind${n}, select, creation {new contracts} transfer {plain transfers to {callee${n}}} other {method {method${n}} of {callee${n}}}}: {spent${n}} ({times${n}, plural, one {# transaction} other {# transactions}})`,
)
const market =
  '{compared, plural, =0 {} one { At the middle tip of its block, the one whose block fees are known would have cost {atMarket} instead of {comparedFees}.} other { At the middle tip of their blocks, the # whose block fees are known would have cost {atMarket} instead of {comparedFees}.}}'

const steps = [
  `Look at the costliest ones {bound, select, least {that were read} other {of that time}}: ${list}. A high price means a high fee setting or a busy chain; much gas means a large operation.${market}`,
  `Look at where it went, costliest first: ${groups}. The costliest day began at {costliestDay}: {dayFees}.`,
  'Ask yourself whether you sent each of them. If there is one that you neither sent nor confirmed, somebody else has the key of this account. Then send no coins here. Make a new account with a new Secret Recovery Phrase, in a wallet on a device that you trust, and move what is left to it.',
  'Where the price was high, leave the gas fee in MetaMask at Market and, if it can wait, send when fees are lower.',
] as const

export default {
  title: 'More was spent on gas than usual',
  decides:
    'A fee of the newest days is far above what the account usually pays (median and median deviation of at least 10 transactions), or the fees of those days add up to more than a set limit.',
  why: 'An unusual fee can come from a wrong setting, a costly contract, or transactions that the owner did not send.',
  messages: {
    'above-habit': {
      message: `In the last {window}, {unusual} of ${least}{transactions, plural, one {# transaction} other {# transactions}} cost far more than the usual {usual}; the fees add up to ${least}{total}.`,
      steps,
      links: ['gas'],
    },
    'above-limit': {
      message: `In the last {window}, ${least}{transactions, plural, one {# transaction} other {# transactions}} cost ${least}{total} in fees, more than the set limit of {limit}.`,
      steps,
      links: ['gas'],
    },
  },
} as const satisfies RuleText
