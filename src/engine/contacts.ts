/** Who was asked, and how often: one endpoint, or the first of several and those that took its place. */
import type { Collection } from '../core/collection.ts'
import type { Contact, RpcClient } from '../core/rpc.ts'

export type Contacts = Pick<Collection, 'endpoint' | 'failovers'>

/** Since the client was made; the first always is the first in order of use. */
export function contactsOf(rpc: RpcClient): readonly [Contact, ...Contact[]] {
  const [first, ...others] = rpc.endpoints?.() ?? []
  return first === undefined ? [{ host: rpc.host, requests: rpc.requestCount() }] : [first, ...others]
}

/** Since `before`, in the form of a collection. */
export function contactsSince(before: readonly Contact[], rpc: RpcClient): Contacts {
  const [endpoint, ...others] = contactsOf(rpc).map((contact, index) => ({
    ...contact,
    requests: contact.requests - (before[index]?.requests ?? 0),
  }))
  const failovers = others.filter(({ requests }) => requests > 0)
  return {
    endpoint: endpoint ?? { host: rpc.host, requests: 0 },
    ...(failovers.length > 0 && { failovers }),
  }
}

/** An equal share of all requests; the shares of all places are what was sent. */
export function shareOf({ endpoint, failovers }: Contacts, place: Place): Contacts {
  const share = (contact: Contact) => shareOfContact(contact, place)
  return { endpoint: share(endpoint), ...(failovers !== undefined && { failovers: failovers.map(share) }) }
}

export function shareOfContact(contact: Contact, { index, of }: Place): Contact {
  const whole = Math.floor(contact.requests / of)
  return { ...contact, requests: whole + (index < contact.requests - whole * of ? 1 : 0) }
}

type Place = { readonly index: number; readonly of: number }
