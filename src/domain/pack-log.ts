/** Checks one log of a reply as far as it can be checked without reading its digits. */
import type { AskedRows } from './asked-logs.ts'
import { isPrefixed, numberInHex } from './hex-number.ts'
import { longData, type RowDraft } from './row-draft.ts'
import { fields, list, MalformedReplyError } from './rpc-reply.ts'

/** A log whose fields have the right types and lengths. Whether they are hex shows when they are written. */
export type LogDraft = RowDraft & {
  /** The hash that the log gives its block. */
  readonly blockHash: string
}

const largestIndex = 2 ** 32 - 1

/** Throws `MalformedReplyError`. */
export function draftLog(reply: unknown, { fromBlock, toBlock }: AskedRows): LogDraft {
  const log = fields(reply, 'a log')
  const block = numberInHex(log.blockNumber)
  const index = numberInHex(log.logIndex)
  const blockHash = sized(log.blockHash, 66)
  // A removed log belongs to a block that is no longer on the chain.
  if (block === null || index === null || index > largestIndex || log.removed === true) throw malformedLog()
  if (block < fromBlock || block > toBlock) throw notOneAnswer('a log outside the asked blocks')
  const topics = list(log.topics, 'the topics of a log')
  const data = log.data
  const isData = typeof data === 'string' && isPrefixed(data) && data.length % 2 === 0
  if (!isData || topics.length > 4 || !isPrefixed(blockHash)) throw malformedLog()
  let text = sized(log.address, 42) + sized(log.transactionHash, 66)
  for (let place = 0; place < topics.length; place++) text += sized(topics[place], 66)
  if (data.length <= longData) text += data
  return { block, index, blockHash, text, topicCount: topics.length, data }
}

function sized(text: unknown, length: number): string {
  if (typeof text !== 'string' || text.length !== length) throw malformedLog()
  return text
}

export function malformedLog(): Error {
  return new MalformedReplyError('a log')
}

export function notOneAnswer(reason: string): Error {
  return new MalformedReplyError(`eth_getLogs (${reason})`)
}
