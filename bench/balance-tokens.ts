/** The tokens of the balances that are measured. */
import type { Address, Hex } from 'viem'
import { encodeAbiParameters, keccak256 } from 'viem/utils'

export const owner: Address = '0x00000000000000000000000000000000000a11ce'
export const tokenCount = 10_000

export type Token = { readonly address: Address; readonly balance: bigint; readonly isProxy: boolean }

/** Three in ten stand behind a proxy, and the account holds one in twelve. */
export const tokens: readonly Token[] = Array.from({ length: tokenCount }, (_, index) => ({
  address: keccak256(encodeAbiParameters([{ type: 'uint256' }], [BigInt(index)])).slice(0, 42) as Hex, // hex, cut
  balance: index % 12 === 0 ? 10n ** 18n + BigInt(index) : 0n,
  isProxy: index % 10 < 3,
}))
