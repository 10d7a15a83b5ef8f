import { defineRule, type Evidence, habitOf, type OwnTransaction, paidFee, value, z } from '../../src/rule.ts'
import { breakdownData } from './breakdown.ts'
import { costliestData, costliestOf } from './costliest.ts'
import en from './en.ts'
import ja from './ja.ts'
import { isOfActivity, spendingOf } from './spending.ts'

export default defineRule({
  id: 'unusual-gas-spending',
  severity: 'medium',
  confidence: 'likely',
  needs: ['chain', 'account', 'activity'],
  text: { en, ja },
  options: z.object({
    windowDays: z.number().positive().default(7).describe('The newest days whose fees are judged.'),
    leastTransactions: z.int().positive().default(10).describe('How many transactions make a habit.'),
    deviations: z
      .number()
      .positive()
      .default(6)
      .describe('How many standard deviations above its median a fee may be.'),
    leastTimes: z.number().min(1).default(10).describe('How many times the median fee are never called unusual.'),
    limitWei: z.coerce
      .string()
      .regex(/^\d+$/)
      .nullable()
      .default(null)
      .describe('The most wei (decimal digits) that fees may take in the window; null for no limit.'),
  }),
  reliesOn: isOfActivity,
  // A contract account sends no transactions of its own: nothing was looked at.
  applies: ({ account, activity }, { leastTransactions, limitWei }) =>
    account.code.kind !== 'contract' &&
    (limitWei !== null || activity.transactions.length >= leastTransactions || activity.missing.some(isOfActivity)),
  // A total above the limit needs no older transaction; one below it proves nothing without them.
  unread: (facts, { windowDays, limitWei }) => {
    const { total, unread } = spendingOf(facts, windowDays)
    return limitWei === null || unread === null || total > BigInt(limitWei) ? [] : [unread]
  },
  judge: ({ chain, activity }, { windowDays, leastTransactions, deviations, leastTimes, limitWei }) => {
    const { windowSeconds, recent, total, unread } = spendingOf({ chain, activity }, windowDays)
    const fees = activity.transactions.map(paidFee)
    const isOverLimit = limitWei !== null && total > BigInt(limitWei)
    const habit = fees.length < leastTransactions ? null : habitOf(fees, deviations, leastTimes)
    const unusual = recent.filter((transaction) => habit !== null && paidFee(transaction) > habit.limit)
    const [costliest, ...others] = costliestOf(recent)
    if (costliest === undefined || (!isOverLimit && unusual.length === 0)) return []
    return [
      {
        messageId: isOverLimit ? 'above-limit' : 'above-habit',
        subject: { kind: 'account' },
        data: {
          window: value.seconds(windowSeconds),
          bound: value.keyword(unread === null ? 'exact' : 'least'),
          transactions: value.count(recent.length),
          unusual: value.count(unusual.length),
          total: value.native(total, chain.coin),
          limit: value.native(BigInt(limitWei ?? 0), chain.coin),
          usual: value.native(habit?.usual ?? 0n, chain.coin),
          ...costliestData([costliest, ...others], chain.coin),
          ...breakdownData(recent, chain.coin),
        },
        evidence: [seenIn(costliest), ...others.map(seenIn)],
        ...(isOverLimit && { confidence: 'certain' }),
      },
    ]
  },
})

function seenIn({ hash, block }: OwnTransaction): Evidence {
  return { kind: 'transaction', hash, block: String(block) }
}
