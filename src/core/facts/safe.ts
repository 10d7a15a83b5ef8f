/** A Safe account: who decides for it, and which contracts may act for it without them. */
import { z } from 'zod'
import { address, amount, count, type DeepReadonly, hash } from '../schema.ts'
import { simulationSchema } from '../simulation.ts'
import { missing } from './shared.ts'
import { listInfo, token } from './tokens.ts'

/** `none`: an address without code, so a person's account, or a contract that was never deployed or is gone. */
const code = z.enum(['contract', 'none', 'delegated', 'unknown'])

const part = z.object({
  address,
  code,
  /** null without code of its own, or when the code was not read. */
  codeHash: hash.nullable(),
  /** The official release that it is in its place; null for any other contract. */
  release: z.string().nullable(),
  /** What became of the call that takes it away; absent where there is none, and in facts of before. */
  removal: simulationSchema.optional(),
})
/** A contract that the Safe runs, asks or obeys. */
export type SafePart = DeepReadonly<z.infer<typeof part>>

/** `none`: the Safe has none. `unread`: it could not be read, and is among what is missing. */
const optionalPart = z.union([part, z.enum(['none', 'unread'])])

const person = z.object({
  address,
  code,
  /** Transactions it has sent; null when not read, or when it is a contract. Signing for a Safe sends none. */
  nonce: count.nullable(),
})
export type SafePerson = DeepReadonly<z.infer<typeof person>>

const spendingLimit = z.object({
  module: address,
  delegate: person,
  /** null: the chain's own coin. */
  token: token.nullable(),
  /** The token's smallest unit: what the delegate may take in one period, and what is gone of it. */
  amount,
  spent: amount,
  /** Minutes of a period; 0: the limit is never renewed. */
  periodMinutes: count,
  /** What became of trying to end it at the block; absent where nobody tried. */
  removal: simulationSchema.optional(),
})
export type SpendingLimit = DeepReadonly<z.infer<typeof spendingLimit>>

const found = z.object({
  kind: z.literal('safe'),
  /** In the contract's words, digits and dots: 1.4.1. */
  version: z.string(),
  singleton: part,
  /** In the contract's order; distinct, none of them zero. */
  owners: z.array(person),
  /** From 1 to the number of owners. */
  threshold: count,
  nonce: amount,
  /** In the contract's order, as far as they were read: what may lack is among what is missing. */
  modules: z.array(part),
  guard: optionalPart,
  moduleGuard: optionalPart,
  fallbackHandler: optionalPart,
  /** Live ones, of the modules that are an AllowanceModule. */
  spendingLimits: z.array(spendingLimit),
  /** The releases that `release` was looked up in. */
  lists: z.array(listInfo),
  missing,
})
export type SafeAccount = DeepReadonly<z.infer<typeof found>>

export const safe = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none'), missing }),
  /** What would tell whether it is one could not be read. */
  z.object({ kind: z.literal('unknown'), missing }),
  found,
])
export type SafeFacts = DeepReadonly<z.infer<typeof safe>>
