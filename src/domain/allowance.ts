/** How much a spender may really take. */
import type { Grant } from '../core/facts.ts'

type Spendable = Extract<Grant, { kind: 'allowance' | 'permit2' | 'item-allowance' }>

const half = 2n ** 255n
/** What tokens with narrower amounts store as "unlimited": uint96 (UNI, COMP), uint128, uint160 (Permit2). */
const narrowMaxima: ReadonlySet<bigint> = new Set([2n ** 96n - 1n, 2n ** 128n - 1n, 2n ** 160n - 1n])

/**
 * Whether an allowance has no bound that matters. From 2^255 on it counts even after some was spent of 2^256 - 1.
 * @param totalSupply in the same unit as `amount`; null when not read. Zero says nothing: some tokens do not count theirs.
 */
export function isUnlimited(amount: bigint, totalSupply: bigint | null): boolean {
  return isUnlimitedByType(amount) || (totalSupply !== null && totalSupply > 0n && amount > totalSupply)
}

/** Whether the amount alone says "unlimited", whatever the token's supply. */
export function isUnlimitedByType(amount: bigint): boolean {
  return amount >= half || narrowMaxima.has(amount)
}

/** Whether a Permit2 grant sleeps: the token lets Permit2 take nothing, so nothing moves until it is approved to Permit2 again. */
export function isDormant(grant: Grant): boolean {
  return grant.kind === 'permit2' && grant.outerAllowance === 0n
}

/**
 * What the spender could take at the pinned block, in the token's smallest unit: the least of what the owner holds, the amount
 * granted and, for Permit2, what the token lets Permit2 take. null when a part that could lower it was not read; a known zero decides.
 */
export function effectiveExposure(grant: Spendable): bigint | null {
  const bounds = [grant.amount, grant.balance, ...(grant.kind === 'permit2' ? [grant.outerAllowance] : [])]
  if (bounds.includes(0n)) return 0n
  const known = bounds.filter((bound) => bound !== null)
  if (known.length < bounds.length) return null
  return known.find((bound) => known.every((other) => bound <= other)) ?? null
}
