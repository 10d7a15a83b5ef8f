/** Reads what earlier runs have not, and keeps it. Every log then comes from one place, whoever read it. */
import type { CollectContext, Progress } from '../../core/collector.ts'
import { CheckupError } from '../../core/errors.ts'
import type { BlockRange, ChainFacts } from '../../core/facts.ts'
import type { EndpointLimits, LogFilter, LogGap, PackedLogs } from '../../core/log-scan.ts'
import type { Store } from '../../core/store.ts'
import { mergeRanges, subtractRanges } from '../../domain/block-range.ts'
import { logFilters } from '../../domain/log-filters.ts'
import { scanLogs } from '../../rpc/log-scan/scan.ts'
import { settledBlock } from './chain-identity.ts'
import { type KeptLogs, keptLogs } from './kept-logs.ts'

export type LogReading = {
  readonly gaps: readonly LogGap[]
  /** Blocks that some filter has not read, whether or not a gap says why. */
  readonly unread: readonly BlockRange[]
}
type Asked = {
  readonly chain: ChainFacts
  readonly range: BlockRange
  readonly onLogs: (filter: LogFilter, logs: PackedLogs) => void
}

/**
 * Hears of all logs in no order, some perhaps twice. Never throws for what the node does, and a store that cannot be used
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
  const { chain, range, onLogs } = asked
  const upTo = store && (await settledBlock({ ...context, store, chainId: chain.chainId, pinned: chain.block }))
  const settled = store === null || upTo === null ? null : { store, upTo, chain: chain.chainId }
  const kept = keptLogs(context.options.account, settled)
  const known = (await store?.endpoints.limits(context.rpc.endpointId)) ?? null
  const reading = await scan(context, { chain, range, kept, known })
  if (reading.isAnswered && !isSame(reading.limits, known)) {
    await store?.endpoints.learn(context.rpc.endpointId, reading.limits)
  }
  for (const filter of logFilters) {
    for await (const logs of kept.read(filter, range)) onLogs(filter, logs)
  }
  return reading
}

type Scanned = LogReading & { readonly limits: EndpointLimits; readonly isAnswered: boolean }
type ScanRequest = Pick<Asked, 'chain' | 'range'> & {
  readonly kept: KeptLogs
  readonly known: EndpointLimits | null
}

async function scan(context: CollectContext, { chain, range, kept, known }: ScanRequest): Promise<Scanned> {
  const { rpc, options, signal } = context
  const coverage = await Promise.all(logFilters.map((filter) => kept.coverage(filter)))
  const read = new Map(logFilters.map((filter, index) => [filter, [...(coverage[index] ?? [])]]))
  const open = new Map(logFilters.map((filter) => [filter, subtractRanges(range, read.get(filter) ?? [])]))
  let isAnswered = false
  const { gaps, limits } = await scanLogs(
    rpc,
    {
      filters: logFilters,
      accounts: [options.account],
      ranges: (filter) => open.get(filter) ?? [],
      pinned: chain.block,
      ...(known !== null && { known }),
    },
    {
      onChunk: async (chunk) => {
        isAnswered = true
        await kept.write(chunk)
        read.get(chunk.filter)?.push(chunk.range)
      },
      ...progressOf(context),
      longestSeconds: options.longestScanSeconds,
      signal,
    },
  )
  await kept.forget(gaps)
  const unread = logFilters.flatMap((filter) => subtractRanges(range, read.get(filter) ?? []))
  return { gaps, limits, isAnswered, unread: mergeRanges([...unread, ...gaps.map((gap) => gap.range)]) }
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
