/** What a suppression says, as the data of the notices about it: by these a later command knows which one was meant. */
import { type FindingData, value } from '../core/value.ts'

type Said = {
  readonly rule: string
  readonly account?: string
  readonly chain?: number
  readonly token?: string
  readonly spender?: string
  readonly subject?: Readonly<Record<string, string>>
  readonly reason: string
  readonly expires: string
  readonly while?: { readonly maxAllowance?: string }
}

/** Addresses as they were given. `limit`: its maxAllowance, or nothing. */
export function suppressionData(suppression: Said): FindingData {
  const { rule, account, chain, token, spender, subject, reason, expires } = suppression
  return {
    rule: value.text(rule),
    reason: value.untrustedText(reason),
    expires: value.text(expires),
    limit: value.text(suppression.while?.maxAllowance ?? ''),
    ...(account !== undefined && { account: value.untrustedText(account) }),
    ...(chain !== undefined && { chain: value.count(chain) }),
    ...(token !== undefined && { token: value.untrustedText(token) }),
    ...(spender !== undefined && { spender: value.untrustedText(spender) }),
    ...(subject !== undefined && { subject: value.untrustedText(subjectText(subject)) }),
  }
}

/** Whether a notice with this data is about this suppression, wherever in the file it stands by now. */
export function isAbout({ count: _, ...data }: FindingData, suppression: Said): boolean {
  return flat(data) === flat(suppressionData(suppression))
}

function flat(data: FindingData): string {
  return JSON.stringify(
    Object.keys(data)
      .sort()
      .map((key) => [key, data[key]]),
  )
}

/** Its fields in order, on one line. */
export function subjectText(subject: Readonly<Record<string, string>>): string {
  return Object.keys(subject)
    .sort()
    .map((key) => `${key}: ${subject[key]}`)
    .join(', ')
}
