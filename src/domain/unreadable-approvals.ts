/** Approval events that nobody can check, with a listed spender: nothing shows a live grant, and nothing rules one out. */
import type { Address } from 'viem'
import type { ApprovalFacts, ThreatEntry, ThreatFacts } from '../core/facts.ts'
import type { Subject } from '../core/finding.ts'
import { type FindingData, value } from '../core/value.ts'
import { newestFirst } from './newest-logs.ts'
import { findThreats } from './threats.ts'

type UnsolicitedEvent = ApprovalFacts['unsolicited'][number]
export type UnreadableApproval = {
  readonly event: UnsolicitedEvent
  readonly entries: readonly [ThreatEntry, ...ThreatEntry[]]
}

/** One for each contract and spender, of several the newest; those with a grant that could be read are left out. */
export function unreadableApprovals(
  { unsolicited, grants }: ApprovalFacts,
  { threats, kind }: { readonly threats: ThreatFacts; readonly kind: ThreatEntry['kind'] },
): readonly UnreadableApproval[] {
  const seen = new Set(grants.map(({ token, spender }) => `${token.address} ${spender.address}`))
  return newestFirst(unsolicited).flatMap((event) => {
    // What is denied is no grant. Whoever imitates Permit2 takes nothing without an allowance of its own, and that is one.
    if (event.imitates !== undefined || event.isDenied === true) return []
    const pair = `${event.contract} ${event.spender}`
    const [entry, ...others] = findThreats(threats, kind, event.spender)
    if (entry === undefined || seen.has(pair)) return []
    seen.add(pair)
    return { event, entries: [entry, ...others] as const }
  })
}

export function unreadableSubject({ contract, spender }: UnsolicitedEvent, owner: Address): Subject {
  return { kind: 'allowance', token: contract, owner, spender }
}

export function unreadableData({ contract, spender, sender }: UnsolicitedEvent): FindingData {
  return { contract: value.address(contract), spender: value.address(spender), sender: value.address(sender) }
}
