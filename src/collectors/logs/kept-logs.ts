/** Where a run's logs are: in the store what is settled, of this run and of earlier ones, and in memory the rest. */
import type { Address } from 'viem'
import type { BlockRange } from '../../core/facts.ts'
import type { DoubtedBlocks, LogChunk, LogFilter, LogGap, PackedLogs } from '../../core/log-scan.ts'
import type { LogKey, Store } from '../../core/store.ts'
import { mergeRanges, subtractRanges } from '../../domain/block-range.ts'
import { slicePacked } from '../../domain/packed-logs.ts'
import { heldLogs } from './held-logs.ts'

export type KeptLogs = {
  /** Blocks that earlier runs have read. */
  readonly coverage: (filter: LogFilter) => Promise<readonly BlockRange[]>
  /**
   * Keeps what later runs may use, of several accounts where the chunk is theirs; returns the rest, null where there is none.
   * Blocks written again replace what was written before.
   */
  readonly settle: (chunk: LogChunk) => Promise<LogChunk | null>
  /** These blocks were settled for this account, perhaps by another one. */
  readonly onSettled: (filter: LogFilter, range: BlockRange) => void
  /** Takes back from later runs what was settled of these blocks, for all the accounts at once. */
  readonly takeBack: (blocks: DoubtedBlocks) => Promise<void>
  /** These blocks were taken back for this account, perhaps by another one. */
  readonly onTakenBack: (filter: LogFilter, range: BlockRange) => void
  /** Accounts with the same place settle for each other. */
  readonly place: object
  /** For this run only. */
  readonly hold: (chunk: LogChunk) => void
  /** Takes back what was settled of these gaps in this run, for this account. */
  readonly forget: (gaps: readonly LogGap[]) => Promise<void>
  /**
   * Of these blocks everything that `coverage` named and that this run has kept, in any order. Throws a CheckupError where the
   * store does not have it any more: another process may have emptied it.
   */
  readonly read: (filter: LogFilter, range: BlockRange) => AsyncIterable<PackedLogs>
}

/** The store, and the newest block that it may be told of. */
type Settled = { readonly store: Store; readonly upTo: bigint; readonly chain: number }

/** @param settled null when nothing is kept from one run to the next */
export function keptLogs(account: Address, settled: Settled | null): KeptLogs {
  return settled === null ? keptForRun() : keptInStore(account, settled)
}

/** Where no later run finds anything. */
export const nothingSettled: Pick<KeptLogs, 'settle' | 'onSettled' | 'takeBack' | 'onTakenBack' | 'forget'> = {
  settle: async (chunk) => chunk,
  onSettled: () => {},
  takeBack: async () => {},
  onTakenBack: () => {},
  forget: async () => {},
}

function keptForRun(): KeptLogs {
  const memory = heldLogs()
  return {
    ...nothingSettled,
    coverage: async () => [],
    place: nowhere,
    hold: memory.write,
    read: async function* (filter, range) {
      yield* memory.read(filter, range)
    },
  }
}

function keptInStore(account: Address, { store, upTo, chain }: Settled): KeptLogs {
  const memory = heldLogs()
  const keyOf = (filter: LogFilter): LogKey => ({ chain, filter: filter.name, account })
  const named = new Map<LogFilter, readonly BlockRange[]>()
  const written = blocksByFilter()
  const mayBeKept = { fromBlock: 0n, toBlock: upTo }
  const takeBack = async ({ filter, accounts, range }: DoubtedBlocks) => {
    for (const old of common(mayBeKept, [range])) await store.logs.forget({ chain, filter, accounts, range: old })
  }
  return {
    coverage: async (filter) => {
      const ranges = await store.logs.coverage(keyOf(filter))
      named.set(filter, ranges)
      return ranges
    },
    settle: async (chunk) => {
      const old = partOf(chunk, mayBeKept)
      if (old !== null) await store.logs.write({ ...old, chain })
      return partOf(chunk, { fromBlock: upTo + 1n, toBlock: chunk.range.toBlock })
    },
    onSettled: (filter, range) => {
      for (const old of common(mayBeKept, [range])) written.add(filter, old)
    },
    takeBack,
    onTakenBack: written.remove,
    place: placeOf(store, upTo),
    hold: memory.write,
    forget: async (gaps) => {
      for (const { filter, range } of gaps) {
        for (const part of common(range, written.of(filter)))
          await takeBack({ filter, accounts: [account], range: part })
        written.remove(filter, range)
      }
    },
    read: async function* (filter, range) {
      // Not what the store has now: what has gone from it would be nowhere, and nobody would know.
      const there = common(range, [...(named.get(filter) ?? []), ...written.of(filter)])
      for (const part of there) yield* store.logs.read(keyOf(filter), part)
      yield* memory.read(filter, range)
    },
  }
}

function blocksByFilter() {
  const ranges = new Map<LogFilter, readonly BlockRange[]>()
  const of = (filter: LogFilter) => ranges.get(filter) ?? []
  return {
    of,
    add: (filter: LogFilter, range: BlockRange): void => {
      ranges.set(filter, mergeRanges([...of(filter), range]))
    },
    remove: (filter: LogFilter, range: BlockRange): void => {
      const rest = of(filter).flatMap((kept) => subtractRanges(kept, [range]))
      ranges.set(filter, rest)
    },
  }
}

/** Where nothing is kept. */
const nowhere = {}
const places = new WeakMap<Store, Map<bigint, object>>()

/** One object for each store and block up to which it may be told. */
function placeOf(store: Store, upTo: bigint): object {
  const known = places.get(store) ?? new Map<bigint, object>()
  places.set(store, known)
  const place = known.get(upTo) ?? {}
  known.set(upTo, place)
  return place
}

/** The chunk of those of its blocks that lie in `range`; null when there are none. */
function partOf(chunk: LogChunk, range: BlockRange): LogChunk | null {
  const [part] = common(range, [chunk.range])
  return part === undefined ? null : { ...chunk, range: part, logs: slicePacked(chunk.logs, part) }
}

/** The blocks of `range` that one of the others has, too. */
function common(range: BlockRange, others: readonly BlockRange[]): readonly BlockRange[] {
  return subtractRanges(range, subtractRanges(range, others))
}
