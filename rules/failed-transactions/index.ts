import { defineRule, type Missing, type OwnTransaction, olderUnread, paidFee, value, z } from '../../src/rule.ts'
import { causeOf, reasonData } from './cause.ts'
import en from './en.ts'
import ja from './ja.ts'
import { moreGas, triedWithMoreGas } from './more-gas.ts'

const secondsPerDay = 86_400

export default defineRule({
  id: 'failed-transactions',
  severity: 'medium',
  confidence: 'certain',
  needs: ['chain', 'account', 'activity'],
  text: { en, ja },
  options: z.object({
    maximumAgeDays: z.number().positive().default(90).describe('How many days back a failure is still reported.'),
    outOfGasPercent: z
      .int()
      .positive()
      .default(98)
      .describe('The percentage of its gas limit from which a failed transaction counts as out of gas.'),
  }),
  reliesOn: ({ about }) => about === 'activity',
  unread: ({ chain, activity }, { maximumAgeDays }) => {
    const unread = olderUnread(activity, chain.block.timestamp - maximumAgeDays * secondsPerDay)
    return unread === null ? [] : [unread]
  },
  // A contract account sends no transactions of its own: nothing was looked at.
  applies: ({ account }) => account.code.kind !== 'contract',
  judge: ({ chain, activity }, { maximumAgeDays, outOfGasPercent }) => {
    const oldest = chain.block.timestamp - maximumAgeDays * secondsPerDay
    const failed = activity.transactions.filter(({ succeeded, timestamp }) => !succeeded && timestamp >= oldest)
    return failed.map((transaction) => {
      const cause = causeOf(transaction, BigInt(outOfGasPercent))
      const { newGasLimit, room } = moreGas(transaction, chain)
      const isProven = transaction.withMoreGas === 'succeeds'
      const isUnread =
        transaction.isReasonUnread ?? activity.missing.some((missing) => isReasonOf(missing, transaction))
      return {
        messageId: cause === 'out-of-gas' && room === 'none' ? 'gas-cap' : cause,
        subject: { kind: 'transaction', hash: transaction.hash },
        data: {
          hash: value.hash(transaction.hash),
          time: value.time(transaction.timestamp),
          fee: value.native(paidFee(transaction), chain.coin),
          gasUsed: value.text(String(transaction.gasUsed)),
          gasLimit: value.text(String(transaction.gasLimit)),
          newGasLimit: value.text(String(newGasLimit)),
          room: value.keyword(room),
          replay: value.keyword(isProven ? 'proven' : isUnread ? 'unread' : 'read'),
          ...reasonData(transaction),
        },
        evidence: [
          { kind: 'transaction', hash: transaction.hash, block: String(transaction.block) },
          {
            kind: 'read',
            method: 'eth_getTransactionReceipt',
            block: String(transaction.block),
            value: `status 0, gasUsed ${transaction.gasUsed}`,
          },
          ...triedWithMoreGas(transaction),
        ],
        // An operation that takes all gas on purpose looks the same from outside.
        ...(cause === 'out-of-gas' && !isProven && { confidence: isUnread ? 'possible' : 'likely' }),
        // Others changed the state between the call and the one that was made again.
        ...(transaction.replayedAt === 'after' && { confidence: 'likely' }),
      } as const
    })
  },
})

/** Whether this says that the call could not be replayed: older facts files name the newest such transaction only. */
function isReasonOf({ about, error }: Missing, { hash }: OwnTransaction): boolean {
  return about === 'revert-reason' && error.data.transaction?.value === hash
}
