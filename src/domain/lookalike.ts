/** Whether one address imitates another: people compare the first and the last digits, and those are what imitators make alike. */
import type { Address } from 'viem'

/** Hex digits that have to agree at each end: all of 1,738 imitations that were paid on Ethereum agree in these. */
export const leadingDigits = 3
export const trailingDigits = 4
/** Chance resemblances that may be expected among all compared pairs. */
const toleratedByChance = 0.01

/**
 * Digits that have to agree in all, so that hardly any of so many pairs resembles another by chance. Two addresses agree in d
 * digits, at least 3 leading and 4 trailing ones, with a probability of at most (d - 6) / 16^d: there are d - 6 ways to share
 * the digits out between both ends. Without it, comparing everybody with everybody finds twins where there are none.
 * @param pairs how many pairs are compared
 */
export function requiredDigits(pairs: number): number {
  const least = leadingDigits + trailingDigits
  let digits = least
  while ((pairs * (digits - least + 1)) / 16 ** digits > toleratedByChance) digits++
  return digits
}

/**
 * Whether an address looks like another one, by enough digits at both ends. Zeros that both begin with count among the three
 * leading digits only: many addresses are made to begin with zeros, so they are no coincidence and no imitation.
 * @param digits of `requiredDigits`
 */
export function resembles(one: Address, other: Address, digits: number): boolean {
  const [left, right] = [one.slice(2).toLowerCase(), other.slice(2).toLowerCase()]
  if (left === right) return false
  const leading = sharedDigits(left, right)
  const trailing = sharedDigits(reversed(left), reversed(right))
  if (leading < leadingDigits || trailing < trailingDigits) return false
  const zeros = Math.min(leading, /^0*/.exec(left)?.[0].length ?? 0)
  return leading - zeros + trailing >= digits
}

function sharedDigits(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return at
}

function reversed(text: string): string {
  return [...text].reverse().join('')
}
