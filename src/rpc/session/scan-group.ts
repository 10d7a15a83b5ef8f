/** One scan for several accounts that miss the same blocks. Each hears of its own logs, gaps and nothing else. */
import { setMaxListeners } from 'node:events'
import type { Address } from 'viem'
import { type FactError, toFactError } from '../../core/errors.ts'
import type { BlockRange } from '../../core/facts.ts'
import type { DoubtedBlocks, LogChunk, LogFilter, LogGap } from '../../core/log-scan.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { blockCount, mergeRanges, subtractRanges } from '../../domain/block-range.ts'
import { emptyPacked } from '../../domain/packed-logs.ts'
import { splitByAccount } from '../../domain/split-packed.ts'
import { RequestStoppedError } from '../errors.ts'
import type { LogScanRequest } from '../log-scan/state.ts'
import type { LogScanner, MemberObserver, ScanResult } from './scan-room.ts'

export type Asked = {
  readonly rpc: RpcClient
  readonly scanner: LogScanner
  /** About one account. */
  readonly request: LogScanRequest
  readonly observe: MemberObserver
  readonly settle: (result: ScanResult) => void
  readonly fail: (error: unknown) => void
}
type Group = readonly [Asked, ...Asked[]]

/** Somebody who waits for the group. `read`: the blocks of each filter that were delivered to them. */
type Waiter = Asked & { readonly read: Map<LogFilter, readonly BlockRange[]>; isStopped: boolean; isGone: boolean }

/** Settles everybody, also when a bug, or a store that cannot be used, ends the scan. */
export async function scanGroup(asked: Group): Promise<void> {
  const waiters = asked.map((one): Waiter => ({ ...one, read: new Map(), isStopped: false, isGone: false }))
  const stopping = stopOnesWhoLeave(waiters)
  try {
    const { limits, gapsOf } = await scanAll(waiters, {
      ranges: asked[0].request.ranges,
      signal: stopping.signal,
      isPart: false,
    })
    // Also for those who are gone: what was kept for them until it was doubted is there all the same.
    for (const waiter of waiters) await waiter.observe.forget(gapsOf(waiter))
    for (const waiter of waiters) if (!waiter.isGone) waiter.settle({ limits, gaps: gapsOf(waiter) })
  } catch (error) {
    for (const waiter of waiters) if (!waiter.isGone) waiter.fail(error)
  } finally {
    stopping.end()
  }
}

/**
 * A waiter whose run is stopped leaves at once, with what was read so far. When nobody waits any more the scan ends, and tells them:
 * it first takes back from the store what it doubts.
 */
function stopOnesWhoLeave(waiters: readonly Waiter[]) {
  const all = new AbortController()
  setMaxListeners(0, all.signal)
  const leave = (waiter: Waiter) => {
    if (all.signal.aborted) return
    waiter.isGone = true
    waiter.settle({ gaps: unreadBecauseStopped(waiter), limits: nothingLearned })
  }
  const ends = waiters.map((waiter) => {
    const { signal } = waiter.observe
    const stop = () => {
      waiter.isStopped = true
      if (waiters.every(({ isStopped }) => isStopped)) all.abort()
      // Not before the others have heard of it, where one signal stops them all.
      else queueMicrotask(() => leave(waiter))
    }
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
    return () => signal?.removeEventListener('abort', stop)
  })
  const end = () => {
    for (const stopHearing of ends) stopHearing()
  }
  return { signal: all.signal, end }
}

export const nothingLearned = { maximumBlocks: null, maximumLogs: null, maximumTopics: null, requestsPerSecond: null }

function unreadBecauseStopped({ rpc, scanner, request, read }: Waiter): readonly LogGap[] {
  const error = toFactError(new RequestStoppedError({ host: scanner.host ?? rpc.host, method: 'eth_getLogs' }))
  return request.filters.flatMap((filter) =>
    request
      .ranges(filter)
      .flatMap((range) =>
        subtractRanges(range, read.get(filter) ?? []).map((rest) => ({ filter, range: rest, error })),
      ),
  )
}

type GroupResult = { readonly limits: ScanResult['limits']; readonly gapsOf: (waiter: Waiter) => readonly LogGap[] }

type Part = {
  readonly ranges: LogScanRequest['ranges']
  readonly signal: AbortSignal
  /** Whether these blocks were asked for already, for more accounts at once. */
  readonly isPart: boolean
}

async function scanAll(waiters: readonly Waiter[], { ranges, signal, isPart }: Part): Promise<GroupResult> {
  const [first] = waiters
  if (first === undefined) throw new Error('a scan for nobody')
  const { filters, pinned, known } = first.request
  const { gaps, limits } = await first.scanner.scan(
    first.rpc,
    { filters, pinned, ranges, accounts: accountsOf(waiters), ...(known !== undefined && { known }) },
    {
      onChunk: (chunk) => deliver(waiters, chunk),
      onDoubt: (blocks) => takeBack(waiters, blocks),
      onProgress: (read, total) => {
        for (const { observe } of waiters) observe.onProgress?.(read, total)
      },
      onEstimate: (left) => {
        for (const { observe } of waiters) observe.onEstimate?.(left)
      },
      longestSeconds: first.observe.longestSeconds ?? null,
      signal,
    },
  )
  const doubtful = gaps.filter(({ error }) => mayBeOfOne.has(kindOf(error)))
  if (
    waiters.length === 1 ||
    doubtful.length === 0 ||
    isOfAll({ asked: sizeAsked(filters, ranges), gaps: doubtful, isPart })
  ) {
    return { limits, gapsOf: () => gaps }
  }
  const certain = gaps.filter((gap) => !doubtful.includes(gap))
  return scanHalves(waiters, { certain, doubtful, limits, signal })
}

/** Codes of failures that the logs of one account may have caused for all who were asked about with it. */
const mayBeOfOne: ReadonlySet<string> = new Set([
  'http-status',
  'invalid-reply',
  'logs-cut',
  'malformed-reply',
  'rpc-refused',
  'rpc-timeout',
])
/** Those that are as often the endpoint's own. */
const passing: ReadonlySet<string> = new Set(['http-status', 'rpc-timeout'])

/** A source in the endpoint's place fails in the same ways. */
function kindOf({ code, data: { cause } }: FactError): string {
  return code === 'log-source-failed' && cause?.type === 'keyword' ? cause.value : code
}

type Failed = { readonly asked: bigint; readonly gaps: readonly LogGap[]; readonly isPart: boolean }

/** An endpoint that gave nothing at all gives nothing for fewer accounts either. */
function isOfAll({ asked, gaps, isPart }: Failed): boolean {
  const isNothingRead = sizeOf(gaps) === asked
  return isNothingRead && (!isPart || gaps.every(({ error }) => passing.has(kindOf(error))))
}

type Left = {
  readonly certain: readonly LogGap[]
  readonly doubtful: readonly LogGap[]
  readonly limits: ScanResult['limits']
  readonly signal: AbortSignal
}

/** The same blocks for half of the accounts each, until they are read or it is known whose they are. */
async function scanHalves(
  waiters: readonly Waiter[],
  { certain, doubtful, limits, signal }: Left,
): Promise<GroupResult> {
  const ranges = (filter: LogFilter) =>
    mergeRanges(doubtful.flatMap((gap) => (gap.filter === filter ? [gap.range] : [])))
  const middle = Math.ceil(waiters.length / 2)
  const found = new Map<Waiter, readonly LogGap[]>()
  for (const half of [waiters.slice(0, middle), waiters.slice(middle)]) {
    const { gapsOf } = await scanAll(half, { ranges, signal, isPart: true })
    for (const waiter of half) found.set(waiter, gapsOf(waiter))
  }
  return { limits, gapsOf: (waiter) => [...certain, ...(found.get(waiter) ?? [])] }
}

function accountsOf(waiters: readonly Waiter[]): readonly Address[] {
  return [...new Set(waiters.flatMap(({ request }) => request.accounts))]
}

function sizeOf(gaps: readonly LogGap[]): bigint {
  return gaps.reduce((sum, { range }) => sum + blockCount(range), 0n)
}

function sizeAsked(filters: readonly LogFilter[], ranges: LogScanRequest['ranges']): bigint {
  return filters.flatMap((filter) => ranges(filter)).reduce((sum, range) => sum + blockCount(range), 0n)
}

/** What later runs may use is kept for all at once, also for who is gone; the rest goes to whom it is about. */
async function deliver(waiters: readonly Waiter[], chunk: LogChunk): Promise<void> {
  const concerned = concernedBy(waiters, chunk)
  const [first] = concerned
  if (first === undefined) return
  const rest = await first.observe.settle(chunk)
  const logs = rest === null ? null : splitByAccount(rest.logs, rest.filter.accountPosition)
  for (const { request, observe, read, isGone } of concerned) {
    observe.onSettled(chunk.filter, chunk.range)
    // Gone while it was kept: it has been told that these blocks are missing.
    if (isGone) continue
    for (const account of request.accounts) {
      const own = logs?.get(account.toLowerCase() as Address) ?? emptyPacked // lower case of an address is one
      if (rest !== null) observe.hold({ ...rest, accounts: [account], logs: own })
    }
    observe.onRead(chunk.filter, chunk.range)
    read.set(chunk.filter, mergeRanges([...(read.get(chunk.filter) ?? []), chunk.range]))
  }
}

async function takeBack(waiters: readonly Waiter[], blocks: DoubtedBlocks): Promise<void> {
  const { filter, range } = blocks
  const concerned = concernedBy(waiters, blocks)
  await concerned[0]?.observe.takeBack(blocks)
  for (const { observe, read } of concerned) {
    observe.onTakenBack(filter, range)
    const rest = (read.get(filter) ?? []).flatMap((kept) => subtractRanges(kept, [range]))
    // Who leaves before they are read again misses them.
    read.set(filter, rest)
  }
}

function concernedBy(waiters: readonly Waiter[], blocks: DoubtedBlocks): readonly Waiter[] {
  const accounts = new Set(blocks.accounts)
  return waiters.filter(({ request }) => request.accounts.some((one) => accounts.has(one)))
}
