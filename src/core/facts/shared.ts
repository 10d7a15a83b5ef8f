/** What several facts hold: places on the chain, which blocks were read, and what is missing. */
import { z } from 'zod'
import { factErrorSchema } from '../error-schema.ts'
import { address, amount, count, type DeepReadonly, hash } from '../schema.ts'

/** Both ends included. */
export const blockRange = z.object({ fromBlock: amount, toBlock: amount })
export type BlockRange = DeepReadonly<z.infer<typeof blockRange>>

/** Which blocks a log scan really read. `gaps` is empty when nothing between the ends is missing. */
export const coverageSchema = z.object({ fromBlock: amount, toBlock: amount, gaps: z.array(blockRange) })
export type Coverage = DeepReadonly<z.infer<typeof coverageSchema>>

/** A part of a fact that could not be read. A rule that relies on it cannot end in `passed`. */
export const missingSchema = z.object({
  about: z.enum([
    'activity',
    'allowance',
    'approval-transaction',
    'baseline',
    'unsolicited-event',
    'block-fees',
    'clock',
    'delegate-code',
    'fees',
    'history',
    'logs',
    'lookalikes',
    'mempool',
    'named-transaction',
    'nft-approval',
    'operator',
    'past-balance',
    'pending-details',
    'permit2',
    'revert-reason',
    'safe',
    'safe-module',
    'safe-owner',
    'sanctions-list',
    'second-endpoint',
    'spender-code',
    'spending-limit',
    'token-balance',
    'token-metadata',
    'transaction-sender',
    'transfers',
  ]),
  error: factErrorSchema,
  ranges: z.array(blockRange).optional(),
  /** The contract whose answer is missing, where it is one. */
  contract: address.optional(),
})
export type Missing = DeepReadonly<z.infer<typeof missingSchema>>
export const missing = z.array(missingSchema)

export const blockRef = z.object({ number: amount, hash, timestamp: count })
export type BlockRef = DeepReadonly<z.infer<typeof blockRef>>

export const logRef = z.object({ block: amount, transaction: hash, index: count })
/** Where a log stands: its block, its transaction and its index in the block. */
export type LogRef = DeepReadonly<z.infer<typeof logRef>>
