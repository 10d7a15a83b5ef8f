/** Checks an answer of eth_getLogs field by field, and that it answers what was asked. */
import type { Hex } from 'viem'
import type { BlockRange } from '../core/facts.ts'
import { bytes, count, fields, hash32, list, MalformedReplyError, quantity } from '../domain/rpc-reply.ts'
import { InvalidReplyError, type RpcPlace } from './errors.ts'
import type { LogRequest, RawLog } from './read-logs.ts'

export type LogQuestion = { readonly request: LogRequest; readonly range: BlockRange; readonly place: RpcPlace }

/** The logs of one answer, each once. Throws `InvalidReplyError` when any of them is malformed or was not asked for. */
export function decodeLogs(reply: unknown, { request, range, place }: LogQuestion): readonly RawLog[] {
  const isAsked = createFilter(request)
  const logs = new Map<string, RawLog>()
  for (const log of decodeAll(reply, place)) {
    if (log.blockNumber < range.fromBlock || log.blockNumber > range.toBlock) {
      throw new InvalidReplyError(place, 'a log lies outside the asked blocks')
    }
    if (!isAsked(log)) throw new InvalidReplyError(place, 'a log does not match the asked topics or contracts')
    const earlier = logs.get(logKey(log))
    if (earlier !== undefined && earlier.transactionHash !== log.transactionHash) {
      throw new InvalidReplyError(place, 'two logs claim the same place in a block')
    }
    logs.set(logKey(log), log)
  }
  return [...logs.values()]
}

/** Where a log stands on the chain. */
export function logKey({ blockNumber, logIndex }: RawLog): string {
  return `${blockNumber}:${logIndex}`
}

function decodeAll(reply: unknown, place: RpcPlace): readonly RawLog[] {
  try {
    return list(reply, 'eth_getLogs').map(decodeLog)
  } catch (error) {
    if (error instanceof MalformedReplyError) throw new InvalidReplyError(place, 'a log is malformed')
    throw error
  }
}

function decodeLog(reply: unknown): RawLog {
  const log = fields(reply, 'a log')
  // A removed log belongs to a block that is no longer on the chain.
  if (log.removed === true) throw new MalformedReplyError('a log')
  const address = bytes(log.address, 'the contract of a log')
  const topics = list(log.topics, 'the topics of a log').map((topic) => hash32(topic, 'a topic of a log'))
  if (address.length !== 42 || topics.length > 4) throw new MalformedReplyError('a log')
  return {
    address,
    topics,
    data: bytes(log.data, 'the data of a log'),
    blockNumber: quantity(log.blockNumber, 'the block of a log'),
    blockHash: hash32(log.blockHash, 'the block hash of a log'),
    transactionHash: hash32(log.transactionHash, 'the transaction of a log'),
    logIndex: count(log.logIndex, 'the index of a log'),
  }
}

function createFilter({ topics, address }: LogRequest): (log: RawLog) => boolean {
  const addresses = address === undefined ? null : wordSet(address)
  const positions = topics.map((topic) => (topic === null ? null : wordSet(topic)))
  return (log) =>
    (addresses === null || addresses.has(log.address)) &&
    positions.every((position, index) => position === null || position.has(log.topics[index] ?? ''))
}

/** An empty list of words asks for any word, as null does. */
function wordSet(words: Hex | readonly Hex[]): { has: (word: string) => boolean } {
  const list = typeof words === 'string' ? [words] : words
  return list.length === 0 ? { has: () => true } : new Set<string>(list.map((word) => word.toLowerCase()))
}
