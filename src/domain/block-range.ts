/** Arithmetic on block ranges. Both ends of a range belong to it. */
import type { BlockRange } from '../core/facts.ts'

/** How many blocks a range has. */
export function blockCount({ fromBlock, toBlock }: BlockRange): bigint {
  return toBlock < fromBlock ? 0n : toBlock - fromBlock + 1n
}

/** Cuts a range in two after `lastOfOlder`, which must lie in the range and not be its last block. */
export function splitAfter({ fromBlock, toBlock }: BlockRange, lastOfOlder: bigint): [BlockRange, BlockRange] {
  return [
    { fromBlock, toBlock: lastOfOlder },
    { fromBlock: lastOfOlder + 1n, toBlock },
  ]
}

/** The ranges that together cover the same blocks: sorted, apart from each other, touching ones joined. */
export function mergeRanges(ranges: readonly BlockRange[]): readonly BlockRange[] {
  const sorted = ranges.filter((range) => blockCount(range) > 0n).sort(byFirstBlock)
  const merged: BlockRange[] = []
  for (const range of sorted) {
    const last = merged.at(-1)
    if (last === undefined || range.fromBlock > last.toBlock + 1n) merged.push(range)
    else merged[merged.length - 1] = { fromBlock: last.fromBlock, toBlock: larger(last.toBlock, range.toBlock) }
  }
  return merged
}

/** The blocks of `range` that none of `taken` has: sorted, apart from each other. */
export function subtractRanges(range: BlockRange, taken: readonly BlockRange[]): readonly BlockRange[] {
  const rest: BlockRange[] = []
  let next = range.fromBlock
  for (const { fromBlock, toBlock } of mergeRanges(taken)) {
    if (toBlock < next) continue
    if (fromBlock > range.toBlock) break
    if (fromBlock > next) rest.push({ fromBlock: next, toBlock: fromBlock - 1n })
    next = toBlock + 1n
  }
  return next > range.toBlock ? rest : [...rest, { fromBlock: next, toBlock: range.toBlock }]
}

function byFirstBlock(a: BlockRange, b: BlockRange): number {
  return a.fromBlock < b.fromBlock ? -1 : a.fromBlock > b.fromBlock ? 1 : 0
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
