/** Compares what a scan delivered with what the chain holds. */
import type { BlockRange } from '../src/core/facts.ts'
import type { LogChunk, LogFilter, LogGap } from '../src/core/log-scan.ts'
import { mergeRanges, subtractRanges } from '../src/domain/block-range.ts'
import { readPacked, slicePacked } from '../src/domain/packed-logs.ts'
import type { SyntheticChain } from './synthetic-chain.ts'
import { transactionOf } from './synthetic-log.ts'

export type Verdict = {
  /** Logs that the chain holds for these filters and accounts. */
  readonly expected: number
  /** Of them, those in blocks that the scan says it read and did not deliver. */
  readonly missing: number
  /** Delivered more than once. */
  readonly double: number
  /** Delivered though the chain does not hold them. */
  readonly foreign: number
  /** Of the expected, those in blocks that the scan says it did not read. */
  readonly inGaps: number
  /** Blocks, over all filters, that are neither read nor a gap. */
  readonly unaccounted: bigint
}

export type Delivered = { readonly chunks: readonly LogChunk[]; readonly gaps: readonly LogGap[] }
type Asked = {
  readonly chain: SyntheticChain
  readonly filters: readonly LogFilter[]
  readonly accounts: number
  readonly range: BlockRange
}

/** Blocks delivered again replace what was delivered before, as the scan promises. */
export function judge(delivered: Delivered, asked: Asked): Verdict {
  const verdicts = asked.filters.map((filter) => judgeFilter(filter, delivered, asked))
  const sum = (of: (verdict: Verdict) => number) => verdicts.reduce((total, verdict) => total + of(verdict), 0)
  return {
    expected: sum(({ expected }) => expected),
    missing: sum(({ missing }) => missing),
    double: sum(({ double }) => double),
    foreign: sum(({ foreign }) => foreign),
    inGaps: sum(({ inGaps }) => inGaps),
    unaccounted: verdicts.reduce((total, { unaccounted }) => total + unaccounted, 0n),
  }
}

/** Every expected log is in its place and once, and nothing else is. Logs of admitted gaps may be absent. */
export function isComplete({ missing, double, foreign, unaccounted }: Verdict): boolean {
  return missing === 0 && double === 0 && foreign === 0 && unaccounted === 0n
}

function judgeFilter(filter: LogFilter, { chunks, gaps }: Delivered, { chain, accounts, range }: Asked): Verdict {
  const own = chunks.filter((chunk) => chunk.filter.name === filter.name)
  const unread = mergeRanges(gaps.filter((gap) => gap.filter.name === filter.name).map((gap) => gap.range))
  const isUnread = (block: number) => unread.some(({ fromBlock, toBlock }) => fromBlock <= block && block <= toBlock)
  const left = new Map(chain.truth(filter, accounts).map((draft) => [placeKey(draft), draft]))
  const expected = left.size
  const seen = new Set<string>()
  let double = 0
  let foreign = 0
  for (const { block, index, transaction } of lastDelivered(own)) {
    const key = placeKey({ block, index })
    if (seen.has(key)) double++
    else if (left.get(key) === undefined || transactionOf({ block, index }) !== transaction) foreign++
    seen.add(key)
    left.delete(key)
  }
  const absent = [...left.values()]
  const inGaps = absent.filter(({ block }) => isUnread(block)).length
  const accounted = [...own.map((chunk) => chunk.range), ...unread]
  const rest = subtractRanges(range, accounted).reduce((sum, part) => sum + part.toBlock - part.fromBlock + 1n, 0n)
  return { expected, missing: absent.length - inGaps, double, foreign, inGaps, unaccounted: rest }
}

/** The logs of each group of accounts, those of the newest delivery of each block. */
function* lastDelivered(chunks: readonly LogChunk[]) {
  const taken = new Map<string, BlockRange[]>()
  for (const { accounts, range, logs } of chunks.toReversed()) {
    const group = accounts.join()
    const earlier = taken.get(group) ?? []
    for (const part of subtractRanges(range, earlier)) {
      for (const { blockNumber, logIndex, transactionHash } of readPacked(slicePacked(logs, part))) {
        yield { block: Number(blockNumber), index: logIndex, transaction: transactionHash }
      }
    }
    taken.set(group, [...mergeRanges([...earlier, range])])
  }
}

function placeKey({ block, index }: { readonly block: number; readonly index: number }): string {
  return `${block}:${index}`
}
