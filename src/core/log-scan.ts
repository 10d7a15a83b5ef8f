/** The words of a log scan: what is asked, what an endpoint takes at once, what came back and what did not. */
import type { Address, Hex } from 'viem'
import type { FactError } from './errors.ts'
import type { BlockRange } from './facts.ts'

/** Logs in one array of bytes, sorted by block and index. `src/domain/packed-logs.ts` writes and reads it. */
export type PackedLogs = { readonly bytes: Uint8Array; readonly count: number }

/** Events that have an account at one place of their topics. One scan reads them for several accounts at once. */
export type LogFilter = {
  readonly name: string
  /** Any of these as the first topic. */
  readonly topic0: readonly Hex[]
  readonly accountPosition: 1 | 2 | 3
}

/** What an endpoint takes, as its answers taught; null while nothing was met. */
export type EndpointLimits = {
  /** The longest range of eth_getLogs, both ends included. */
  readonly maximumBlocks: bigint | null
  /** The most logs in one answer. */
  readonly maximumLogs: number | null
  /** The most words at one position of the topics. */
  readonly maximumTopics: number | null
  readonly requestsPerSecond: number | null
}

/** Complete for these accounts in that range. */
export type LogChunk = {
  readonly filter: LogFilter
  readonly accounts: readonly Address[]
  readonly range: BlockRange
  readonly logs: PackedLogs
}

/** Blocks of which a chunk was delivered that is not complete. */
export type DoubtedBlocks = Omit<LogChunk, 'logs'>

/** Blocks of a filter that were not read, and why. */
export type LogGap = { readonly filter: LogFilter; readonly range: BlockRange; readonly error: FactError }
