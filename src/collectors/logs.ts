/** Approvals by the account and transfers to it, found by one pass over the logs for each place of its topic. */
import type { Address } from 'viem'
import { type CollectContext, defineCollector } from '../core/collector.ts'
import { CheckupError } from '../core/errors.ts'
import type { BlockRange, ChainFacts, Coverage } from '../core/facts.ts'
import type { LogFilter, PackedLogs } from '../core/log-scan.ts'
import { value } from '../core/value.ts'
import { listedHere } from '../domain/address-list.ts'
import { approvalReader, receivedReader } from '../domain/approval-events.ts'
import { baselineFacts, baselineFor, knownPart } from '../domain/baseline.ts'
import { mergeRanges } from '../domain/block-range.ts'
import { strayedReader } from '../domain/misdirected-logs.ts'
import { readPacked } from '../domain/packed-logs.ts'
import { isPermit2 } from '../domain/permit2.ts'
import { sentReader } from '../domain/sent-logs.ts'
import { listedTokens } from './listed-tokens.ts'
import { blocksLeftOut, unreadableLogs, unreadBlocks } from './logs/missing-logs.ts'
import { readLogs } from './logs/read-logs.ts'
import { readTransfers } from './logs/read-transfers.ts'

export default defineCollector({
  key: 'logs',
  needs: ['chain'],
  fetch: async (context: CollectContext, { chain }) => {
    const { account: owner, fromBlock } = context.options
    const range = { fromBlock, toBlock: chain.block.number }
    if (fromBlock > range.toBlock) throw new ScanAfterBlockError(fromBlock, range.toBlock)
    const isKnown = (contract: Address) => isPermit2(chain.chainId, contract)
    const granted = approvalReader({ owner, isPermit2: isKnown })
    const received = receivedReader(owner)
    const sent = sentReader(owner, knownTokens(context, chain))
    const strayed = strayedReader(owner)
    const { sanctionsLists, tokenLists } = context.options
    const transfers = readTransfers({
      owner,
      listed: listedHere(sanctionsLists, chain.chainId),
      tokens: listedTokens(tokenLists, chain.chainId),
    })
    const hear = (filter: LogFilter, logs: PackedLogs) => {
      transfers.first(filter, logs)
      // ERC-777 names the account where a Transfer names who receives, and ERC-1155 who sends.
      const readers = { granted: [granted, sent, strayed], received: [received, granted, sent] }[filter.name] ?? [
        received,
      ]
      for (const log of readPacked(logs)) for (const reader of readers) reader.add([log])
    }
    const reading = await readLogs(context, { chain, range, passes: [() => hear, transfers.second] })
    const decoded = {
      granted: granted.result(),
      received: received.result(),
      sent: sent.result(),
      strayed: strayed.result(),
    }
    return { range, reading, ...decoded, transfers: transfers.result() }
  },
  decode: ({ range, reading, granted, received, sent, strayed, transfers }) => ({
    approvals: granted.items,
    received: received.items,
    sent,
    strayed,
    transfers,
    coverage: {
      fromBlock: 0n,
      toBlock: range.toBlock,
      gaps: mergeRanges([...leftOut(range), ...reading.unread]),
    } satisfies Coverage,
    ...(reading.source !== null && { source: reading.source }),
    missing: [
      ...blocksLeftOut(leftOut(range)),
      ...unreadBlocks(reading),
      ...unreadableLogs([...granted.unreadable, ...received.unreadable]),
    ],
  }),
})

/** By contract in lower case the block of the baseline that has it. */
function knownTokens({ options }: CollectContext, chain: ChainFacts): ReadonlyMap<string, bigint> {
  const { account, label, baseline = [] } = options
  const before = baselineFacts(baseline, { account, label: label ?? null, chainId: chain.chainId })
  const known = knownPart({ baseline: baselineFor('unexpected-outgoing', before), chain }, 'tokens')
  return new Map((known?.held ?? []).map(({ token }) => [token.toLowerCase(), BigInt(known?.block ?? 0)]))
}

/** What the user chose not to have read. An approval there is as good as any other. */
function leftOut({ fromBlock }: BlockRange): readonly BlockRange[] {
  return fromBlock === 0n ? [] : [{ fromBlock: 0n, toBlock: fromBlock - 1n }]
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
