/** Where a run's logs are: in the store what is settled, of this run and of earlier ones, and in memory the rest. */
import type { Address } from 'viem'
import type { BlockRange } from '../../core/facts.ts'
import type { LogChunk, LogFilter, LogGap, PackedLogs } from '../../core/log-scan.ts'
import type { LogKey, Store } from '../../core/store.ts'
import { mergeRanges, subtractRanges } from '../../domain/block-range.ts'
import { slicePacked } from '../../domain/packed-logs.ts'

export type KeptLogs = {
  /** Blocks that earlier runs have read. */
  readonly coverage: (filter: LogFilter) => Promise<readonly BlockRange[]>
  /**
   * Keeps what later runs may use, of several accounts where the chunk is theirs; returns the rest, null where there is none.
   * Blocks written again replace what was written before.
   */
  readonly settle: (chunk: LogChunk) => Promise<LogChunk | null>
  /** Accounts with the same place settle for each other. */
  readonly place: object
  /** For this run only. */
  readonly hold: (chunk: LogChunk) => void
  /** Takes back what this run wrote and now knows to be incomplete. */
  readonly forget: (gaps: readonly LogGap[]) => Promise<void>
  /** Everything there is of these blocks, in any order: a part of it where not all is there. */
  readonly read: (filter: LogFilter, range: BlockRange) => AsyncIterable<PackedLogs>
}

/** The store, and the newest block that it may be told of. */
type Settled = { readonly store: Store; readonly upTo: bigint; readonly chain: number }

/** @param settled null when nothing is kept from one run to the next */
export function keptLogs(account: Address, settled: Settled | null): KeptLogs {
  const memory = memoryOfRun()
  if (settled === null) {
    const { write, read } = memory
    return {
      coverage: async () => [],
      settle: async (chunk) => chunk,
      place: nowhere,
      hold: write,
      forget: async () => {},
      read,
    }
  }
  const { store, upTo, chain } = settled
  const keyOf = (filter: LogFilter): LogKey => ({ chain, filter: filter.name, account })
  const written = new Map<LogFilter, readonly BlockRange[]>()
  return {
    coverage: (filter) => store.logs.coverage(keyOf(filter)),
    settle: async (chunk) => {
      const old = partOf(chunk, { fromBlock: 0n, toBlock: upTo })
      if (old !== null) {
        await store.logs.write({ ...old, chain })
        written.set(chunk.filter, mergeRanges([...(written.get(chunk.filter) ?? []), old.range]))
      }
      return partOf(chunk, { fromBlock: upTo + 1n, toBlock: chunk.range.toBlock })
    },
    place: placeOf(store, upTo),
    hold: memory.write,
    forget: async (gaps) => {
      for (const { filter, range } of gaps) {
        for (const part of common(range, written.get(filter) ?? [])) await store.logs.forget(chain, part)
      }
    },
    read: async function* (filter, range) {
      const there = common(range, await store.logs.coverage(keyOf(filter)))
      for (const part of there) yield* store.logs.read(keyOf(filter), part)
      yield* memory.read(filter, range)
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

function memoryOfRun() {
  const chunks = new Map<LogFilter, readonly Pick<LogChunk, 'range' | 'logs'>[]>()
  return {
    write: ({ filter, range, logs }: LogChunk): void => {
      const known = chunks.get(filter) ?? []
      const isNew = known.every((chunk) => isApart(chunk.range, range))
      if (isNew && logs.count === 0) return
      const others = known.flatMap((chunk) =>
        isApart(chunk.range, range)
          ? [chunk]
          : subtractRanges(chunk.range, [range]).map((rest) => ({ range: rest, logs: slicePacked(chunk.logs, rest) })),
      )
      // What is not in memory has no logs: a scan has thousands of empty chunks.
      chunks.set(filter, logs.count === 0 ? others : [...others, { range, logs }])
    },
    read: async function* (filter: LogFilter, range: BlockRange): AsyncGenerator<PackedLogs> {
      for (const chunk of chunks.get(filter) ?? []) yield slicePacked(chunk.logs, range)
    },
  }
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

function isApart(one: BlockRange, other: BlockRange): boolean {
  return one.toBlock < other.fromBlock || other.toBlock < one.fromBlock
}
