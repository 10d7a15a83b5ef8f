/** The account and its chain as a second endpoint shows them. */
import { z } from 'zod'
import { amount, count, type DeepReadonly } from '../schema.ts'
import { blockRef, missing } from './shared.ts'

export const second = z.object({
  /** null: no second endpoint was given. */
  endpoint: z
    .object({
      host: z.string(),
      /** The newest block that it knows. */
      head: blockRef,
      /** Our clock when that was read, Unix seconds. */
      observedAt: count,
      /** Its block of the number that every read of the run uses; null when it does not have it. */
      block: blockRef.nullable(),
      /** Wei at that block; null when it was not read, as with what follows. */
      balance: amount.nullable(),
      /** The next nonce by that block's state. */
      nonce: count.nullable(),
      /** 0x for none, an EIP-7702 designator as it is, other code as keccak256 and its hash. */
      code: z.string().nullable(),
    })
    .nullable(),
  missing,
})
export type SecondFacts = DeepReadonly<z.infer<typeof second>>
