/** What a running scan holds in its hands, and the few things that all its parts do with it. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Address } from 'viem'
import { type CheckupError, type FactError, toFactError } from '../../core/errors.ts'
import type { BlockRange, BlockRef } from '../../core/facts.ts'
import type { DoubtedBlocks, EndpointLimits, LogChunk, LogFilter, LogGap, PackedLogs } from '../../core/log-scan.ts'
import type { ReadMethod, RpcClient } from '../../core/rpc.ts'
import { blockCount } from '../../domain/block-range.ts'
import type { ScanEstimate } from '../../domain/scan-estimate.ts'
import { RequestStoppedError } from '../errors.ts'
import type { Patience } from '../patience.ts'
import type { History } from './history.ts'
import type { NewestSeen } from './newest.ts'
import { type Lane, type Plan, putBack, takeRest } from './plan.ts'
import type { Suspicion } from './suspicion.ts'

export type LogScanRequest = {
  readonly filters: readonly LogFilter[]
  /** Read together, in one request each time, as far as the endpoint takes so many. */
  readonly accounts: readonly Address[]
  /** The blocks to read for each filter. */
  readonly ranges: (filter: LogFilter) => readonly BlockRange[]
  /** What an earlier scan learned about this endpoint. */
  readonly known?: Partial<EndpointLimits>
  /** No range may end after this block. */
  readonly pinned: BlockRef
}

export type LogScanObserver = {
  /** Hears of one chunk at a time. Blocks delivered again replace what was delivered before. */
  readonly onChunk: (chunk: LogChunk) => Promise<void> | void
  /** What was delivered of these blocks proved to be incomplete: they are delivered again, or become gaps. */
  readonly onDoubt?: (blocks: DoubtedBlocks) => Promise<void> | void
  /** Blocks read so far, of all that were asked for, over all filters. */
  readonly onProgress?: (read: bigint, total: bigint) => void
  /** What is left, whenever the endpoint's limits are known better. */
  readonly onEstimate?: (estimate: ScanEstimate) => void
  /** A scan that will take longer stops before the long part; null: none is too long. */
  readonly longestSeconds?: number | null
  /** When it aborts, what was read is kept and the rest becomes gaps. */
  readonly signal?: AbortSignal
  /** How long an endpoint that lags behind, or refuses everything, is waited for, in milliseconds; 2,000 unless told. */
  readonly catchUpMs?: number
}

const usualCatchUpMs = 2_000

/** An endpoint that lags behind gets time to catch up, and one that refuses everything to come to itself. A stop ends it. */
export async function waitToCatchUp({ observe }: Scan): Promise<void> {
  const { signal } = observe
  try {
    await delay(observe.catchUpMs ?? usualCatchUpMs, undefined, signal === undefined ? {} : { signal })
  } catch (error) {
    // Whatever is asked next says so.
    if (signal?.aborted !== true) throw error
  }
}

export type Held = { readonly lane: Lane; readonly range: BlockRange }

export type Scan = {
  readonly rpc: RpcClient
  readonly request: LogScanRequest
  readonly observe: LogScanObserver
  readonly plan: Plan
  readonly patience: Patience
  readonly suspicion: Suspicion
  readonly gaps: LogGap[]
  /** How far back this node really looks, once somebody asked. */
  history: Promise<History> | null
  isHistoryKnown: boolean
  /** The lowest head at the time when the newest blocks were read: who was late then may not be late at the end. */
  headBefore: Promise<bigint | null> | null
  /** The look at the newest blocks that ends the scan, once the last request was handed out. */
  lookAfter: { readonly handedOut: number; readonly seen: Promise<NewestSeen> } | null
  /** Requests for logs, so far. */
  handedOut: number
  /** Answers that are not delivered yet. */
  readonly settling: Set<Promise<void>>
  /** Empty answers that are not believed yet. */
  readonly held: Held[]
  oldestSeen: bigint | null
  /** Deliveries follow each other. */
  delivering: Promise<void>
  /** Why nothing more is asked. */
  givenUp: FactError | null
  /** Places that were refused in words that nobody understands, and then looked for. */
  explained: number
  /** An endpoint that refused everything was given time once. */
  hasPaused: boolean
  /** How long the rest seemed to take after each of the last answers, in seconds. */
  readonly seemed: number[]
  /** Answers after which that was judged, since a rate is known. */
  judged: number
  /** The last request was refused by a status that stays; an answer ends it. */
  wasShutOut: boolean
  /** Blocks times accounts. */
  read: bigint
  answers: number
  requests: number
  /** How often the same request may still be sent again. */
  repeats: number
}

/** Sends one read of the scan. Throws `RequestStoppedError` at once when the run is stopped. */
export function ask(scan: Scan, method: ReadMethod, params: readonly unknown[]): Promise<unknown> {
  const { signal } = scan.observe
  const place = { host: scan.rpc.host, method }
  if (signal?.aborted) return Promise.reject(new RequestStoppedError(place))
  scan.requests++
  const reply = scan.rpc.request(method, params)
  if (signal === undefined) return reply
  return new Promise((resolve, reject) => {
    const stop = () => reject(new RequestStoppedError(place))
    signal.addEventListener('abort', stop, { once: true })
    reply.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

export function addGap(scan: Scan, { filter }: Pick<Lane, 'filter'>, gap: Omit<LogGap, 'filter'>): void {
  if (blockCount(gap.range) > 0n) scan.gaps.push({ filter, ...gap })
}

/** Nothing more is asked: what is left becomes gaps. */
export function giveUp(scan: Scan, error: CheckupError): void {
  scan.givenUp = toFactError(error)
  loseRest(scan, scan.plan.lanes, scan.givenUp)
}

/** What is left of these lanes becomes gaps, unasked. */
export function loseRest(scan: Scan, lanes: readonly Lane[], error: FactError): void {
  for (const { lane, range } of takeRest(lanes)) addGap(scan, lane, { range, error })
}

/** Blocks up to `lost` are not there: what is left of them becomes gaps, unasked. */
export function loseUpTo(scan: Scan, lost: bigint, error: FactError): void {
  const { edge } = scan.plan
  edge.lost = edge.lost === null || lost > edge.lost ? lost : edge.lost
  // Machines behind one name may differ: the later word counts.
  if (edge.found !== null && edge.found <= edge.lost) edge.found = null
  const since = edge.lost + 1n
  for (const { lane, range } of takeRest(scan.plan.lanes)) {
    const { older, newer } = cutBefore(range, since)
    if (older !== null) addGap(scan, lane, { range: older, error })
    if (newer !== null) putBack(lane, newer)
  }
}

export function report(scan: Scan, blocks: bigint, { accounts }: Lane): void {
  const { request, observe } = scan
  scan.read += blocks * BigInt(accounts.length)
  const asked = request.filters.flatMap((filter) => request.ranges(filter))
  const total = asked.reduce((sum, range) => sum + blockCount(range), 0n)
  observe.onProgress?.(scan.read / BigInt(request.accounts.length), total)
}

export function deliver(scan: Scan, { lane, range }: Held, logs: PackedLogs): Promise<void> {
  const { filter, accounts } = lane
  scan.delivering = scan.delivering.then(() => scan.observe.onChunk({ filter, accounts, range, logs }))
  return scan.delivering
}

/** Takes back what was delivered of these blocks. */
export async function doubt(scan: Scan, { lane, range }: Held): Promise<void> {
  const { filter, accounts } = lane
  // Their own delivery may wait for it, and must come first.
  await scan.history
  scan.delivering = scan.delivering.then(() => scan.observe.onDoubt?.({ filter, accounts, range }))
  await scan.delivering
}

/** The blocks before `since` and the others; null where there are none. */
export function cutBefore(
  { fromBlock, toBlock }: BlockRange,
  since: bigint,
): { readonly older: BlockRange | null; readonly newer: BlockRange | null } {
  if (toBlock < since) return { older: { fromBlock, toBlock }, newer: null }
  if (fromBlock >= since) return { older: null, newer: { fromBlock, toBlock } }
  return { older: { fromBlock, toBlock: since - 1n }, newer: { fromBlock: since, toBlock } }
}
