/** Building blocks of the zod schemas that facts, findings and reports are made of. */
import type { Address, Hex } from 'viem'
import { z } from 'zod'

/** A 20-byte address in EIP-55 spelling. */
export const address = z.custom<Address>((input) => typeof input === 'string' && /^0x[0-9a-fA-F]{40}$/.test(input), {
  error: 'expected an address of 20 bytes',
})

/** A 32-byte hash in lower-case hex. */
export const hash = z.custom<Hex>((input) => typeof input === 'string' && /^0x[0-9a-f]{64}$/.test(input), {
  error: 'expected a hash of 32 bytes',
})

/** Bytes of any length in hex. */
export const hex = z.custom<Hex>((input) => typeof input === 'string' && /^0x([0-9a-fA-F]{2})*$/.test(input), {
  error: 'expected bytes in hex',
})

/** A count, a nonce, or Unix seconds. */
export const count = z.int().nonnegative()

/** Wei, a token's smallest unit, or a block number. */
export const amount = z.bigint().nonnegative()

export type DeepReadonly<T> = T extends bigint | string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
