/** Of all events of one grant: the newest, and the one by which it was given. Events arrive in any order. */
import type { ApprovalEvent, LogRef } from '../core/facts.ts'
import type { NamedGrant } from './approval-shapes.ts'
import { isAfter, isLater, type LogEntry, refOf } from './newest-logs.ts'

type Seen = {
  readonly log: LogEntry
  /** The same transaction moves the token: the event may only say what is left. */
  readonly isUse: boolean
  /** It says that nothing is left, or that the grant is over. */
  readonly isEnd: boolean
}
type Kept = Omit<Seen, 'log'> & { readonly ref: LogRef }

export type GrantHistory = {
  /** As the newest event names it: an item's newest approval replaces the spender of older ones. */
  readonly grant: NamedGrant
  readonly newest: Kept
  readonly oldest: Kept
  /** The newest that is no use; null when there is none. */
  readonly decided: Kept | null
}

export function addToHistory(history: GrantHistory | undefined, grant: NamedGrant, seen: Seen): GrantHistory {
  const { log, isUse, isEnd } = seen
  const kept = { ref: refOf(log), isUse, isEnd }
  if (history === undefined) return { grant, newest: kept, oldest: kept, decided: isUse ? null : kept }
  const { newest, oldest, decided } = history
  const isNewest = isAfter(log, newest.ref)
  return {
    grant: isNewest ? grant : history.grant,
    newest: isNewest ? kept : newest,
    oldest: isAfter(log, oldest.ref) ? oldest : kept,
    decided: !isUse && (decided === null || isAfter(log, decided.ref)) ? kept : decided,
  }
}

export function toEvent({ grant, newest, oldest, decided }: GrantHistory): ApprovalEvent {
  const given = givenBy({ newest, oldest, decided })
  return {
    ...grant,
    log: newest.ref,
    // The same log may come twice.
    ...(isLater(newest.ref, given.ref) && { given: given.ref }),
    ...(given.isUse && { isUse: true }),
    ...(newest.isEnd && { isEnd: true }),
  }
}

/**
 * What was decided last gave it. Where that ended it, or where nothing but uses is known, some use gave it in its own
 * transaction, as a permit with a transfer right after it does.
 */
function givenBy({ newest, oldest, decided }: Omit<GrantHistory, 'grant'>): Kept {
  if (decided === null) return oldest
  return decided.isEnd ? newest : decided
}
