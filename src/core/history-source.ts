/** The port through which somebody else than the endpoint lists an account's own transactions. `src/log-sources` implements it. */
import type { Address, Hex } from 'viem'
import type { BlockRef } from './facts.ts'
import type { RpcClient } from './rpc.ts'

export type HistoryQuestion = {
  readonly account: Address
  readonly chainId: number
  readonly fromBlock: bigint
  /** The block of the run, up to which transactions count. */
  readonly pinned: BlockRef
  /** So many of the newest are enough. */
  readonly most: number
  /** The endpoint under check: the source's blocks must be its blocks, or the source is about another chain. */
  readonly rpc: RpcClient
  readonly signal?: AbortSignal
}

/** What the source says of one transaction: nothing of it counts until the chain has said the same. */
export type HistoryRow = { readonly hash: Hex; readonly nonce: number; readonly block: bigint }

export interface HistorySource {
  /** Host of the source without user, path, query: the only part of its URL that may be printed. */
  readonly host: string
  /** How many requests left the process so far, retries included. */
  readonly requestCount: () => number
  /** The account's own transactions, newest first. It is told nothing before it has proved to be about the same chain. Throws a `CheckupError`. */
  readonly list: (question: HistoryQuestion) => Promise<readonly HistoryRow[]>
}
