/** What an account's own transactions cost, and where their fees went. */
import { z } from 'zod'
import { address, count, type DeepReadonly, hex } from './schema.ts'

/** Wei, or gas. */
const wei = z.string().regex(/^\d+$/)
const sum = z.object({ transactions: count, fees: wei })

export const spendingSchema = z.object({
  /** Unix seconds from which on every transaction is counted, 0 for all there are; null: of those that were read. */
  since: count.nullable(),
  /** False where some transaction of that time could not be read. */
  isComplete: z.boolean(),
  all: sum,
  /** Gas that they used, and that they were allowed: only what is used is charged. */
  gas: z.object({ used: wei, allowed: wei }),
  /** Those that failed: their fees bought nothing. */
  failed: sum,
  /** Parts of all fees: for data on the parent chain, for the operator of a roll-up, for blobs. */
  parts: z.object({ data: wei, operator: wei, blobs: wei }),
  /** Of those whose block's fees are known: what they cost, and what they would have cost at the median tip of their blocks. */
  market: sum.extend({
    atMarket: wei,
    /** How many of them paid more for gas than the 90th percentile of their block. Absent in reports of before, as the next. */
    aboveP90: count.optional(),
    /** How many of them left more than the median tip of their block. */
    aboveMedianTip: count.optional(),
  }),
  /** By UTC, the newest first. */
  days: z.array(sum.extend({ day: z.iso.date() })),
  /** The costliest first; `to` is null for contracts that were made. At most 100, as of methods. */
  contracts: z.array(sum.extend({ to: address.nullable() })),
  /** By contract and the first four bytes of the input (0x: none). */
  methods: z.array(sum.extend({ to: address.nullable(), selector: hex })),
})
export type Spending = DeepReadonly<z.infer<typeof spendingSchema>>
