/** Events that announce a grant which state denies: who sent them says whether the account ever gave it. */
import type { Address, Hex } from 'viem'
import { CheckupError, toFactError } from '../../core/errors.ts'
import type { LogFacts } from '../../core/facts.ts'
import { value } from '../../core/value.ts'
import { isLater } from '../../domain/newest-logs.ts'
import { address, fields } from '../../domain/rpc-reply.ts'
import type { Attempt } from '../attempt.ts'
import { type Candidate, zeroAddress } from './calls.ts'
import { areLogsComplete } from './guesses.ts'
import type { Settled } from './verify.ts'

/** Each costs a request. Of more, the newest are looked at. */
const mostRead = 500

/**
 * Says of a candidate that state denies whether nothing that was read explains it: no event ended it, and nothing of its contract
 * left the account since. With logs missing, something may.
 */
export function unexplainedIn(logs: LogFacts): (candidate: Candidate) => boolean {
  const { sent } = logs
  if (sent === undefined || !areLogsComplete(logs)) return () => false
  const left = new Map(sent.map(({ contract, log }) => [contract, log]))
  return ({ kind, contract, spender, log, isEnd }) => {
    // Permit2's grants end by themselves.
    if (log === null || isEnd === true || kind === 'permit2' || spender === zeroAddress) return false
    const last = left.get(contract)
    return last === undefined || isLater(log, last)
  }
}

/** The transactions of the newest of them. */
export function baitTransactions(unexplained: readonly Candidate[]): readonly Hex[] {
  const logs = unexplained.flatMap(({ log }) => log ?? [])
  const newest = logs.toSorted((one, other) => (isLater(one, other) ? -1 : 1))
  return [...new Set(newest.map(({ transaction }) => transaction))].slice(0, mostRead)
}

/** What an event that state denies is, by who sent its transaction. */
export function settleBait(
  { contract, log }: Candidate,
  { transactions, owner }: { readonly transactions: ReadonlyMap<Hex, Attempt>; readonly owner: Address },
): Settled {
  const transaction = log === null ? undefined : transactions.get(log.transaction)
  if (transaction?.status !== 'answered') {
    const error = transaction?.error ?? toFactError(new BaitUnreadError())
    return { status: 'failed', missing: { about: 'unsolicited-event', contract, error } }
  }
  const sender = address(fields(transaction.reply, 'eth_getTransactionByHash').from, 'the sender of a transaction')
  return sender.toLowerCase() === owner.toLowerCase() ? { status: 'ended' } : { status: 'unsolicited', sender }
}

class BaitUnreadError extends CheckupError {
  constructor() {
    super('bait-unread', {
      message: `Who sent an approval event that state denies was read of the newest ${mostRead} transactions only.`,
      data: { count: value.count(mostRead) },
    })
  }
}
