/** The chain as the endpoint shows it, and the account on it. */
import { z } from 'zod'
import { address, amount, count, type DeepReadonly, hash } from '../schema.ts'
import { blockRef, missing } from './shared.ts'

export const chain = z.object({
  chainId: count,
  /** The chain the user asked for; null when none was named. */
  expectedChainId: count.nullable(),
  name: z.string(),
  coin: z.object({ symbol: z.string(), decimals: count }),
  /** The block every state read of the run uses. */
  block: blockRef,
  /** The newest block the endpoint knew when the run began. Equal to `block` unless an older one was asked for. */
  head: blockRef,
  /** What all transactions of the head together may have. Absent when it does not say, and in older facts files. */
  blockGasLimit: amount.optional(),
  /** Our clock when the head was read, Unix seconds. */
  observedAt: count,
  /** Mean seconds between the blocks before the head; null when it could not be measured. */
  blockTimeSeconds: z.number().nonnegative().nullable(),
  /** null when the endpoint does not say. */
  clientVersion: z.string().nullable(),
  isSyncing: z.boolean().nullable(),
  endpointHost: z.string(),
  missing,
})
export type ChainFacts = DeepReadonly<z.infer<typeof chain>>

export const account = z.object({
  address,
  /** The name the address was resolved from, when an ENS name was given. */
  ensName: z.string().nullable(),
  /** Wei at the pinned block. */
  balance: amount,
  code: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('contract'), codeHash: hash }),
    /** EIP-7702: the account runs the delegate's code. `delegateCodeHash` is null when nothing is deployed there. */
    z.object({ kind: z.literal('delegated'), delegate: address, delegateCodeHash: hash.nullable() }),
  ]),
  missing,
})
export type AccountFacts = DeepReadonly<z.infer<typeof account>>
