/** What became of an unsigned call when a node ran it at a block, without anybody sending it. */
import { z } from 'zod'
import { factErrorSchema } from './error-schema.ts'
import type { DeepReadonly } from './schema.ts'

const digits = z.string().regex(/^\d+$/)
/** Gas as the node counted it; absent where it did not tell. */
const run = { block: digits, gasUsed: digits.optional() }

export const simulationSchema = z.discriminatedUnion('status', [
  /** `isConfirmed`: what it should end was read after it, in the same run, and was gone. */
  z.object({ status: z.literal('succeeds'), ...run, isConfirmed: z.boolean() }),
  /** `reason` is in the contract's own words, or the first four bytes of its error; absent where it gave none. */
  z.object({ status: z.literal('reverts'), ...run, reason: z.string().optional() }),
  /** It runs, and what it should end is still there after it. */
  z.object({ status: z.literal('no-effect'), ...run }),
  z.object({ status: z.literal('unknown'), block: digits, error: factErrorSchema }),
])
export type Simulation = DeepReadonly<z.infer<typeof simulationSchema>>
