/** Which lists of sanctioned addresses may be used, and what the account had to do with those that they name. */
import type { Address } from 'viem'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { AccountFacts, ProvenParty, ProvenTransfer, TransferFacts } from '../core/facts.ts'
import type { Unread } from '../core/rule.ts'
import { value } from '../core/value.ts'
import { transfersOf } from './party-transfers.ts'

type List = TransferFacts['sanctions'][number]
type Usable = { readonly name: string; readonly date: string }
type Age = {
  /** Unix seconds, by our clock. */
  readonly now: number
  readonly maximumDays: number
}

const secondsPerDay = 86_400
/** The addresses of a mixer, most of those there were, left the list of the United States on this day. Lists up to it are wrong for good. */
const largestDelisting = '2025-03-21'

export class SanctionsListOldError extends CheckupError {
  constructor(list: string, { date, days }: { readonly date: string; readonly days: number }) {
    super('sanctions-list-old', {
      message: `The list ${list} of ${date} is ${days} days old and was not used: addresses are taken off such lists, and added.`,
      data: { list: value.text(list), date: value.text(date), days: value.count(days) },
      hints: ['Give a newer list.'],
    })
  }
}

export class SanctionsListUndatedError extends CheckupError {
  constructor(list: string) {
    super('sanctions-list-undated', {
      message: `The list ${list} was not used: it does not say of which day it is.`,
      data: { list: value.text(list) },
      hints: ['Write the day of its data into it, as in: # date: YYYY-MM-DD'],
    })
  }
}

export class SanctionsListFutureError extends CheckupError {
  constructor(list: string, date: string) {
    super('sanctions-list-future', {
      message: `The list ${list} was not used: the day that it says it is of, ${date}, is still to come.`,
      data: { list: value.text(list), date: value.text(date) },
      hints: ['Correct the day of its data in it, as in: # date: YYYY-MM-DD'],
    })
  }
}

/** The lists that were not used, each with its reason: without a date, from the future, or too old. */
export function unusedLists(lists: readonly List[], age: Age): readonly Unread<'transfers'>[] {
  return lists.flatMap((list) => {
    const error = whyUnused(list, age)
    return error === null ? [] : { fact: 'transfers', about: 'sanctions-list', error: toFactError(error) }
  })
}

/** Lists by the name that parties have. Of two with one name it is not known which of them names somebody: both must be usable. */
export function usableLists(lists: readonly List[], age: Age): ReadonlyMap<string, Usable> {
  const unusable = new Set(lists.filter((list) => whyUnused(list, age) !== null).map(({ name }) => name))
  const usable = lists.flatMap(({ name, date }) => (date === null || unusable.has(name) ? [] : { name, date }))
  return new Map(usable.map((list) => [list.name, list]))
}

function whyUnused({ name, date }: List, { now, maximumDays }: Age): CheckupError | null {
  const days = date === null ? Number.NaN : Math.floor((now - Date.parse(`${date}T00:00:00Z`) / 1000) / secondsPerDay)
  // A day ahead is still today somewhere.
  if (date === null || Number.isNaN(days)) return new SanctionsListUndatedError(name)
  if (days < -1) return new SanctionsListFutureError(name, date)
  return days > maximumDays || date <= largestDelisting ? new SanctionsListOldError(name, { date, days }) : null
}

/** `maybe-sent`: others send for the account, and an event says that it sent something. `received`: nobody can refuse that. */
type Dealing = {
  readonly kind: 'sent' | 'maybe-sent' | 'received'
  /** Those that say so; empty where a transaction of the account does. */
  readonly transfers: readonly ProvenTransfer[]
}

/** null when only events that anybody can make speak of it. */
export function dealingWith(party: ProvenParty, account: AccountFacts): Dealing | null {
  const { address, sent, received, called } = party
  const claims = transfersOf(party, 'claimedSent').toReversed()
  const own = claims.find(({ sender }) => isSame(sender, account.address))
  const believed = own ?? (account.code.kind === 'none' ? undefined : claims[0])
  const theirs = transfersOf(party, 'claimedReceived').find(
    ({ sender, amount }) => isSame(sender, address) && amount !== 0n,
  )
  const gone = [sent, believed ?? null].filter((transfer) => transfer !== null)
  const came = [received, theirs ?? null].filter((transfer) => transfer !== null)
  const transfers = [...gone, ...came]
  if (called !== null || sent !== null || own !== undefined) return { kind: 'sent', transfers }
  if (transfers.length === 0) return null
  return { kind: gone.length > 0 ? 'maybe-sent' : 'received', transfers }
}

/** Whether one that was not kept of the many events that name it may be a dealing, or a graver one. */
export function mayHideDealing(party: ProvenParty, account: AccountFacts): boolean {
  const kind = dealingWith(party, account)?.kind ?? null
  const places = (party.gaps ?? []).map(({ place }) => place)
  if (kind === 'sent') return false
  const isOfAccount = account.code.kind !== 'contract' && places.includes('claimedSent')
  return isOfAccount || (kind === null && places.includes('claimedReceived'))
}

function isSame(one: Address | null | undefined, other: Address): boolean {
  return one?.toLowerCase() === other.toLowerCase()
}
