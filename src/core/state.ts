/** What of an account a later check can be compared with. */
import type { Address } from 'viem'
import { z } from 'zod'
import { address, count, type DeepReadonly } from './schema.ts'

const digits = z.string().regex(/^\d+$/)
/** The block it was read at. */
const at = { block: digits }

export const stateSchema = z.object({
  /** Wei. */
  balance: z.object({ amount: digits, ...at }).nullable(),
  /** The next nonce; null for a contract too, which sends nothing. */
  nonce: z.object({ next: count, ...at }).nullable(),
  /** Tokens that are on a list or shown by the wallet, by address. */
  tokens: z
    .object({
      held: z.array(
        z.object({
          token: address,
          /** The deployer's word: hostile until escaped. */
          symbol: z.string().nullable(),
          decimals: count.nullable(),
          /** The token's smallest unit. */
          amount: digits,
        }),
      ),
      ...at,
    })
    .nullable(),
  safe: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('none'), ...at }),
      z.object({
        kind: z.literal('safe'),
        owners: z.array(address),
        threshold: count,
        nonce: digits,
        singleton: address,
        modules: z.array(address),
        /** null: it has none. */
        guard: address.nullable(),
        moduleGuard: address.nullable(),
        fallbackHandler: address.nullable(),
        ...at,
      }),
    ])
    .nullable(),
  /** Who had a grant, each once, by address; without what contracts give by themselves. Absent in reports that did not keep it. */
  spenders: z
    .object({ known: z.array(address), ...at })
    .nullable()
    .optional(),
})
/** Each part with its block; null for what was not read, or not completely. */
export type AccountState = DeepReadonly<z.infer<typeof stateSchema>>

/** By rule the state that it compared last: without what it does not compare, and only of rules for which it is another one. */
export const comparedSchema = z.record(z.string(), stateSchema)
export type ComparedStates = DeepReadonly<z.infer<typeof comparedSchema>>

/** One target of a baseline. */
export type KnownTarget = {
  readonly account: Address
  readonly label: string | null
  readonly chainId: number
  /** null: a report of an earlier version, which kept none. */
  readonly state: AccountState | null
  readonly compared?: ComparedStates | undefined
}
