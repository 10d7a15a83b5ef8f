/** Logs that somebody else lists, where the user said so. None of them is kept: a later run may trust somebody else. */
import type { CollectContext } from '../../core/collector.ts'
import type { BlockRange, ChainFacts } from '../../core/facts.ts'
import type { LogFilter, LogGap } from '../../core/log-scan.ts'
import type { LogSource } from '../../core/log-source.ts'
import { blockCount } from '../../domain/block-range.ts'
import { discoverTogether } from '../../rpc/session/scan-room.ts'
import { type KeptLogs, nothingSettled } from './kept-logs.ts'

/** So many blocks that a source does not have yet are asked of the endpoint itself, each filter for itself. */
const mostNewest = 1024n

type Asked = {
  readonly source: LogSource
  readonly chain: ChainFacts
  readonly filters: readonly LogFilter[]
  readonly open: (filter: LogFilter) => readonly BlockRange[]
  readonly kept: KeptLogs
  readonly onRead: (filter: LogFilter, range: BlockRange) => void
  readonly onProgress: (read: bigint, total: bigint) => void
}

export type Discovered = {
  readonly gaps: readonly LogGap[]
  /** The newest blocks, where the source does not have them and they are few: gaps until somebody else has read them. */
  readonly newest: readonly LogGap[]
}

/** Never throws for what the source does. */
export async function discoverLogs({ rpc, options, signal }: CollectContext, asked: Asked): Promise<Discovered> {
  const { source, chain, filters, open, kept, onRead, onProgress } = asked
  const { gaps } = await discoverTogether(rpc, source, {
    chainId: chain.chainId,
    request: { filters, accounts: [options.account], ranges: open, pinned: chain.block },
    observe: {
      ...nothingSettled,
      place: source,
      hold: kept.hold,
      onRead,
      onProgress,
      longestSeconds: options.longestScanSeconds,
      signal,
    },
  })
  const newest = gaps.filter(
    ({ range, error }) => error.code === 'log-source-behind' && blockCount(range) <= mostNewest,
  )
  return { gaps: gaps.filter((gap) => !newest.includes(gap)), newest }
}
