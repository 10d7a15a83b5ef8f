/** What an earlier check knew of the account. Given from outside, as lists are: no node is asked. */
import { z } from 'zod'
import type { DeepReadonly } from '../schema.ts'
import { comparedSchema, stateSchema } from '../state.ts'
import { missing } from './shared.ts'

export const baseline = z.discriminatedUnion('kind', [
  /** No baseline was given, or it does not know the account on this chain. */
  z.object({ kind: z.literal('none'), missing }),
  z.object({
    kind: z.literal('known'),
    /** null: a report of an earlier version, which kept none. */
    state: stateSchema.nullable(),
    /** A rule is given its own one in place of `state`. */
    compared: comparedSchema.optional(),
    missing,
  }),
])
export type BaselineFacts = DeepReadonly<z.infer<typeof baseline>>
