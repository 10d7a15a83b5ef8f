import { dataFeeOf, defineRule, olderUnread, value, z } from '../../src/rule.ts'
import { blockData } from './block-data.ts'
import { overpaymentOf } from './comparison.ts'
import en from './en.ts'
import ja from './ja.ts'

const secondsPerDay = 86_400
const times = z.number().min(1)

export default defineRule({
  id: 'overpaid-gas',
  severity: 'medium',
  confidence: 'certain',
  needs: ['chain', 'account', 'activity'],
  text: { en, ja },
  options: z.object({
    priceTimes: times.default(1.5).describe('How many times the 90th percentile of its block a gas price may be.'),
    tipTimes: times.default(10).describe('How many times the median tip of its block a tip may be.'),
    baseFeeTimes: times
      .default(10)
      .describe('How many times the base fee a gas price may be when its block offers no other comparison.'),
    // About a dollar in ether: below it, a tip far above a median of next to nothing is no loss worth a warning.
    leastExtraWei: z.coerce
      .string()
      .regex(/^\d+$/)
      .default('500000000000000')
      .describe(
        'An overpayment in wei (decimal digits) up to which nothing is reported; raise it where the coin is cheap.',
      ),
    maximumAgeDays: z.number().positive().default(90).describe('How many days back an overpayment is still reported.'),
  }),
  reliesOn: ({ about }) => about === 'activity' || about === 'block-fees',
  unread: ({ chain, activity }, { maximumAgeDays }) => {
    const unread = olderUnread(activity, chain.block.timestamp - maximumAgeDays * secondsPerDay)
    return unread === null ? [] : [unread]
  },
  // A contract account sends no transactions of its own: nothing was looked at.
  applies: ({ account }) => account.code.kind !== 'contract',
  judge: ({ chain, activity }, { maximumAgeDays, ...limits }) => {
    const oldest = chain.block.timestamp - maximumAgeDays * secondsPerDay
    return activity.transactions.flatMap((transaction) => {
      const overpayment = transaction.timestamp < oldest ? null : overpaymentOf(transaction, limits)
      if (overpayment === null) return []
      const { hash, block, timestamp, effectiveGasPrice } = transaction
      const { kind, reference, extra } = overpayment
      return {
        messageId: kind,
        subject: { kind: 'transaction', hash },
        data: {
          hash: value.hash(hash),
          time: value.time(timestamp),
          paid: value.gasPrice(effectiveGasPrice),
          reference: value.gasPrice(reference),
          times: value.ratio(Number((effectiveGasPrice * 100n) / (reference === 0n ? 1n : reference)) / 100),
          extra: value.native(extra, chain.coin),
          data: value.native(dataFeeOf(transaction), chain.coin),
          ...blockData(transaction, overpayment.blockFees, chain.coin),
        },
        evidence: [
          { kind: 'transaction', hash, block: String(block) },
          { kind: 'read', method: 'eth_getTransactionReceipt', block: String(block), value: String(effectiveGasPrice) },
          { kind: 'read', method: 'eth_feeHistory', block: String(block), value: String(reference) },
        ],
        ...(kind === 'above-base-fee' && { confidence: 'likely' }),
      } as const
    })
  },
})
