/** Finds the account's own mined transactions: the words shared by the ways to look for them. */
import type { Address } from 'viem'
import type { FactError } from '../../core/errors.ts'
import type { ActivityFacts } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { MalformedReplyError } from '../../domain/rpc-reply.ts'
import type { Transaction } from '../../domain/transaction.ts'
import type { ReadBlocks } from './read-blocks.ts'

/** Nonces, both ends included. */
export type NonceRange = NonNullable<ActivityFacts['nonceRange']>

export type MinedTransaction = Transaction & { readonly block: bigint }

export type Search = {
  readonly rpc: RpcClient
  readonly account: Address
  /** The pinned block: nothing after it counts. */
  readonly block: bigint
  /** The account's next nonce at that block, more than 0. */
  readonly nextNonce: number
  /** The first block that counts. */
  readonly fromBlock: bigint
  /** The account's next nonce before that block; null when the node does not tell. */
  readonly firstNonce: number | null
  /** What to look for. */
  readonly nonceRange: NonceRange
  readonly blocks: ReadBlocks
}

/** A nonce that was used without a transaction of the account's own. */
export type RaisedNonce = NonNullable<ActivityFacts['raised']>[number]

export type Found = {
  readonly transactions: ReadonlyMap<number, MinedTransaction>
  /** Nonces that are proven to be used otherwise. */
  readonly raised: readonly RaisedNonce[]
  /** Nonces that somebody's EIP-7702 authorisation in their block names, and nothing proves to be the account's. */
  readonly unused: readonly number[]
  /** Why the search ended early; null when it did not. */
  readonly failure: FactError | null
}

/** The newest nonces below the next one, `size` of them at most, none below `first`. */
export function newestNonces(nextNonce: number, size: number, first = 0): NonceRange {
  return { from: Math.max(nextNonce - size, first), to: nextNonce - 1 }
}

/** From the newest to the oldest. */
export function noncesIn({ from, to }: NonceRange): readonly number[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => to - index)
}

/** A transaction that a node gave as the account's own, at or before the pinned block. */
export function assertMined(transaction: Transaction, { account, block }: Search): MinedTransaction {
  const { from, block: minedIn } = transaction
  if (from !== account || minedIn === null || minedIn > block) throw new MalformedReplyError('a mined transaction')
  return { ...transaction, block: minedIn }
}
