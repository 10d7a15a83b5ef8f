/** Finds the account's own mined transactions: the words shared by the three ways to look for them. */
import type { Address } from 'viem'
import type { FactError } from '../../core/errors.ts'
import type { ActivityFacts } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { MalformedReplyError } from '../../domain/rpc-reply.ts'
import type { Transaction } from '../../domain/transaction.ts'

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
}

export type Found = {
  readonly nonceRange: NonceRange
  readonly transactions: ReadonlyMap<number, MinedTransaction>
  /** Nonces that an EIP-7702 authorisation used up, not a transaction of the account. */
  readonly unused: readonly number[]
  /** Why the search ended early; null when it did not. */
  readonly failure: FactError | null
}

/** The newest nonces below the next one, `size` of them at most. */
export function newestNonces(nextNonce: number, size: number): NonceRange {
  return { from: Math.max(nextNonce - size, 0), to: nextNonce - 1 }
}

/** From the newest to the oldest. */
export function noncesIn({ from, to }: NonceRange): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => to - index)
}

/** A transaction that a node gave as the account's own, at or before the pinned block. */
export function assertMined(transaction: Transaction, { account, block }: Search): MinedTransaction {
  const { from, block: minedIn } = transaction
  if (from !== account || minedIn === null || minedIn > block) throw new MalformedReplyError('a mined transaction')
  return { ...transaction, block: minedIn }
}
