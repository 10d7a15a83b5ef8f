/** The account's transactions: those that wait, those that were mined, and what they cost. */
import { z } from 'zod'
import { accessListSchema } from '../access-list.ts'
import { factErrorSchema } from '../error-schema.ts'
import { address, amount, count, type DeepReadonly, hash, hex } from '../schema.ts'
import { simulationSchema } from '../simulation.ts'
import { missing } from './shared.ts'

export const nonces = z.object({
  /** The next nonce by the pinned block's state. */
  latest: count,
  /** The next nonce counting what this node holds as pending; null when it refuses the tag. Equal to `latest` proves nothing. */
  pending: count.nullable(),
  missing,
})
export type NonceFacts = DeepReadonly<z.infer<typeof nonces>>

const pendingTransaction = z.object({
  hash,
  nonce: count,
  to: address.nullable(),
  /** Wei. */
  value: amount,
  gasLimit: amount,
  /** Wei per gas. A legacy transaction has its gas price in both fields. */
  maxFeePerGas: amount,
  maxPriorityFeePerGas: amount,
  /** Wei per blob gas; null for a transaction without blobs. */
  maxFeePerBlobGas: amount.nullable(),
  /** Blob gas of its blobs; absent without blobs, and in files of before. */
  blobGas: amount.optional(),
  /** By which it names its blobs, as `blobGas` is there or not. The blobs themselves no node gives back. */
  blobVersionedHashes: z.array(hash).min(1).optional(),
  /** EIP-2930; absent when empty, where the node does not give it, and in files of before. */
  accessList: accessListSchema.min(1).optional(),
  isLegacy: z.boolean(),
  /** EIP-7702: it delegates accounts to code, which a plain call cannot do. */
  hasAuthorizations: z.boolean(),
  input: hex,
  /** `pending` could be mined next by its nonce; `queued` stands behind a missing nonce. */
  state: z.enum(['pending', 'queued']),
  /** The method that showed it. */
  source: z.string(),
  /** Unix seconds of the first run that saw it; absent where runs keep nothing. It may have waited longer. */
  firstSeenAt: count.optional(),
  /** What became of running it on the state of the run; only of the one that is next in turn, where nodes can tell. */
  simulation: simulationSchema.optional(),
})
export type PendingTransaction = DeepReadonly<z.infer<typeof pendingTransaction>>

/** All that a node's summary tells of a waiting transaction (txpool_inspect): no hash, no tip, no input. */
const pendingSummary = pendingTransaction
  .pick({ nonce: true, to: true, value: true, gasLimit: true, state: true, source: true })
  .extend({
    /** Wei per gas: the most that it pays, of whichever type it is. */
    maxFeePerGas: amount,
  })
export type PendingSummary = DeepReadonly<z.infer<typeof pendingSummary>>

/** The first and the last four digits of a hash that no node has shown to be one: it may be a key that was given by mistake. */
const ends = z.string().regex(/^0x[0-9a-f]{4}…[0-9a-f]{4}$/)
const shownTransaction = { hash, from: address, nonce: count }

/** What became of a transaction that the user named by its hash. */
const namedTransaction = z.discriminatedUnion('status', [
  /** The endpoint knows nothing of this hash: neither in a block nor waiting. */
  z.object({
    status: z.literal('unknown'),
    ends,
    /** What a second endpoint knows of it; absent where none was asked. `unread`: it was asked, and did not tell. */
    elsewhere: z.object({ host: z.string(), found: z.enum(['mined', 'waiting', 'unknown', 'unread']) }).optional(),
  }),
  z.object({ status: z.literal('unread'), ends, error: factErrorSchema }),
  /** `succeeded` is null where its receipt could not be read. */
  z.object({ status: z.literal('mined'), ...shownTransaction, block: amount, succeeded: z.boolean().nullable() }),
  /** In no block. `unplaced`: whether a nonce before it is missing could not be seen, or it is somebody else's. */
  z.object({ status: z.literal('waiting'), ...shownTransaction, place: z.enum(['pending', 'queued', 'unplaced']) }),
  /** In no block, and its nonce is used: it can never be mined. `by` is what used the nonce; null where the node does not tell. */
  z.object({ status: z.literal('replaced'), ...shownTransaction, by: hash.nullable() }),
])
export type NamedTransaction = DeepReadonly<z.infer<typeof namedTransaction>>

export const mempool = z.object({
  /** Every source asked, and what it did. */
  sources: z.array(
    z.object({
      method: z.string(),
      status: z.enum(['answered', 'refused', 'failed', 'not-asked']),
      error: factErrorSchema.nullable(),
    }),
  ),
  /** True when a source answered that lists all transactions of the account that this node holds, queued ones included. */
  listsQueued: z.boolean(),
  /** By nonce, lowest first. */
  transactions: z.array(pendingTransaction),
  /** Those of which a summary is all that any source showed; absent where there are none. */
  summaries: z.array(pendingSummary).optional(),
  /** The transactions that the user named by their hashes; absent where none were, and in files of before. */
  named: z.array(namedTransaction).optional(),
  missing,
})
export type MempoolFacts = DeepReadonly<z.infer<typeof mempool>>

const feePercentiles = z.object({ p10: amount, p50: amount, p90: amount })
export type FeePercentiles = DeepReadonly<z.infer<typeof feePercentiles>>

export const fees = z.object({
  /** Wei per gas of the block after the head; null on a chain without EIP-1559. */
  nextBaseFee: amount.nullable(),
  /** Wei per blob gas of the block after the head; null: not told, or a chain without blobs. Absent in files of before. */
  blobBaseFee: amount.nullable().optional(),
  /** Wei per gas. */
  gasPrice: amount.nullable(),
  /** Tips that recent blocks took: the median over those blocks of each block's 10th, 50th and 90th percentile. */
  tips: feePercentiles.nullable(),
  /** How many blocks `tips` was made from. */
  blocks: count,
  /** How the base fee moves from block to block by EIP-1559: constants that recent blocks followed, and how full those were (0 to 1). null: unknown; absent in files of before. */
  pace: z
    .object({
      denominator: z.int().positive(),
      elasticity: z.int().positive(),
      fullness: z.number().nonnegative(),
    })
    .nullable()
    .optional(),
  missing,
})
export type FeeFacts = DeepReadonly<z.infer<typeof fees>>

const ownTransaction = z.object({
  hash,
  nonce: count,
  block: amount,
  /** Unix seconds. */
  timestamp: count,
  /** null when it created a contract. */
  to: address.nullable(),
  value: amount,
  /** The first four bytes of the input; 0x for a plain transfer. */
  selector: hex,
  gasLimit: amount,
  gasUsed: amount,
  /** Wei per gas. */
  effectiveGasPrice: amount,
  /** Wei that a roll-up charged for its data on the parent chain; 0 elsewhere. */
  dataFee: amount,
  /** Gas of `gasUsed` that paid for data on the parent chain, where the roll-up charges it so; absent elsewhere. */
  dataGas: amount.optional(),
  /** Wei for its blobs, on top of everything else; absent without blobs. */
  blobFee: amount.optional(),
  /** Wei that the operator of an OP Stack chain took, on top of everything else; absent where it takes nothing. */
  operatorFee: amount.optional(),
  succeeded: z.boolean(),
  /** The words of a revert when the call could be replayed: hostile until escaped. */
  revertReason: z.string().nullable(),
  /** True where the call was to be made again and could not be: `missing` says why. Absent otherwise, and in files of before. */
  isReasonUnread: z.literal(true).optional(),
  /**
   * Whether the call was made again on the state before its block (as it was), or after it, where others may have changed it.
   * Files of before say it with a reason only.
   */
  replayedAt: z.enum(['before', 'after']).optional(),
  /** How the same call ends when it may use twice the gas: tried for a failed one that used nearly all of it. */
  withMoreGas: z.enum(['succeeds', 'fails']).optional(),
  /** What others paid in the same block: effective price and tip, wei per gas. null when not read. */
  blockFees: z.object({ baseFee: amount, price: feePercentiles, tip: feePercentiles }).nullable(),
})
export type OwnTransaction = DeepReadonly<z.infer<typeof ownTransaction>>

/** The ways in which own transactions are found. */
export const activitySources = [
  'ots_searchTransactionsBefore',
  'eth_getTransactionBySenderAndNonce',
  'trace_filter',
  'history-source',
  'nonce-bisection',
  'none-sent',
] as const

export const activity = z.object({
  /** Newest first; only the account's own transactions. */
  transactions: z.array(ownTransaction),
  source: z.enum(activitySources),
  /** Nonces below the account's that were looked for, both ends included; null when none were. */
  nonceRange: z.object({ from: count, to: count }).nullable(),
  /** Unix seconds from which on every transaction was looked for, 0 for all there are; null when only the nonces tell. */
  since: count.nullable().optional(),
  /** What somebody else than the endpoint listed of them, and how much of it is on the chain; absent where nobody was asked. */
  listed: z.object({ rows: count, confirmed: count, error: factErrorSchema.nullable() }).optional(),
  /** Nonces used without a transaction of the account's own: by its EIP-7702 authorisation, or by its code that made a contract. */
  raised: z.array(z.object({ nonce: count, block: amount, by: z.enum(['authorisation', 'creation']) })).optional(),
  missing,
})
export type ActivityFacts = DeepReadonly<z.infer<typeof activity>>
