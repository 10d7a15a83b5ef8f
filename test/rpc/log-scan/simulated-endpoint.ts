/** An endpoint over a short list of logs, with the limits and the lies that real ones have, and what it was asked. */
import type { Address, Hex } from 'viem'
import type { BlockRange } from '../../../src/core/facts.ts'
import type { LogChunk } from '../../../src/core/log-scan.ts'
import type { RpcClient } from '../../../src/core/rpc.ts'
import { logFilters } from '../../../src/domain/log-filters.ts'
import { readPacked } from '../../../src/domain/packed-logs.ts'
import { addressTopic, topics } from '../../../src/domain/topics.ts'
import { MethodNotSupportedError, RpcRefusedError } from '../../../src/rpc/errors.ts'
import { scanLogs } from '../../../src/rpc/log-scan/scan.ts'
import type { LogScanObserver, LogScanRequest } from '../../../src/rpc/log-scan/state.ts'

export const place = { host: 'node.example', method: 'eth_getLogs' }
export const refused = (code: number, message: string, data?: unknown) =>
  new RpcRefusedError(place, { code, message, data })
export const word = (number: number | bigint): Hex => `0x${number.toString(16).padStart(64, '0')}`
export const accountAt = (index: number): Address => `0x${(0xacc000 + index).toString(16).padStart(40, '0')}`
export const account = accountAt(0)
export const range = (fromBlock: number, toBlock: number): BlockRange => ({
  fromBlock: BigInt(fromBlock),
  toBlock: BigInt(toBlock),
})

/** Where a log stands, and which account granted it. */
export type Place = { readonly block: number; readonly index: number; readonly account?: number }
export type RpcLog = ReturnType<typeof logAt>

/** An Approval by the account: the filter `granted` finds it. */
export function logAt({ block, index, account = 0 }: Place, over: object = {}) {
  return {
    address: `0x${'c0'.repeat(20)}`,
    topics: [topics.approval, addressTopic(accountAt(account)), word(7)] as readonly string[],
    data: word(5),
    blockNumber: `0x${block.toString(16)}`,
    blockHash: word(0xb10c0000 + block),
    transactionHash: word(block * 1000 + index),
    logIndex: `0x${index.toString(16)}`,
    removed: false,
    ...over,
  }
}
export const every = (step: number, last: number) =>
  Array.from({ length: Math.floor(last / step) + 1 }, (_, number) => logAt({ block: number * step, index: 0 }))

type Filter = {
  readonly fromBlock?: Hex
  readonly toBlock?: Hex
  readonly blockHash?: Hex
  readonly topics?: readonly (readonly string[] | null)[]
}
/** A question of the scan itself, for one range of one lane. */
export type Question = BlockRange & { readonly position: number; readonly accounts: number }

export type Endpoint = {
  readonly head: number
  readonly logs?: readonly RpcLog[]
  /** Throws to refuse; may give another answer than the logs found. */
  readonly answer?: (asked: Question, found: readonly RpcLog[]) => unknown
  /** Logs before this block are not found, without a word. */
  readonly prunedBefore?: number
  /** Blocks whose headers announce logs; all of them by default, and each then holds one of somebody else. */
  readonly hasBloom?: (block: number) => boolean
  /** Answers the checks that are about one block; an error refuses them. */
  readonly onCanary?: (block: number) => unknown
  readonly onPinned?: () => unknown
  readonly onHeader?: (block: number) => unknown
  readonly onHead?: () => unknown
}

export function simulate(endpoint: Endpoint) {
  const asked: Question[] = []
  const methods: string[] = []
  const handlers: Readonly<Record<string, (params: readonly unknown[]) => unknown>> = {
    eth_blockNumber: () => endpoint.onHead?.() ?? `0x${endpoint.head.toString(16)}`,
    eth_getBlockByNumber: ([tag]) => header(endpoint, Number(tag)),
    eth_getLogs: ([filter]) => getLogs(endpoint, filter as Filter, asked),
  }
  const rpc: RpcClient = {
    host: place.host,
    endpointId: '00000000000000aa',
    requestCount: () => methods.length,
    request: async (method, params) => {
      methods.push(method)
      const handler = handlers[method]
      if (handler === undefined) throw new MethodNotSupportedError({ host: place.host, method })
      const reply = await handler(params)
      if (reply instanceof Error) throw reply
      return reply
    },
  }
  return { rpc, asked, methods }
}

function header({ hasBloom = () => true, onHeader }: Endpoint, block: number): unknown {
  const own = { number: `0x${block.toString(16)}`, hash: word(0xb10c0000 + block) }
  return onHeader?.(block) ?? { ...own, logsBloom: hasBloom(block) ? `0x${'01'.padStart(512, '0')}` : '0x00' }
}

function getLogs(endpoint: Endpoint, filter: Filter, asked: Question[]): unknown {
  if (filter.blockHash !== undefined) return endpoint.onPinned?.() ?? []
  const [fromBlock, toBlock] = [BigInt(filter.fromBlock ?? 0), BigInt(filter.toBlock ?? 0)]
  if (filter.topics === undefined) return canary(endpoint, Number(fromBlock))
  const position = filter.topics.length - 1
  const question = { fromBlock, toBlock, position, accounts: filter.topics[position]?.length ?? 0 }
  asked.push(question)
  const found = (endpoint.logs ?? []).filter(
    (log) =>
      BigInt(log.blockNumber) >= fromBlock &&
      BigInt(log.blockNumber) <= toBlock &&
      Number(log.blockNumber) >= (endpoint.prunedBefore ?? 0) &&
      (filter.topics ?? []).every((words, index) => words === null || words.includes(log.topics[index] ?? '')),
  )
  return endpoint.answer === undefined ? found : endpoint.answer(question, found)
}

function canary({ onCanary, hasBloom = () => true, prunedBefore = 0 }: Endpoint, block: number): unknown {
  if (onCanary !== undefined) return onCanary(block)
  return hasBloom(block) && block >= prunedBefore ? [logAt({ block, index: 0, account: 999 })] : []
}

/** Only the first filter, unless others are named. */
export const granted = logFilters.slice(0, 1)

export function requestFor(asked: BlockRange, over: Partial<LogScanRequest> = {}): LogScanRequest {
  const number = asked.toBlock
  return {
    filters: granted,
    accounts: [account],
    ranges: () => [asked],
    pinned: { number, hash: word(0xb10c0000n + number), timestamp: 1_700_000_000 },
    ...over,
  }
}

/** What a scan delivered and what it did not. A gap outranks what was delivered of its blocks. */
export async function read(rpc: RpcClient, request: LogScanRequest, observe: Partial<LogScanObserver> = {}) {
  const chunks: LogChunk[] = []
  const onChunk = (chunk: LogChunk) => void chunks.push(chunk)
  const scan = await scanLogs(rpc, request, { onChunk, catchUpMs: 0, ...observe })
  return { ...scan, chunks, places: placesOf(chunks), ranges: scan.gaps.map((gap) => gap.range) }
}

/** In the order they were delivered, sorted; a log delivered twice is there twice. */
function placesOf(chunks: readonly LogChunk[]): readonly string[] {
  return chunks
    .flatMap(({ logs }) => [...readPacked(logs)])
    .sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
    .map(({ blockNumber, logIndex }) => `${blockNumber}:${logIndex}`)
}
