/** The port to what is kept from one run to the next. `src/store` implements it; a run works without one. */
import type { Address, Hex } from 'viem'
import type { BlockRange } from './facts.ts'
import type { DoubtedBlocks, EndpointLimits, LogChunk, PackedLogs } from './log-scan.ts'

/** The chain id. The checkpoint's hash tells a development chain that began anew. */
export type ChainKey = number

/** Logs are kept apart by chain, by the name of their filter and by account. */
export type LogKey = { readonly chain: ChainKey; readonly filter: string; readonly account: Address }

/** A block by which a later run knows that it is on the same chain. */
export type Checkpoint = { readonly number: bigint; readonly hash: Hex }

export interface Store {
  readonly logs: {
    /** The blocks whose logs are kept: sorted, apart from each other. */
    readonly coverage: (key: LogKey) => Promise<readonly BlockRange[]>
    /** Keeps a complete chunk, for each of its accounts, in the place of what was kept for these blocks. All of it or nothing. */
    readonly write: (chunk: LogChunk & { readonly chain: ChainKey }) => Promise<void>
    /** The logs kept for the blocks of `range`, oldest first, a part at a time. Says nothing of blocks outside `coverage`. */
    readonly read: (key: LogKey, range: BlockRange) => AsyncIterable<PackedLogs>
    /** Drops these blocks of one filter, for each of the accounts. All of it or nothing. */
    readonly forget: (blocks: DoubtedBlocks & { readonly chain: ChainKey }) => Promise<void>
  }
  readonly checkpoint: {
    readonly get: (chain: ChainKey) => Promise<Checkpoint | null>
    readonly set: (chain: ChainKey, block: Checkpoint) => Promise<void>
    /**
     * Drops all logs of the chain and sets its checkpoint, in one step. Does nothing and returns false where `seen` is not the
     * checkpoint any more: another run has been faster.
     */
    readonly beginAnew: (
      chain: ChainKey,
      change: { readonly seen: Checkpoint | null; readonly block: Checkpoint },
    ) => Promise<boolean>
  }
  /** What was learned about an endpoint, under `RpcClient.endpointId`: never a URL. */
  readonly endpoints: {
    readonly limits: (endpoint: string) => Promise<EndpointLimits | null>
    readonly learn: (endpoint: string, limits: EndpointLimits) => Promise<void>
  }
  /** Answers that can never change, such as a finalized transaction's receipt. Whoever keeps another says with it when it still counts. */
  readonly immutable: {
    readonly get: (key: string) => Promise<string | null>
    readonly put: (key: string, value: string) => Promise<void>
  }
  /** Earlier reports as JSON, for the next run to be compared with: one under each key, the newest. */
  readonly reports: {
    readonly get: (key: string) => Promise<string | null>
    readonly put: (key: string, report: string) => Promise<void>
  }
  readonly pending: {
    /** When each transaction was first seen pending, Unix seconds; `now` for those that were not seen before. */
    readonly firstSeen: (chain: ChainKey, hashes: readonly Hex[], now: number) => Promise<ReadonlyMap<Hex, number>>
  }
  readonly close: () => Promise<void>
}
