/** What is read a second time, through another library and perhaps another endpoint, and what came back. */
import type { Address, Hex } from 'viem'
import { z } from 'zod'
import { factErrorSchema } from './error-schema.ts'
import { count, type DeepReadonly } from './schema.ts'

/** A read whose answer is fixed: at another time, or by another node of the chain, it must be the same. */
export type Reading =
  | {
      readonly kind: 'call'
      readonly to: Address
      /** As an ABI writes it: `allowance(address,address)`. */
      readonly function: string
      /** The types of the answer, of its first words at least: `uint256` or `uint160,uint48`. */
      readonly returns: string
      readonly arguments: readonly string[]
      readonly block: bigint
    }
  | { readonly kind: 'balance' | 'nonce' | 'code' | 'code-hash'; readonly address: Address; readonly block: bigint }
  | { readonly kind: 'storage'; readonly address: Address; readonly slot: Hex; readonly block: bigint }
  | { readonly kind: 'chain-id' }
  | { readonly kind: 'block'; readonly block: bigint | 'latest' }
  | { readonly kind: 'block-time'; readonly block: bigint }
  | { readonly kind: 'next-base-fee'; readonly block: bigint }
  | { readonly kind: 'log'; readonly transaction: Hex; readonly index: number }
  | { readonly kind: 'transaction'; readonly hash: Hex }

export const secondAnswerSchema = z.discriminatedUnion('kind', [
  /**
   * In words of the ABI, several with commas: digits, an address, true. Code up to the length of an EIP-7702 designator
   * stands for itself, longer code is `keccak256 0x…`. A block is its number, hash and time; a log or a transaction is the
   * number of its block, or `pending`.
   */
  z.object({ kind: z.literal('value'), value: z.string() }),
  z.object({ kind: z.literal('reverted') }),
  /** An answer without a byte: no code that could have answered. */
  z.object({ kind: z.literal('empty') }),
  /** The endpoint does not have the block or the transaction. */
  z.object({ kind: z.literal('absent') }),
  z.object({ kind: z.literal('failed'), error: factErrorSchema }),
])
export type SecondAnswer = DeepReadonly<z.infer<typeof secondAnswerSchema>>

/** Answers of the second reading by the key of the read (`readingKey`). */
export const secondOpinionSchema = z.object({
  /** The second endpoint; absent when the endpoint under check was asked again. */
  endpoint: z.object({ host: z.string(), requests: count }).optional(),
  answers: z.array(z.object({ key: z.string(), host: z.string(), answer: secondAnswerSchema })),
})
export type SecondOpinion = DeepReadonly<z.infer<typeof secondOpinionSchema>>

/** Reads with a stack of its own: another library's JSON-RPC client and ABI decoder. `src/rpc` implements it. */
export interface SecondReader {
  /** Host of the endpoint that it asks, the only part of its URL that may be printed. */
  readonly host: string
  /** How many requests left the process so far. */
  readonly requestCount: () => number
  /** One answer for each, in their order. Never throws: what failed is a failed answer. */
  readonly read: (readings: readonly Reading[]) => Promise<readonly SecondAnswer[]>
}
