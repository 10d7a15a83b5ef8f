/** What a suppression says, and the same as the data of the notices about it: by these a later command knows which one was meant. */
import type { Place } from '../core/report.ts'
import { type FindingData, value } from '../core/value.ts'

/** All that is given must fit. Addresses in any spelling. */
export type Suppression = {
  readonly rule: string
  /** The account's label, address or ENS name. Without one, a critical finding is never suppressed. */
  readonly account?: string
  readonly chain?: number
  /** The token or the collection of the finding's subject. */
  readonly token?: string
  /** The spender or the operator. */
  readonly spender?: string
  /** Any other fields of the subject. Of a `hash`, 34 characters from its beginning are enough: a whole one looks like a private key. */
  readonly subject?: Readonly<Record<string, string>>
  readonly reason: string
  /** The last day it holds, UTC: YYYY-MM-DD. */
  readonly expires: string
  /** It holds only as long as this is so. `maxAllowance`: in the token's smallest unit, decimal. */
  readonly while?: { readonly maxAllowance?: string }
  readonly declaredAt?: Place
}

/** An account on a chain that somebody watches, as they name it. */
export type WatchedAccount = {
  /** 0x and 40 hex digits in any spelling, or an ENS name. */
  readonly account: string
  readonly label?: string
  readonly chainId: number
}

/** Whether it may be for this account: nobody is asked which address a name has. */
export function mayBeFor({ account, chain }: Suppression, watched: WatchedAccount): boolean {
  if (chain !== undefined && chain !== watched.chainId) return false
  if (account === undefined || account === watched.label || isSameWord(account, watched.account)) return true
  return isAddress(account) && !isAddress(watched.account)
}

export function isSameWord(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function isAddress(text: string): boolean {
  return /^0x[0-9a-f]{40}$/i.test(text)
}

/** Whether its last day is over. @param now Unix milliseconds */
export function isExpired({ expires }: Pick<Suppression, 'expires'>, now: number): boolean {
  return now >= Date.parse(expires) + 86_400_000
}

/** Addresses as they were given. `limit`: its maxAllowance, or nothing. */
export function suppressionData(suppression: Suppression): FindingData {
  const { rule, account, chain, token, spender, subject, reason, expires, while: condition, ...others } = suppression
  const { declaredAt: _, ...forgotten } = others
  // A field that is added to the type and not here would be left out of every list and comparison.
  ;({}) satisfies Readonly<Record<keyof typeof forgotten, never>>
  return {
    rule: value.text(rule),
    reason: value.untrustedText(reason),
    expires: value.text(expires),
    limit: value.text(condition?.maxAllowance ?? ''),
    ...(account !== undefined && { account: value.untrustedText(account) }),
    ...(chain !== undefined && { chain: value.count(chain) }),
    ...(token !== undefined && { token: value.untrustedText(token) }),
    ...(spender !== undefined && { spender: value.untrustedText(spender) }),
    ...(subject !== undefined && { subject: value.untrustedText(subjectText(subject)) }),
  }
}

/** Whether a notice with this data is about this suppression, wherever in the file it stands by now. */
export function isAbout({ count: _, ...data }: FindingData, suppression: Suppression): boolean {
  return flat(data) === flat(suppressionData(suppression))
}

function flat(data: FindingData): string {
  return JSON.stringify(
    Object.keys(data)
      .sort()
      .map((key) => [key, data[key]]),
  )
}

/** What narrows it further than its rule, on one line, as it may stand in the file. */
export function narrowedText(suppression: Suppression): string {
  const { rule, reason, expires, limit, ...narrowing } = suppressionData(suppression)
  const { maxAllowance } = suppression.while ?? {}
  const fields = Object.entries(narrowing).map(([name, { value: said }]) =>
    name === 'subject' ? `subject: { ${said} }` : `${name}: ${said}`,
  )
  return [...fields, ...(maxAllowance === undefined ? [] : [`while: { maxAllowance: ${maxAllowance} }`])].join(', ')
}

/** Its fields in order, on one line. */
function subjectText(subject: Readonly<Record<string, string>>): string {
  return Object.keys(subject)
    .sort()
    .map((key) => `${key}: ${subject[key]}`)
    .join(', ')
}
