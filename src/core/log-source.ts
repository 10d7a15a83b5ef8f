/** The port through which logs are discovered by somebody else than the endpoint under check. `src/log-sources` implements it. */
import type { Address } from 'viem'
import type { BlockRange, BlockRef } from './facts.ts'
import type { LogChunk, LogFilter, LogGap } from './log-scan.ts'
import type { RpcClient } from './rpc.ts'

export type LogQuestion = {
  readonly filters: readonly LogFilter[]
  readonly accounts: readonly Address[]
  /** The blocks to read for each filter, none after `pinned`. */
  readonly ranges: (filter: LogFilter) => readonly BlockRange[]
  readonly chainId: number
  /** The block of the run. */
  readonly pinned: BlockRef
  /** The endpoint under check: the source's blocks must be its blocks, or the source is about another chain. */
  readonly rpc: RpcClient
}

export type LogListener = {
  /** Hears of one chunk at a time. It is complete outside the gaps; inside them it may hold a part. */
  readonly onChunk: (chunk: LogChunk) => Promise<void> | void
  /** Blocks read so far, of all that were asked for, over all filters. */
  readonly onProgress?: (read: bigint, total: bigint) => void
  /** A scan of a node that will take longer stops before the long part; null: none is too long. Explorers and portals are read to the end. */
  readonly longestSeconds?: number | null
  /** When it aborts, what was read is kept and the rest becomes gaps. */
  readonly signal?: AbortSignal
}

export interface LogSource {
  /** Host of the source without user, path, query: the only part of its URL that may be printed. */
  readonly host: string
  /** How many requests left the process so far, retries included. */
  readonly requestCount: () => number
  /** About how many accounts one question costs no more than about one; one when absent, and then each is asked about by itself. */
  readonly mostAccounts?: number
  /**
   * Asks for logs about the accounts, which the source learns by that. It is told nothing before it has proved to be
   * about the same chain. Never throws for what the source does: the blocks that it did not list are gaps with a reason.
   */
  readonly discover: (question: LogQuestion, listener: LogListener) => Promise<readonly LogGap[]>
}
