/** How much of an account's own past can be asked for. */

/** More days than any chain has. */
export const mostHistoryDays = 10_000

/** The newest transactions that are read of any time, however long: of `'all'` too. */
export const mostHistoryTransactions = 10_000

/** Whole days, from 1 on. */
export function isHistoryDays(days: unknown): days is number {
  return typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= mostHistoryDays
}
