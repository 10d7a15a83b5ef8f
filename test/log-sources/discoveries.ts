/** A chain with a few logs, the endpoint under check, and what a source finds of it. */
import type { FactError } from '../../src/core/errors.ts'
import type { BlockRange } from '../../src/core/facts.ts'
import type { LogChunk, LogFilter } from '../../src/core/log-scan.ts'
import type { LogListener, LogQuestion, LogSource } from '../../src/core/log-source.ts'
import { readPacked } from '../../src/domain/packed-logs.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'
import { account, granted, logAt, type RpcLog, range, simulate, word } from '../rpc/log-scan/simulated-endpoint.ts'

export { account, granted, logAt, type RpcLog, range, word }

export const head = 10_000
export const hashOfBlock = (block: number) => word(0xb10c0000 + block)

const other = word(0xb0b)
const own = addressTopic(account)

/** Logs for each of the three filters, and one of somebody else. */
export const someLogs: readonly RpcLog[] = [
  logAt({ block: 0, index: 0 }),
  logAt({ block: 7, index: 300 }),
  logAt({ block: 7, index: 2 }, { topics: [topics.approvalForAll, own, other] }),
  logAt({ block: 5000, index: 1 }, { topics: [topics.transfer, other, own] }),
  logAt({ block: 9000, index: 0 }, { topics: [topics.transferSingle, other, own, other] }),
  logAt({ block: 9001, index: 0 }, { topics: [topics.transferBatch, other, other, own] }),
  logAt({ block: 9002, index: 0, account: 3 }),
  logAt({ block: head, index: 4 }, { topics: [topics.transfer, own, other, word(1)], data: '0x' }),
]

/** The logs of a filter of a node, or of what stands for one. */
export function matching(logs: readonly RpcLog[], { filter, asked }: { filter: LogFilter; asked: BlockRange }) {
  return logs.filter(
    ({ blockNumber, topics: words }) =>
      BigInt(blockNumber) >= asked.fromBlock &&
      BigInt(blockNumber) <= asked.toBlock &&
      (filter.topic0 as readonly string[]).includes(words[0] ?? '') &&
      words[filter.accountPosition] === own,
  )
}

export function question(over: Partial<LogQuestion> = {}): LogQuestion {
  return {
    filters: granted,
    accounts: [account],
    ranges: () => [range(0, head)],
    chainId: 1,
    pinned: { number: BigInt(head), hash: hashOfBlock(head), timestamp: 1_700_000_000 },
    rpc: simulate({ head }).rpc,
    ...over,
  }
}

/** The code of a failure, and of one that is told as the source's, what it was: `source: CODE`. */
export function codeOf({ code, data: { cause } }: FactError): string {
  return code === 'log-source-failed' && cause?.type === 'keyword' ? `source: ${cause.value}` : code
}

/** `FILTER BLOCK:INDEX` of what was found, and `FROM-TO CODE` of what was not, see `codeOf`. */
export async function discover(source: LogSource, asked: LogQuestion, listener: Partial<LogListener> = {}) {
  const chunks: LogChunk[] = []
  const gaps = await source.discover(asked, { onChunk: (chunk) => void chunks.push(chunk), ...listener })
  const found = chunks.flatMap(({ filter, logs }) =>
    [...readPacked(logs)].map(({ blockNumber, logIndex }) => `${filter.name} ${blockNumber}:${logIndex}`),
  )
  return {
    found: found.sort(byPlace),
    gaps: gaps.map(({ range: { fromBlock, toBlock }, error }) => `${fromBlock}-${toBlock} ${codeOf(error)}`),
    errors: gaps.map(({ error }) => error),
  }
}

function byPlace(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}
