/** Approvals by the account and transfers to it, found by one pass over the logs for each place of its topic. */
import type { Hex } from 'viem'
import { type CollectContext, defineCollector } from '../core/collector.ts'
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import type { BlockRange, Coverage, Missing } from '../core/facts.ts'
import { value } from '../core/value.ts'
import { decodeApprovals, decodeReceived } from '../domain/approval-events.ts'
import { blockCount, mergeRanges, subtractRanges } from '../domain/block-range.ts'
import { isPermit2 } from '../domain/permit2.ts'
import { addressTopic, topics } from '../domain/topics.ts'
import { readLogs } from '../rpc/read-logs.ts'
import { mergeMissing } from './missing.ts'

type Scan = Awaited<ReturnType<typeof readLogs>>

export default defineCollector({
  key: 'logs',
  needs: ['chain'],
  fetch: async (context: CollectContext, { chain }) => {
    const { account: owner, fromBlock } = context.options
    const toBlock = chain.block.number
    if (fromBlock > toBlock) throw new ScanAfterBlockError(fromBlock, toBlock)
    const owned = addressTopic(owner)
    const { approval, approvalForAll, permit2Approval, permit2Permit, permit2Lockdown } = topics
    const filters: Filters = [
      [[approval, approvalForAll, permit2Approval, permit2Permit, permit2Lockdown], owned],
      [topics.transfer, null, owned],
      [[topics.transferSingle, topics.transferBatch], null, null, owned],
    ]
    const [approvals, transfers, multiTransfers] = await scan(context, filters, { fromBlock, toBlock })
    return { owner, range: { fromBlock, toBlock }, approvals, transfers, multiTransfers }
  },
  decode: ({ owner, range, approvals, transfers, multiTransfers }, { chain }) => {
    const isKnown = (contract: `0x${string}`) => isPermit2(chain.chainId, contract)
    const granted = decodeApprovals(approvals.logs, { owner, isPermit2: isKnown })
    const received = decodeReceived([...transfers.logs, ...multiTransfers.logs], owner)
    const scans = [approvals, transfers, multiTransfers]
    const gaps = mergeRanges(scans.flatMap(({ coverage }) => coverage.gaps))
    return {
      approvals: granted.items,
      received: received.items,
      coverage: { ...range, gaps } satisfies Coverage,
      missing: [...unreadRanges(scans, gaps), ...unreadableLogs([...granted.unreadable, ...received.unreadable])],
    }
  },
})

type Filter = readonly (Hex | readonly Hex[] | null)[]
type Filters = readonly [Filter, Filter, Filter]

/** One filter after the other: each learns from the endpoint's limits, and a limit per second is shared by all. */
async function scan(
  { rpc, signal, report }: CollectContext,
  filters: Filters,
  range: BlockRange,
): Promise<readonly [Scan, Scan, Scan]> {
  const each = blockCount(range)
  const total = each * BigInt(filters.length)
  const read = (index: number) => {
    const onBlocks = (blocks: bigint) =>
      report({ phase: 'logs', blocks: { read: each * BigInt(index) + blocks, total } })
    return readLogs(rpc, { topics: filters[index] ?? [], ...range }, { onBlocks, signal })
  }
  return [await read(0), await read(1), await read(2)]
}

/** Every gap with its reason. A gap that no reason accounts for is missing all the same. */
function unreadRanges(scans: readonly Scan[], gaps: readonly BlockRange[]): readonly Missing[] {
  const failures = scans.flatMap((scan) => scan.failures)
  const byError = new Map<string, { error: FactError; ranges: BlockRange[] }>()
  for (const { error, range } of failures) {
    const key = JSON.stringify([error.code, error.message, error.data])
    const same = byError.get(key) ?? { error, ranges: [] }
    same.ranges.push(range)
    byError.set(key, same)
  }
  const explained = failures.map(({ range }) => range)
  const unexplained = gaps.flatMap((gap) => subtractRanges(gap, explained))
  const rest = unexplained.length === 0 ? [] : [{ error: toFactError(new BlocksNotReadError()), ranges: unexplained }]
  return [...byError.values(), ...rest].map(({ error, ranges }) => ({
    about: 'logs',
    error,
    ranges: mergeRanges(ranges),
  }))
}

function unreadableLogs(contracts: readonly `0x${string}`[]): readonly Missing[] {
  const error = toFactError(new UnreadableLogError())
  return mergeMissing(contracts.map((contract) => ({ about: 'logs', contract, error })))
}

class ScanAfterBlockError extends CheckupError {
  constructor(fromBlock: bigint, toBlock: bigint) {
    super('from-block-too-high', {
      message: `The first block to read (${fromBlock}) comes after the block that is checked (${toBlock}).`,
      data: { fromBlock: value.block(fromBlock), toBlock: value.block(toBlock) },
      hints: ['Give a lower --from-block.'],
    })
  }
}

class BlocksNotReadError extends CheckupError {
  constructor() {
    super('blocks-not-read', { message: 'The logs of some blocks were not read.' })
  }
}

class UnreadableLogError extends CheckupError {
  constructor() {
    super('unreadable-log', { message: 'A contract sent an event about this account in a shape that no standard has.' })
  }
}
