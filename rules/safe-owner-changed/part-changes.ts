import {
  type Evidence,
  ownerEvidence,
  partEvidence,
  partsOf,
  type SafeAccount,
  type SafePart,
  type SafePlace,
  value,
} from '../../src/rule.ts'
import type { KnownSafe } from './owner-changes.ts'

type Where = { readonly safe: SafePart['address']; readonly block: bigint }

/** Contracts that have a place of power now and had not, and those that lost it. What was not read is in neither. */
export function partChanges(before: KnownSafe, safe: SafeAccount, at: Where) {
  const then = placesOf(before)
  const now = partsOf(safe).map(({ place, part }) => ({ place, address: part.address, part }))
  const has = (list: readonly Placed[], { place, address }: Placed) =>
    list.some((one) => one.place === place && one.address.toLowerCase() === address.toLowerCase())
  const added = now.filter((one) => !has(then, one))
  const removed = then.filter((one) => isRead(safe, one.place) && !has(now, one))
  return [
    ...added.map(({ place, part }) => ({
      messageId: 'part-added' as const,
      ...wordsOf({ place, address: part.address }, at),
      evidence: partEvidence(safe, { place, part }, at),
    })),
    ...removed
      // Where another contract took its place, that one is told.
      .filter(({ place }) => place === 'module' || !added.some((one) => one.place === place))
      .map((one) => ({
        messageId: 'part-removed' as const,
        severity: one.place.endsWith('guard') ? ('high' as const) : ('medium' as const),
        ...wordsOf(one, at),
        evidence: ownerEvidence(safe, at) as readonly [Evidence, ...Evidence[]],
      })),
  ]
}

type Placed = { readonly place: SafePlace; readonly address: SafePart['address'] }

function placesOf({ singleton, modules, guard, moduleGuard, fallbackHandler }: KnownSafe): readonly Placed[] {
  const placed = (place: SafePlace, address: SafePart['address'] | null) =>
    address === null ? [] : [{ place, address }]
  return [
    ...placed('singleton', singleton),
    ...modules.flatMap((address) => placed('module', address)),
    ...placed('fallback-handler', fallbackHandler),
    ...placed('guard', guard),
    ...placed('module-guard', moduleGuard),
  ]
}

/** A list of modules that was cut short does not say that one is gone. */
function isRead({ missing, guard, moduleGuard, fallbackHandler }: SafeAccount, place: SafePlace): boolean {
  if (place === 'module') return !missing.some(({ about }) => about === 'safe-module')
  if (place === 'guard') return guard !== 'unread'
  if (place === 'module-guard') return moduleGuard !== 'unread'
  return place !== 'fallback-handler' || fallbackHandler !== 'unread'
}

function wordsOf({ place, address }: Placed, { safe }: Where) {
  return {
    subject: {
      kind: 'module' as const,
      safe,
      module: address,
      ...(place !== 'module' && { place }),
    },
    data: { contract: value.address(address), place: value.keyword(place.replace('-', '')) },
  }
}
