/** Addresses to which things are sent to be gone: no key of them is known, and none can be found. */
import type { Address } from 'viem'

const addresses: ReadonlySet<string> = new Set([
  '0x0000000000000000000000000000000000000000',
  '0x000000000000000000000000000000000000dead',
  '0xdead000000000000000000000000000000000000',
  '0xdead000000000000000042069420694206942069',
])

export function isNobody(address: Address): boolean {
  return addresses.has(address.toLowerCase())
}
