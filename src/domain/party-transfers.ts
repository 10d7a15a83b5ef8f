/** All transfers of one kind that were kept of somebody whom the account sent to or got from. */
import { CheckupError, toFactError } from '../core/errors.ts'
import type { ProvenParty, ProvenTransfer, TransferPlace } from '../core/facts.ts'
import type { Unread } from '../core/rule.ts'
import { newestFirst } from './newest-logs.ts'

/** The newest first. */
export function transfersOf(party: ProvenParty, place: TransferPlace): readonly ProvenTransfer[] {
  const first = party[place]
  return newestFirst([...(first === null ? [] : [first]), ...(party.more ?? []).filter((each) => each.place === place)])
}

/** For the rules that one of the transfers which were not kept may concern. */
export function unreadTransfers(): Unread<'transfers'> {
  return { fact: 'transfers', about: 'transfers', error: toFactError(new TransfersLeftOutError()) }
}

class TransfersLeftOutError extends CheckupError {
  constructor() {
    super('transfers-left-out', {
      message: 'So many events name one address that only the oldest and the newest of them were looked at.',
    })
  }
}
