import type { BlockRange } from '../core/facts.ts'
import type { PackedLogs } from '../core/log-scan.ts'
import { splitAfter } from '../domain/block-range.ts'
import { slicePacked } from '../domain/packed-logs.ts'

/** Logs that are complete for a range of blocks. */
export type Part = { readonly range: BlockRange; readonly logs: PackedLogs }

/** Large rows would all have to be in memory at once when they are read. */
const maximumBytes = 256 * 1024

/** The logs of a range in parts of a bearable size, oldest first. A block is never cut; parts without logs are left out. */
export function cutBySize(logs: PackedLogs, range: BlockRange): readonly Part[] {
  if (logs.count === 0) return []
  if (logs.bytes.length <= maximumBytes || range.fromBlock >= range.toBlock) return [{ range, logs }]
  const middle = (range.fromBlock + range.toBlock) / 2n
  return splitAfter(range, middle).flatMap((half) => cutBySize(slicePacked(logs, half), half))
}
