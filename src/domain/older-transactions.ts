/** Where the reading of own transactions ended. Of a busy account only the newest are looked for. */
import { CheckupError, toFactError } from '../core/errors.ts'
import type { ActivityFacts } from '../core/facts.ts'
import type { Unread } from '../core/rule.ts'
import { value } from '../core/value.ts'

/** Older transactions than those that were looked for may belong to the time that a rule judges. */
export class OlderTransactionsUnreadError extends CheckupError {
  constructor(count: number) {
    super('older-transactions-unread', {
      message: `Only the newest ${count} transactions of the account were looked for; older ones may belong to the same days.`,
      data: { count: value.count(count) },
      hints: ['Judge a shorter time.'],
    })
  }
}

/** The search began later than the time that a rule judges. */
export class HistoryStartsLaterError extends CheckupError {
  constructor(since: number) {
    super('history-starts-later', {
      message: 'Only later transactions were looked for than those that the check judges.',
      data: { since: value.time(since) },
      hints: ['Ask for more days with --history.'],
    })
  }
}

/**
 * Whether transactions since then (Unix seconds) may exist that nobody looked for: then that part of the fact, else null.
 * The oldest one that was read shares its block's time with others.
 */
export function olderUnread(activity: ActivityFacts, since: number): Unread<'activity'> | null {
  const { transactions, nonceRange, since: readSince = null } = activity
  if (readSince !== null) return readSince <= since ? null : unread(new HistoryStartsLaterError(readSince))
  if (nonceRange === null || nonceRange.from === 0) return null
  if (transactions.some(({ timestamp }) => timestamp < since)) return null
  return unread(new OlderTransactionsUnreadError(nonceRange.to - nonceRange.from + 1))
}

function unread(error: CheckupError): Unread<'activity'> {
  return { fact: 'activity', about: 'activity', error: toFactError(error) }
}
