/** Logs of a run in memory: a scan has tens of thousands of chunks, and any order of them must stay cheap. */
import type { BlockRange } from '../../core/facts.ts'
import type { LogChunk, LogFilter, PackedLogs } from '../../core/log-scan.ts'
import { subtractRanges } from '../../domain/block-range.ts'
import { slicePacked } from '../../domain/packed-logs.ts'

export type HeldLogs = {
  /** Blocks written again replace what was written before. */
  readonly write: (chunk: LogChunk) => void
  /** What was written of these blocks, in any order. */
  readonly read: (filter: LogFilter, range: BlockRange) => Iterable<PackedLogs>
}

/** With logs: what is not in memory has none. */
type Held = Pick<LogChunk, 'range' | 'logs'>

export function heldLogs(): HeldLogs {
  /** Newest first, as scans deliver them, and apart from each other. */
  const byFilter = new Map<LogFilter, Held[]>()
  const heldOf = (filter: LogFilter) => {
    const held = byFilter.get(filter) ?? []
    byFilter.set(filter, held)
    return held
  }
  return {
    write: ({ filter, range, logs }) => {
      const held = heldOf(filter)
      const { from, to } = touched(held, range)
      const rest = held.slice(from, to).flatMap((chunk) => cutOut(chunk, range))
      const isNewer = (chunk: Held) => chunk.range.fromBlock > range.toBlock
      const own = logs.count === 0 ? [] : [{ range, logs }]
      held.splice(from, to - from, ...rest.filter(isNewer), ...own, ...rest.filter((chunk) => !isNewer(chunk)))
    },
    read: function* (filter, range) {
      const held = heldOf(filter)
      const { from, to } = touched(held, range)
      for (const { logs } of held.slice(from, to)) yield slicePacked(logs, range)
    },
  }
}

/** Which chunks have blocks of the range: `to` is the first one after them. */
function touched(
  held: readonly Held[],
  { fromBlock, toBlock }: BlockRange,
): { readonly from: number; readonly to: number } {
  return {
    from: firstWhere(held, ({ range }) => range.fromBlock <= toBlock),
    to: firstWhere(held, ({ range }) => range.toBlock < fromBlock),
  }
}

/** The place of the first chunk for which it is true, which it must be for all after it. */
function firstWhere(held: readonly Held[], isTrue: (chunk: Held) => boolean): number {
  let [low, high] = [0, held.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const chunk = held[middle]
    if (chunk !== undefined && isTrue(chunk)) high = middle
    else low = middle + 1
  }
  return low
}

/** What a chunk has outside the range, newest first. */
function cutOut({ range, logs }: Held, gone: BlockRange): readonly Held[] {
  return subtractRanges(range, [gone])
    .map((rest) => ({ range: rest, logs: slicePacked(logs, rest) }))
    .filter((rest) => rest.logs.count > 0)
    .reverse()
}
