/** What a time cost in fees, as far as its transactions were read. */
import { type FactMap, type Missing, type OwnTransaction, olderUnread, paidFee, type Unread } from '../../src/rule.ts'

const secondsPerDay = 86_400

export type Spending = {
  readonly windowSeconds: number
  readonly recent: readonly OwnTransaction[]
  /** Wei. The least that was spent where older transactions are unread. */
  readonly total: bigint
  readonly unread: Unread<'activity'> | null
}

export function spendingOf({ chain, activity }: Pick<FactMap, 'chain' | 'activity'>, windowDays: number): Spending {
  const windowSeconds = windowDays * secondsPerDay
  const oldest = chain.block.timestamp - windowSeconds
  const recent = activity.transactions.filter(({ timestamp }) => timestamp >= oldest)
  const total = recent.reduce((sum, transaction) => sum + paidFee(transaction), 0n)
  return { windowSeconds, recent, total, unread: olderUnread(activity, oldest) }
}

/** What others paid, and why a call failed, is not part of what was spent. */
export function isOfActivity({ about }: Missing): boolean {
  return about === 'activity'
}
