/** Coins that left the account soon after they came, as far as its own transactions and past balances tell. */
import { z } from 'zod'
import { address, amount, count, type DeepReadonly, hash } from '../schema.ts'
import { missing } from './shared.ts'

const outflow = z.object({
  /** The own transaction that sent coins. */
  hash,
  nonce: count,
  block: amount,
  to: address,
  /** Wei that it took from the account: its value and its fee. */
  left: amount,
  /** The block whose end `before` is of. */
  blockBefore: amount,
  /** Wei at the end of the fourth block before its own: what came in the three blocks before it, or in its own, is not in it. */
  before: amount,
  /** Wei at the end of its block. */
  after: amount,
  /** Wei that came in from then until the end of its block, less what went elsewhere. */
  arrived: amount,
})
export type Outflow = DeepReadonly<z.infer<typeof outflow>>

export const sweeps = z.object({
  /** Newest first: those sent coins that are much more than the account still holds. */
  outflows: z.array(outflow),
  missing,
})
export type SweepFacts = DeepReadonly<z.infer<typeof sweeps>>
