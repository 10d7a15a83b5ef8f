/** Who may take the account's tokens: what events announced, and what state says. */
import { z } from 'zod'
import { factErrorSchema } from '../error-schema.ts'
import { address, amount, count, type DeepReadonly } from '../schema.ts'
import { simulationSchema } from '../simulation.ts'
import { coverageSchema, logRef, missing } from './shared.ts'
import { token } from './tokens.ts'
import { partiesInLogs } from './transfers.ts'

const approvalEvent = z.object({
  /**
   * `operator-set`: of ERC-6909 and ERC-7540, which share the event. `like-permit2`: an event of Permit2's shape, of a contract that
   * is not known to be one.
   */
  kind: z.enum([
    'erc20',
    'erc721',
    'operator',
    'permit2',
    'operator-set',
    'item-allowance',
    'erc777-operator',
    'like-permit2',
  ]),
  /** The token, or the collection; of `like-permit2` the contract that sent the event. */
  contract: address,
  spender: address,
  tokenId: amount.nullable(),
  /** The Permit2 deployment that sent the event. */
  permit2: address.nullable(),
  log: logRef,
  /** The event that gave it, where a newer one only says what is left of it. */
  given: logRef.optional(),
  /** The transaction of the event that gave it also moves the token: with older blocks unread, an older event may have given it. */
  isUse: z.boolean().optional(),
  /** The newest event says that nothing is left. */
  isEnd: z.boolean().optional(),
})
export type ApprovalEvent = DeepReadonly<z.infer<typeof approvalEvent>>

export const logs = z.object({
  /** The newest event of each grant: they say where to look, state says what is so. */
  approvals: z.array(approvalEvent),
  /** Per contract the newest Transfer to the account. */
  received: z.array(z.object({ contract: address, kind: z.enum(['fungible', 'nft', 'multi']), log: logRef })),
  /**
   * Per contract the newest Transfer out of the account, and `older` ones, one of each transaction, the newest first. None from the
   * block `wholeFrom` on was left out; in facts of older versions, which lack both, all but the newest were. Absent in still older ones.
   */
  sent: z
    .array(
      z.object({ contract: address, log: logRef, older: z.array(logRef).optional(), wholeFrom: amount.optional() }),
    )
    .optional(),
  /**
   * Transfers from the account to the contract of the token or to an address of nobody: the newest transactions of each. `hasOlder`:
   * there are more before it, which were not kept. Absent as `transfers`.
   */
  strayed: z
    .array(
      z.object({
        contract: address,
        to: address,
        amount: amount.nullable(),
        log: logRef,
        hasOlder: z.literal(true).optional(),
      }),
    )
    .optional(),
  /** Absent where no logs were searched, and in files of before. */
  transfers: partiesInLogs.optional(),
  coverage: coverageSchema,
  /** Host of who listed the logs, where it was not the endpoint. */
  source: z.string().optional(),
  missing,
})
export type LogFacts = DeepReadonly<z.infer<typeof logs>>

/** Why something could not be read that no rule rests on. */
const unread = z.object({ error: factErrorSchema })
const spender = z.object({
  address,
  /** `none`: an address without code, so a person's account, or a contract that was never deployed or is gone. */
  code: z.enum(['contract', 'none', 'delegated', 'unknown']),
  /** Transactions it has sent; null when not read. Zero and no code: never used. */
  nonce: count.nullable(),
  /** Of one that is `delegated`: whose code it runs (EIP-7702). */
  delegate: address.optional(),
  /**
   * Of a contract: what its EIP-1967 slots name. null: nothing, so no such proxy. Behind a beacon, `implementation` is what the
   * beacon names; null where that was not told. Absent in facts of older versions, and of whom it was not asked.
   */
  proxy: z
    .union([
      z.object({ implementation: address.nullable(), beacon: address.nullable(), admin: address.nullable() }),
      unread,
    ])
    .nullable()
    .optional(),
  /** Of a contract: the first block after which it had code, and its Unix time, where the endpoint tells past state. */
  created: z.union([z.object({ block: amount, timestamp: count.optional() }), unread]).optional(),
})
export type Spender = DeepReadonly<z.infer<typeof spender>>

/**
 * The event that gave it; null for a grant that was found by asking state alone. `sender` of its transaction and `timestamp` of
 * its block (Unix seconds) are absent where they were not read; `isUse`: its transaction also moves the token.
 */
const grantLog = logRef
  .extend({ sender: address.optional(), timestamp: count.optional(), isUse: z.boolean().optional() })
  .nullable()
/** The newest Transfer of the token out of the account; null when there is none. Absent where that is not known. */
const lastTransfer = logRef.extend({ timestamp: count }).nullable().optional()
const revocationSchema = z.object({
  /** `decrease`: decreaseAllowance, where the usual call does not end an allowance. */
  variant: z.enum(['usual', 'decrease']),
  simulation: simulationSchema,
})
/** Which call ends a grant, and what became of running it at the pinned block. */
export type Revocation = DeepReadonly<z.infer<typeof revocationSchema>>

/** Absent for a grant that nobody can end, and in facts of before. */
const revocation = revocationSchema.optional()
const common = { token, spender, log: grantLog, lastTransfer, revocation }
/**
 * `event`: announced by one. `built-in`: the contract gives it to every account. `unannounced`: no event, though all logs were
 * read. `guessed`: no event among the logs that were read, which are not all.
 */
const grantOrigin = z.enum(['event', 'built-in', 'unannounced', 'guessed']).default('event')
const grant = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('allowance'),
    ...common,
    /** The token's smallest unit, read by allowance(owner,spender). */
    amount,
    /** What the owner holds of it; null when it could not be read. */
    balance: amount.nullable(),
    totalSupply: amount.nullable(),
    origin: grantOrigin,
  }),
  z.object({ kind: z.literal('nft'), ...common, tokenId: amount }),
  z.object({
    kind: z.literal('operator'),
    /** How the contract names operators. `nft`: setApprovalForAll, of ERC-721 and ERC-1155. */
    standard: z.enum(['nft', 'erc6909', 'erc7540', 'erc777']).default('nft'),
    ...common,
    balance: amount.nullable(),
    origin: grantOrigin,
  }),
  /** ERC-6909: an allowance of one of the tokens that a contract keeps. */
  z.object({
    kind: z.literal('item-allowance'),
    ...common,
    tokenId: amount,
    amount,
    balance: amount.nullable(),
  }),
  z.object({
    kind: z.literal('permit2'),
    permit2: address,
    ...common,
    /** The inner amount, uint160. */
    amount,
    /** Unix seconds. The grant may be used up to and including this second. */
    expiration: count,
    /** allowance(owner, Permit2) of the token itself: nothing moves beyond it. null when it could not be read. */
    outerAllowance: amount.nullable(),
    balance: amount.nullable(),
  }),
])
export type Grant = DeepReadonly<z.infer<typeof grant>>

export const approvals = z.object({
  /** Grants that are live in state at the pinned block. */
  grants: z.array(grant),
  /** Pairs that events named and state says are spent or revoked. */
  endedCount: count,
  /**
   * Events that name the account as the owner, from contracts that do not answer for the approval they announce, deny it or imitate Permit2,
   * in transactions that the account did not send: made by somebody else to be noticed.
   */
  unsolicited: z.array(
    z.object({
      contract: address,
      spender: address,
      sender: address,
      log: logRef,
      /** The event has the shape of Permit2's, and the contract is not known to be one. */
      imitates: z.literal('permit2').optional(),
      /** The contract answers that there is no such grant. */
      isDenied: z.boolean().optional(),
    }),
  ),
  coverage: coverageSchema,
  missing,
})
export type ApprovalFacts = DeepReadonly<z.infer<typeof approvals>>
