/** Reads what earlier runs have not, and keeps it. Every log then comes from one place, whoever read it. */
import type { CollectContext, Progress } from '../../core/collector.ts'
import { CheckupError } from '../../core/errors.ts'
import type { BlockRange, ChainFacts } from '../../core/facts.ts'
import type { EndpointLimits, LogFilter, LogGap, PackedLogs } from '../../core/log-scan.ts'
import type { Store } from '../../core/store.ts'
import { mergeRanges, subtractRanges } from '../../domain/block-range.ts'
import { filtersToRead } from '../../domain/log-filters.ts'
import { scanTogether } from '../../rpc/session/scan-room.ts'
import { settledBlock } from './chain-identity.ts'
import { type Discovered, discoverLogs } from './from-source.ts'
import { type KeptLogs, keptLogs } from './kept-logs.ts'

export type LogReading = {
  readonly gaps: readonly LogGap[]
  /** Blocks that some filter has not read, whether or not a gap says why. */
  readonly unread: readonly BlockRange[]
  /** Host of who was asked for them, where it was not the endpoint. */
  readonly source: string | null
}
type Asked = {
  readonly chain: ChainFacts
  readonly range: BlockRange
  /** Each is begun after the one before it has heard everything. */
  readonly passes: readonly (() => (filter: LogFilter, logs: PackedLogs) => void)[]
}

/**
 * Every pass hears of all logs in no order, of some perhaps twice. Never throws for what the node does, and a store that cannot be used
 * any more costs a second scan instead of a fact.
 */
export async function readLogs(context: CollectContext, asked: Asked): Promise<LogReading> {
  const { store } = context
  if (store === null) return readWith(context, null, asked)
  try {
    return await readWith(context, store, asked)
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    return readWith(context, null, asked)
  }
}

async function readWith(context: CollectContext, store: Store | null, asked: Asked): Promise<LogReading> {
  const { chain, range, passes } = asked
  const upTo = store && (await settledBlock({ ...context, store, chainId: chain.chainId, pinned: chain.block }))
  const settled = store === null || upTo === null ? null : { store, upTo, chain: chain.chainId }
  const kept = keptLogs(context.options.account, settled)
  const { endpointId } = context.rpc
  const known = (await store?.endpoints.limits(endpointId)) ?? null
  const filters = filtersToRead(context.options)
  const reading = await scan(context, { chain, range, filters, kept, known })
  // What was learned of two endpoints together is true of neither.
  const isOfOne = context.rpc.endpointId === endpointId
  if (reading.isAnswered && isOfOne && !isSame(reading.limits, known)) {
    await store?.endpoints.learn(endpointId, reading.limits)
  }
  for (const begin of passes) {
    const hear = begin()
    for (const filter of filters) {
      for await (const logs of kept.read(filter, range)) hear(filter, logs)
    }
  }
  return reading
}

type Scanned = LogReading & { readonly limits: EndpointLimits; readonly isAnswered: boolean }
type ScanRequest = Pick<Asked, 'chain' | 'range'> & {
  readonly filters: readonly LogFilter[]
  readonly kept: KeptLogs
  readonly known: EndpointLimits | null
}

async function scan(context: CollectContext, request: ScanRequest): Promise<Scanned> {
  const ledger = await openLedger(request)
  const progress = progressOf(context)
  // Nobody else need know of the account when everything is there.
  const source = ledger.isOpen ? context.logSource : undefined
  if (source === undefined) {
    const scanned = await scanEndpoint(context, request, { ledger, ranges: ledger.open, progress })
    return { ...scanned, unread: ledger.unread(scanned.gaps), source: null }
  }
  const discovered = await discoverLogs(context, { ...request, ...ledger, source, onProgress: progress.onProgress })
  const scanned = await scanEndpoint(context, request, { ledger, ranges: newestOf(discovered), progress: {} })
  const gaps = [...discovered.gaps, ...stillMissing(discovered, scanned.gaps)]
  return { ...scanned, gaps, unread: ledger.unread(gaps), source: source.host }
}

type Ledger = {
  readonly isOpen: boolean
  /** Blocks that no earlier run has read. */
  readonly open: (filter: LogFilter) => readonly BlockRange[]
  readonly onRead: (filter: LogFilter, blocks: BlockRange) => void
  readonly unread: (gaps: readonly LogGap[]) => readonly BlockRange[]
}

async function openLedger({ range, filters, kept }: ScanRequest): Promise<Ledger> {
  const coverage = await Promise.all(filters.map((filter) => kept.coverage(filter)))
  const read = new Map(filters.map((filter, index) => [filter, [...(coverage[index] ?? [])]]))
  const unreadOf = (filter: LogFilter) => subtractRanges(range, read.get(filter) ?? [])
  const open = new Map(filters.map((filter) => [filter, unreadOf(filter)]))
  return {
    isOpen: [...open.values()].some((ranges) => ranges.length > 0),
    open: (filter) => open.get(filter) ?? [],
    onRead: (filter, blocks) => void read.get(filter)?.push(blocks),
    unread: (gaps) => mergeRanges([...filters.flatMap(unreadOf), ...gaps.map((gap) => gap.range)]),
  }
}

type EndpointScan = {
  readonly ledger: Ledger
  readonly ranges: Ledger['open']
  readonly progress: Partial<ReturnType<typeof progressOf>>
}

async function scanEndpoint(
  { rpc, options, signal }: CollectContext,
  { chain, filters, kept, known }: ScanRequest,
  { ledger, ranges, progress }: EndpointScan,
): Promise<Pick<Scanned, 'gaps' | 'limits' | 'isAnswered'>> {
  let isAnswered = false
  const { gaps, limits } = await scanTogether(
    rpc,
    {
      filters,
      accounts: [options.account],
      ranges,
      pinned: chain.block,
      ...(known !== null && { known }),
    },
    {
      settle: kept.settle,
      onSettled: kept.onSettled,
      takeBack: kept.takeBack,
      onTakenBack: kept.onTakenBack,
      forget: kept.forget,
      place: kept.place,
      hold: kept.hold,
      onRead: (filter, blocks) => {
        isAnswered = true
        ledger.onRead(filter, blocks)
      },
      ...progress,
      longestSeconds: options.longestScanSeconds,
      signal,
    },
  )
  return { gaps, limits, isAnswered }
}

function newestOf({ newest }: Discovered): Ledger['open'] {
  return (filter) => newest.filter((gap) => gap.filter === filter).map(({ range }) => range)
}

/** What the endpoint did not read either. The reason stays the source's: it is the one that was asked for. */
function stillMissing({ newest }: Discovered, gaps: readonly LogGap[]): readonly LogGap[] {
  const [first] = newest
  return first === undefined ? [] : gaps.map((gap) => ({ ...gap, error: first.error }))
}

/** Blocks and estimate are heard of apart from each other, and told together. */
function progressOf({ report }: CollectContext) {
  let blocks: Progress['blocks']
  let estimate: Progress['estimate']
  const tell = () =>
    report({ phase: 'logs', ...(blocks !== undefined && { blocks }), ...(estimate !== undefined && { estimate }) })
  return {
    onProgress: (read: bigint, total: bigint) => {
      blocks = { read, total }
      tell()
    },
    onEstimate: (left: NonNullable<Progress['estimate']>) => {
      estimate = left
      tell()
    },
  }
}

/** What is written again counts as learned anew: known limits must grow old, so that better ones are found out. */
function isSame(limits: EndpointLimits, known: EndpointLimits | null): boolean {
  if (known === null) return false
  return (Object.keys(limits) as (keyof EndpointLimits)[]).every((name) => limits[name] === known[name]) // its own keys
}
