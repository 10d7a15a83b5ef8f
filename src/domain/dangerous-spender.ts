/** Spenders whose grants have to end, whatever they reach: said by the rules about the spender, and left out by those about the reach. */
import type { Grant, Spender, ThreatFacts } from '../core/facts.ts'
import { findThreats, wellKnownRole } from './threats.ts'

/** `open-to-all`: anybody. The others: whoever has a key. */
export type Keeper = 'open-to-all' | 'account' | 'never-used' | 'delegated'

/** Who decides what a spender takes, where no code of its own does. null for other contracts, and for code that was not read. */
export function keeperOf({ address, code, nonce }: Spender, threats: ThreatFacts): Keeper | null {
  if (wellKnownRole(threats, address) === 'open-executor') return 'open-to-all'
  if (code === 'delegated') return 'delegated'
  if (code !== 'none') return null
  return nonce === 0 ? 'never-used' : 'account'
}

/**
 * Whether drainer-approval, exploited-spender-approval or approval-to-account decide on a grant. An incident that was fixed is for
 * information only: then it still matters how much the grant reaches.
 */
export function isLeftToGraverRule({ spender }: Grant, threats: ThreatFacts): boolean {
  return (
    keeperOf(spender, threats) !== null ||
    findThreats(threats, 'drainer', spender.address).length > 0 ||
    findThreats(threats, 'exploited-spender', spender.address).some(({ isFixed }) => !isFixed)
  )
}
