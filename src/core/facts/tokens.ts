/** Tokens and what the account holds of them. */
import { z } from 'zod'
import { address, amount, count, type DeepReadonly } from '../schema.ts'
import { coverageSchema, logRef, missing } from './shared.ts'

export const token = z.object({
  address,
  standard: z.enum(['erc20', 'erc721', 'erc1155', 'unknown']),
  /**
   * The deployer's words, these and the name: hostile until escaped. null when the contract gives none. Those of a
   * token on a list may be from a block of the week before, in a run with a cache.
   */
  symbol: z.string().nullable(),
  name: z.string().nullable(),
  /** null when the contract names none. */
  decimals: z.int().min(0).max(255).nullable(),
})
export type Token = DeepReadonly<z.infer<typeof token>>

export const listInfo = z.object({ name: z.string(), date: z.string(), entries: count })
/** A bundled or given list: its name, the day its data ends (ISO date), how many entries apply. */
export type ListInfo = DeepReadonly<z.infer<typeof listInfo>>

export const tokens = z.object({
  /** Tokens with a balance at the pinned block, by address. */
  holdings: z.array(
    z.object({
      token,
      /** The token's smallest unit; for an NFT collection the number of items. */
      balance: amount,
      /** Names of the lists that have it. Empty: on none of them. */
      lists: z.array(z.string()),
      /** The newest Transfer to the account that was seen, when logs showed it. */
      received: logRef.nullable(),
    }),
  ),
  lists: z.array(listInfo),
  /** What the user said the wallet shows; null when not said. */
  shownByWallet: z.array(address).nullable(),
  /** Whether MetaMask looks for tokens on this chain by itself. */
  walletDetectsTokens: z.boolean(),
  /** Tokens that the baseline has and of which nothing is left; absent without a baseline. */
  gone: z.array(address).optional(),
  /** How many contracts were asked for a balance. */
  asked: count,
  coverage: coverageSchema.nullable(),
  missing,
})
export type TokenFacts = DeepReadonly<z.infer<typeof tokens>>
export type Holding = TokenFacts['holdings'][number]
