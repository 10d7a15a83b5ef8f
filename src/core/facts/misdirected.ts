/** What the account itself sent to places that nobody can take it from. */
import { z } from 'zod'
import { address, amount, type DeepReadonly, hash } from '../schema.ts'
import { logRef, missing } from './shared.ts'

const misdirectedToken = z.object({
  /** `own-contract`: the contract of the very token. `nobody`: an address that no key is known of. */
  place: z.enum(['own-contract', 'nobody']),
  contract: address,
  to: address,
  /** The token's smallest unit; null for an NFT. */
  amount: amount.nullable(),
  /** The deployer's words: hostile until escaped. null when the contract gives none. */
  symbol: z.string().nullable(),
  decimals: z.int().min(0).max(255).nullable(),
  /** The Transfer event. */
  log: logRef,
})
export type MisdirectedToken = DeepReadonly<z.infer<typeof misdirectedToken>>

export const misdirected = z.object({
  /** By transactions of the account that called the contract's transfer with this recipient: of each contract and recipient the newest. */
  tokens: z.array(misdirectedToken),
  /** Coins that its transactions carried to such an address, in wei. */
  coins: z.array(z.object({ to: address, value: amount, transaction: hash, block: amount })),
  missing,
})
export type MisdirectedFacts = DeepReadonly<z.infer<typeof misdirected>>
