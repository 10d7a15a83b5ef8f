import {
  defineRule,
  type Evidence,
  habitOf,
  type Missing,
  type OwnTransaction,
  paidFee,
  value,
  z,
} from '../../src/rule.ts'
import { costliestData, costliestOf } from './costliest.ts'
import en from './en.ts'
import ja from './ja.ts'

const secondsPerDay = 86_400

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
  judge: ({ chain, activity }, { windowDays, leastTransactions, deviations, leastTimes, limitWei }) => {
    const { transactions } = activity
    const oldest = chain.block.timestamp - windowDays * secondsPerDay
    const recent = transactions.filter(({ timestamp }) => timestamp >= oldest)
    const total = recent.reduce((sum, transaction) => sum + paidFee(transaction), 0n)
    const isOverLimit = limitWei !== null && total > BigInt(limitWei)
    const habit =
      transactions.length < leastTransactions ? null : habitOf(transactions.map(paidFee), deviations, leastTimes)
    const unusual = recent.filter((transaction) => habit !== null && paidFee(transaction) > habit.limit)
    const [costliest, ...others] = costliestOf(recent)
    if (costliest === undefined || (!isOverLimit && unusual.length === 0)) return []
    return [
      {
        messageId: isOverLimit ? 'above-limit' : 'above-habit',
        subject: { kind: 'account' },
        data: {
          window: value.seconds(windowDays * secondsPerDay),
          transactions: value.count(recent.length),
          unusual: value.count(unusual.length),
          total: value.native(total, chain.coin),
          limit: value.native(BigInt(limitWei ?? 0), chain.coin),
          usual: value.native(habit?.usual ?? 0n, chain.coin),
          ...costliestData([costliest, ...others], chain.coin),
        },
        evidence: [seenIn(costliest), ...others.map(seenIn)],
        ...(isOverLimit && { confidence: 'certain' }),
      },
    ]
  },
})

/** What others paid, and why a call failed, is not part of what was spent. */
function isOfActivity({ about }: Missing): boolean {
  return about === 'activity'
}

function seenIn({ hash, block }: OwnTransaction): Evidence {
  return { kind: 'transaction', hash, block: String(block) }
}
