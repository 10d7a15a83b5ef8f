/** The typed cells of a finding's data, as a schema. Apart from `value.ts`, so that who only makes values loads no zod. */
import { z } from 'zod'
import { address, count, hash, hex } from './schema.ts'

/** Decimal digits of an integer that may exceed 2^53: wei, token units, block numbers. */
const digits = z.string().regex(/^-?\d+$/)

export const valueSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('address'), value: address }),
  z.object({ type: z.literal('hash'), value: hash }),
  /** Calldata or code: bytes that a person may copy. */
  z.object({ type: z.literal('bytes'), value: hex }),
  /** An amount of the chain's own coin, in its smallest unit (wei). */
  z.object({ type: z.literal('native'), value: digits, symbol: z.string(), decimals: count }),
  /** Wei per unit of gas. */
  z.object({ type: z.literal('gas-price'), value: digits }),
  /** An amount in the token's smallest unit. `symbol` is the deployer's word; `decimals` is null when the contract names none. */
  z.object({
    type: z.literal('token-amount'),
    value: digits,
    symbol: z.string().nullable(),
    decimals: count.nullable(),
  }),
  z.object({ type: z.literal('block'), value: digits }),
  z.object({ type: z.literal('nonce'), value: count }),
  z.object({ type: z.literal('count'), value: count }),
  z.object({ type: z.literal('seconds'), value: z.number() }),
  /** Unix seconds. */
  z.object({ type: z.literal('time'), value: count }),
  /** How many times as much: 2.5 reads "2.5 times". */
  z.object({ type: z.literal('ratio'), value: z.number() }),
  /** One word of a closed set, for `{kind, select, …}` in a message. */
  z.object({ type: z.literal('keyword'), value: z.string().regex(/^[a-z0-9-]+$/) }),
  /** Words of our own lists: an incident's or a chain's name. Trusted. */
  z.object({ type: z.literal('text'), value: z.string() }),
  /** Words that somebody put on the chain or a server sent: hostile until a reporter escapes them. */
  z.object({ type: z.literal('untrusted-text'), value: z.string() }),
])
