/** Grants that the account never gave: contracts hold them by themselves. */
import type { Grant } from '../core/facts.ts'

export type ImplicitGrant = Extract<Grant, { kind: 'allowance' | 'operator' }> & {
  readonly origin: 'built-in' | 'unannounced'
}

/** Whether a grant is live without anything that the account did. Where logs are missing, nobody knows. */
export function isImplicit(grant: Grant): grant is ImplicitGrant {
  return 'origin' in grant && (grant.origin === 'built-in' || grant.origin === 'unannounced')
}

/** Permit2AllowanceIsFixedAtInfinity(): how tokens built on Solady refuse to change what they give to Permit2. */
const fixedAtInfinity = '0x3f68539a'

/** Whether the owner can end it. What a contract gives to everybody stays; only ERC-777 lets each holder end it. */
export function isRevocable(grant: Grant): boolean {
  const simulation = grant.revocation?.simulation
  if (simulation?.status === 'reverts' && simulation.reason === fixedAtInfinity) return false
  if (!('origin' in grant) || grant.origin !== 'built-in') return true
  return grant.kind === 'operator' && grant.standard === 'erc777'
}
