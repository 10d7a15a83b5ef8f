/**
 * Reads event logs of any block range through whatever limits the node has. What was not read is a gap with its
 * reason: an answer that may be cut short counts as unread.
 */
import type { Address, Hex } from 'viem'
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import type { BlockRange, Coverage } from '../core/facts.ts'
import type { RpcClient } from '../core/rpc.ts'
import { blockCount, splitAfter, subtractRanges } from '../domain/block-range.ts'
import { CutReplyError, RequestStoppedError, type RpcPlace } from './errors.ts'
import { nextMove } from './log-moves.ts'
import { createPatience, type Patience } from './patience.ts'
import { createRangeSize, type RangeSize } from './range-size.ts'
import { decodeLogs, logKey } from './raw-log.ts'

export type LogRequest = {
  /** One entry per topic position: a word, any of several words, or null for anything. */
  readonly topics: readonly (Hex | readonly Hex[] | null)[]
  readonly fromBlock: bigint
  readonly toBlock: bigint
  readonly address?: Address | readonly Address[]
}

export type RawLog = {
  /** Lower-case hex. */
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: bigint
  readonly blockHash: Hex
  readonly transactionHash: Hex
  readonly logIndex: number
}

export type LogObserver = {
  /** Blocks read so far, of all that were asked for. */
  readonly onBlocks?: (read: bigint, total: bigint) => void
  /** When it aborts, what was read is kept and the rest becomes gaps. */
  readonly signal?: AbortSignal
}

export type LogFailure = { readonly range: BlockRange; readonly error: FactError }

export type LogReading = {
  /** By block, then by index. Logs of a gap may be among them: what was seen there is true, but it may not be all. */
  readonly logs: readonly RawLog[]
  readonly coverage: Coverage
  readonly failures: readonly LogFailure[]
}

/** Answers of exactly this many logs may have been cut there without a word. */
const silentCaps: ReadonlySet<number> = new Set([1_000, 1_024, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000])

type Scan = {
  readonly rpc: RpcClient
  readonly place: RpcPlace
  readonly request: LogRequest
  readonly observe: LogObserver
  readonly size: RangeSize
  readonly patience: Patience
  /** Ranges still to read, the newest last. */
  readonly pending: BlockRange[]
  readonly read: BlockRange[]
  readonly failures: LogFailure[]
  readonly logs: Map<string, RawLog>
  blocksRead: bigint
}

/** Never throws for what the node does: the caller sees the coverage and the failures. */
export async function readLogs(rpc: RpcClient, request: LogRequest, observe: LogObserver = {}): Promise<LogReading> {
  const { fromBlock, toBlock } = request
  const asked = { fromBlock, toBlock }
  const scan: Scan = {
    rpc,
    place: { host: rpc.host, method: 'eth_getLogs' },
    request,
    observe,
    size: createRangeSize(),
    patience: createPatience(),
    pending: blockCount(asked) > 0n ? [asked] : [],
    read: [],
    failures: [],
    logs: new Map(),
    blocksRead: 0n,
  }
  for (let range = takeNewest(scan); range !== null; range = takeNewest(scan)) await readRange(scan, range)
  return {
    logs: [...scan.logs.values()].sort(byPosition),
    coverage: { fromBlock, toBlock, gaps: subtractRanges(asked, scan.read) },
    failures: joinFailures(scan.failures),
  }
}

function takeNewest({ pending, size }: Scan): BlockRange | null {
  const range = pending.pop()
  if (range === undefined) return null
  const blocks = size.current()
  if (blocks === null || blockCount(range) <= blocks) return range
  const [older, newest] = splitAfter(range, range.toBlock - blocks)
  pending.push(older)
  return newest
}

/** Joins a range with the one it was cut from, so that the next cut starts from a whole one. */
function putBack({ pending }: Scan, range: BlockRange): void {
  const older = pending.at(-1)
  if (older === undefined || older.toBlock + 1n !== range.fromBlock) pending.push(range)
  else pending[pending.length - 1] = { fromBlock: older.fromBlock, toBlock: range.toBlock }
}

async function readRange(scan: Scan, range: BlockRange): Promise<void> {
  try {
    const logs = decodeLogs(await askLogs(scan, range), { request: scan.request, range, place: scan.place })
    for (const log of logs) scan.logs.set(logKey(log), log)
    scan.patience.reset()
    if (silentCaps.has(logs.length)) throw new CutReplyError(scan.place, logs.length)
    scan.read.push(range)
    scan.size.succeeded(blockCount(range))
    scan.blocksRead += blockCount(range)
    scan.observe.onBlocks?.(scan.blocksRead, blockCount(scan.request))
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    handleFailure(scan, range, error)
  }
}

function handleFailure(scan: Scan, range: BlockRange, error: CheckupError): void {
  const { pending, size, patience, failures } = scan
  patience.spend(error)
  const move = patience.isOver() ? { kind: 'give-up' as const } : nextMove(error, range)
  switch (move.kind) {
    case 'split':
      pending.push(...splitAfter(range, move.lastOfOlder))
      return
    case 'cap':
      size.cap(move.blocks)
      putBack(scan, range)
      return
    case 'shrink':
      size.failed(blockCount(range))
      putBack(scan, range)
      return
    case 'skip':
      failures.push({ range, error: toFactError(error) })
      return
    case 'give-up':
      for (const rest of [range, ...pending.splice(0)]) failures.push({ range: rest, error: toFactError(error) })
      return
    default:
      move satisfies never
  }
}

async function askLogs({ rpc, place, request, observe }: Scan, { fromBlock, toBlock }: BlockRange): Promise<unknown> {
  const filter = {
    fromBlock: `0x${fromBlock.toString(16)}`,
    toBlock: `0x${toBlock.toString(16)}`,
    topics: request.topics,
    ...(request.address === undefined ? {} : { address: request.address }),
  }
  if (observe.signal?.aborted) throw new RequestStoppedError(place)
  return untilAborted(rpc.request('eth_getLogs', [filter]), observe.signal, place)
}

function untilAborted(reply: Promise<unknown>, signal: AbortSignal | undefined, place: RpcPlace): Promise<unknown> {
  if (signal === undefined) return reply
  return new Promise((resolve, reject) => {
    const stop = () => reject(new RequestStoppedError(place))
    signal.addEventListener('abort', stop, { once: true })
    reply.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Neighbours that failed for the same reason become one. */
function joinFailures(failures: readonly LogFailure[]): readonly LogFailure[] {
  const joined: LogFailure[] = []
  for (const failure of failures.toSorted((a, b) => (a.range.fromBlock < b.range.fromBlock ? -1 : 1))) {
    const last = joined.at(-1)
    const isSame =
      last !== undefined && last.range.toBlock + 1n === failure.range.fromBlock && isSameReason(last, failure)
    if (!isSame) joined.push(failure)
    else joined[joined.length - 1] = { ...last, range: { ...last.range, toBlock: failure.range.toBlock } }
  }
  return joined
}

function isSameReason({ error: a }: LogFailure, { error: b }: LogFailure): boolean {
  return a.code === b.code && a.message === b.message
}

function byPosition(a: RawLog, b: RawLog): number {
  if (a.blockNumber === b.blockNumber) return a.logIndex - b.logIndex
  return a.blockNumber < b.blockNumber ? -1 : 1
}
