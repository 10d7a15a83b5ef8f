/** One problem, as plain data: no sentence in it, so that it can be printed in any language later. */
import { z } from 'zod'
import { accessListSchema } from './access-list.ts'
import { factErrorSchema } from './error-schema.ts'
import { address, count, type DeepReadonly, hash, hex } from './schema.ts'
import { secondAnswerSchema } from './second-opinion.ts'
import { severities } from './severity.ts'
import { simulationSchema } from './simulation.ts'
import { valueSchema } from './value-schema.ts'

export const severitySchema = z.enum(severities)
export type Severity = (typeof severities)[number]

export const confidenceSchema = z.enum(['certain', 'likely', 'possible'])
export type Confidence = z.infer<typeof confidenceSchema>

const digits = z.string().regex(/^\d+$/)

/** What the finding is about. Its identity, with rule, chain and account, makes the fingerprint. */
export const subjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account') }),
  z.object({ kind: z.literal('chain') }),
  z.object({ kind: z.literal('token'), token: address }),
  z.object({
    kind: z.literal('allowance'),
    token: address,
    owner: address,
    spender: address,
    permit2: address.optional(),
    /** The module of a Safe account that lets the spender take it. */
    module: address.optional(),
    /** Of one of several tokens that the contract keeps (ERC-6909). */
    tokenId: digits.optional(),
  }),
  z.object({ kind: z.literal('operator'), collection: address, owner: address, operator: address }),
  z.object({ kind: z.literal('nft'), collection: address, tokenId: digits, spender: address }),
  z.object({ kind: z.literal('delegate'), delegate: address }),
  /** A contract that a Safe account gives a place of power; a module where no other place is said. */
  z.object({
    kind: z.literal('module'),
    safe: address,
    module: address,
    place: z.enum(['guard', 'module-guard', 'fallback-handler', 'singleton']).optional(),
  }),
  z.object({ kind: z.literal('owner'), safe: address, owner: address }),
  z.object({ kind: z.literal('nonce'), nonce: count }),
  z.object({ kind: z.literal('transaction'), hash }),
  z.object({ kind: z.literal('endpoint'), host: z.string() }),
  /** Somebody whom tokens or coins went to or came from. */
  z.object({ kind: z.literal('counterparty'), address }),
])
export type Subject = DeepReadonly<z.infer<typeof subjectSchema>>

/** The reads that prove a finding. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  /** A call of a view function at a block. `value` is the answer in words of the ABI: digits, an address, true. */
  z.object({
    kind: z.literal('call'),
    to: address,
    function: z.string(),
    arguments: z.array(z.string()).default([]),
    block: digits,
    value: z.string(),
    /** The types of the answer, for a second reading of a function that is not generally known: `uint256`, `address[]`. */
    returns: z.string().optional(),
  }),
  /** Any other read. `block` is a number or a tag; `address` is whose state it is; absent where only the account's can be meant. */
  z.object({
    kind: z.literal('read'),
    method: z.string(),
    address: address.optional(),
    /** The storage slot, where the read is of one. */
    slot: hash.optional(),
    block: z.string(),
    value: z.string(),
    /** Who answered, where two endpoints are compared. */
    host: z.string().optional(),
  }),
  z.object({
    kind: z.literal('log'),
    block: digits,
    transaction: hash,
    index: count,
    /** Who sent the transaction, and the time of its block in Unix seconds, where they were read. */
    sender: address.optional(),
    timestamp: count.optional(),
  }),
  z.object({ kind: z.literal('transaction'), hash, block: digits.nullable() }),
  z.object({ kind: z.literal('list'), name: z.string(), date: z.string() }),
  /** Who may use a grant, in short. What was not looked at is absent. */
  z.object({
    kind: z.literal('spender'),
    address,
    block: digits,
    /** `none`: no code, and it has sent transactions or that was not read; `never-used`: neither. */
    code: z.enum(['contract', 'none', 'never-used', 'delegated', 'unknown']),
    /** Its name on the list of contracts that everybody uses. */
    name: z.string().optional(),
    /** Whose code a delegated account runs (EIP-7702). */
    delegate: address.optional(),
    /** null: its EIP-1967 slots are empty. */
    proxy: z
      .object({ implementation: address.optional(), beacon: address.optional(), admin: address.optional() })
      .nullable()
      .optional(),
    proxyError: factErrorSchema.optional(),
    /** The block that made it, and its Unix time. */
    createdBlock: digits.optional(),
    createdAt: count.optional(),
    createdError: factErrorSchema.optional(),
    /** The threat lists that name it, whatever they say; empty: none of those used. Absent where no list was looked in. */
    lists: z.array(z.object({ name: z.string(), date: z.string() })).optional(),
  }),
  /** The reads above, made again through another library. `agrees` is null when none of them could be. */
  z.object({
    kind: z.literal('second-reading'),
    stack: z.literal('ethers'),
    host: z.string(),
    agrees: z.boolean().nullable(),
    compared: count,
    differing: count,
    /** How many could not be read again, and why the first of them could not. */
    unread: count,
    error: factErrorSchema.optional(),
  }),
])
export type Evidence = DeepReadonly<z.infer<typeof evidenceSchema>>

export const purposes = ['revoke', 'cancel', 'speed-up', 'fill-nonce'] as const

/** What a wallet could sign. Never signed here. Amounts and fees are decimal wei; a fee that is absent is the wallet's choice. */
export const unsignedCallSchema = z.object({
  chainId: count,
  to: address,
  data: hex,
  value: digits,
  nonce: count.optional(),
  gasLimit: digits.optional(),
  maxFeePerGas: digits.optional(),
  maxPriorityFeePerGas: digits.optional(),
  gasPrice: digits.optional(),
  /** With these two it is of type 3 (EIP-4844). The blobs that the hashes name are to be attached by whoever has them. */
  maxFeePerBlobGas: digits.optional(),
  blobVersionedHashes: z.array(hash).min(1).optional(),
  /** EIP-2930: of type 1 with a gas price, else of the type that its fees say. */
  accessList: accessListSchema.min(1).optional(),
  /** What it is for; several calls with one nonce are choices between purposes. */
  purpose: z.enum(purposes).optional(),
  /** What became of running it at the block of the report. Absent when nobody did, and in reports before 1.3.0. */
  simulation: simulationSchema.optional(),
})
export type UnsignedCall = DeepReadonly<z.infer<typeof unsignedCallSchema>>

/** A read whose second answer differs. */
export const disputeSchema = z.object({
  /** The place of the read in `evidence`. */
  evidence: count,
  /** As the evidence has it. */
  first: z.string(),
  second: secondAnswerSchema,
})
export type Dispute = DeepReadonly<z.infer<typeof disputeSchema>>

/** A finding as the engine keeps it. Its words are added by `localizeReport`. */
export const findingSchema = z.object({
  ruleId: z.string(),
  fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
  severity: severitySchema,
  confidence: confidenceSchema,
  messageId: z.string(),
  subject: subjectSchema,
  data: z.record(z.string(), valueSchema),
  evidence: z.array(evidenceSchema),
  remedy: z.array(unsignedCallSchema).optional(),
  /** Reads that a second reading answered otherwise: until it is clear who is right, the finding rests on nothing. */
  disputed: z.array(disputeSchema).min(1).optional(),
})
export type Finding = DeepReadonly<z.infer<typeof findingSchema>>
