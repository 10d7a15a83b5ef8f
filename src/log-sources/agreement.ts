/** Asks a source for logs only after it has shown that its blocks are the endpoint's blocks, and only for blocks that both have. */
import { numberToHex } from 'viem/utils'
import { toFactError } from '../core/errors.ts'
import type { BlockRange } from '../core/facts.ts'
import type { LogFilter, LogGap } from '../core/log-scan.ts'
import type { LogQuestion } from '../core/log-source.ts'
import { blockCount } from '../domain/block-range.ts'
import { fields, hash32 } from '../domain/rpc-reply.ts'
import { SourceBehindError, SourceChainUnknownError, SourceStartsLateError, SourceWrongChainError } from './errors.ts'
import { askSource, type Source, tellSource } from './source-failure.ts'

/** A block that the source and the endpoint call by the same hash. */
export type SharedBlock = { readonly number: bigint; readonly hash: string }

export type Reading = Source & {
  /** The hash of the source's own block, lower case; null when it does not have that block. */
  readonly blockHash: (block: bigint) => Promise<string | null>
  /** Throws when the source cannot be used at all; the first block that it has, when it says so. */
  readonly firstBlock: () => Promise<bigint>
  /** Reads the logs of blocks that the source has, up to `newest`. What cannot be read is a gap. */
  readonly read: (
    ranges: (filter: LogFilter) => readonly BlockRange[],
    newest: SharedBlock,
  ) => Promise<readonly LogGap[]>
}

/** How far behind the block of the run a source is looked for. Far more than a chain reorganises: there, hashes must agree. */
const stepsBack = [0n, 32n, 1024n, 32_768n]

/** Never throws for what the source does. */
export async function discoverWhere(question: LogQuestion, reading: Reading): Promise<readonly LogGap[]> {
  try {
    const first = await askSource(reading, reading.firstBlock)
    const newest = await lastShared(question, reading)
    const late = gapsOf(
      question,
      { fromBlock: 0n, toBlock: first - 1n },
      new SourceStartsLateError(reading.host, first),
    )
    const behind = gapsOf(
      question,
      { fromBlock: newest.number + 1n, toBlock: question.pinned.number },
      new SourceBehindError(reading.host, newest.number),
    )
    const had = { fromBlock: first, toBlock: newest.number }
    const ranges = (filter: LogFilter) => question.ranges(filter).flatMap((range) => common(range, had))
    const isEmpty = question.filters.every((filter) => ranges(filter).length === 0)
    const unread = isEmpty ? [] : await reading.read(ranges, newest)
    const told = unread.map((gap) => ({ ...gap, error: tellSource(reading, gap.error) }))
    return [...late, ...told, ...behind]
  } catch (error) {
    return gapsOf(question, { fromBlock: 0n, toBlock: question.pinned.number }, error)
  }
}

/** The newest of some blocks that the source has, and has right. */
async function lastShared(question: LogQuestion, reading: Reading): Promise<SharedBlock> {
  const { pinned } = question
  const { host, blockHash } = reading
  let isOther = false
  for (const back of stepsBack) {
    if (back > pinned.number) break
    const number = pinned.number - back
    const theirs = await askSource(reading, () => blockHash(number))
    if (theirs === null) continue
    const hash = await ownHash(question, number)
    if (theirs === hash) return { number, hash }
    // The newest blocks may differ for a moment on one chain as well.
    isOther = true
  }
  throw isOther ? new SourceWrongChainError(host) : new SourceChainUnknownError(host)
}

async function ownHash({ pinned, rpc }: LogQuestion, number: bigint): Promise<string> {
  if (number === pinned.number) return pinned.hash.toLowerCase()
  const block = fields(await rpc.request('eth_getBlockByNumber', [numberToHex(number), false]), 'eth_getBlockByNumber')
  return hash32(block.hash, 'the hash of a block')
}

/** The asked blocks that lie in `place`, as gaps of each filter. */
export function gapsOf(question: LogQuestion, place: BlockRange, reason: unknown): readonly LogGap[] {
  const error = toFactError(reason)
  return question.filters.flatMap((filter) =>
    question.ranges(filter).flatMap((range) => common(range, place).map((range) => ({ filter, range, error }))),
  )
}

/** The blocks of both; none when they have none in common. */
function common(one: BlockRange, other: BlockRange): readonly BlockRange[] {
  const both = {
    fromBlock: larger(one.fromBlock, other.fromBlock),
    toBlock: smaller(one.toBlock, other.toBlock),
  }
  return blockCount(both) === 0n ? [] : [both]
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}
