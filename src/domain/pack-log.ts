/** Turns one log of a reply into a row of packed bytes, and refuses what is malformed or was not asked for. */
import type { BlockRange } from '../core/facts.ts'
import {
  capital,
  type HexWriter,
  isPrefixed,
  noDigit,
  numberInHex,
  putUint16,
  putUint32,
  reserve,
  writeDigits,
} from './hex-writer.ts'
import {
  blockAt,
  contractAt,
  indexAt,
  type Place,
  shapeAt,
  shortTopicBit,
  topicsAt,
  trimmedDataBit,
} from './log-rows.ts'
import { fields, list, MalformedReplyError } from './rpc-reply.ts'

/** What a reply must answer: these blocks, and logs whose topics (lower-case hex) and contract the filter asked for. */
export type AskedLogs = {
  readonly range: BlockRange
  readonly isAsked: (topics: readonly string[], address: string) => boolean
}

/** The same for every log of a reply: comparing a number with a bigint costs more than reading a log's topics. */
export type AskedRows = Pick<AskedLogs, 'isAsked'> & { readonly fromBlock: number; readonly toBlock: number }

export function askedRows({ range, isAsked }: AskedLogs): AskedRows {
  return { fromBlock: Number(range.fromBlock), toBlock: Number(range.toBlock), isAsked }
}

/** Where an address begins in a topic's text. */
const addressDigits = 26
const largestIndex = 2 ** 32 - 1

/** Where the log stands, with the hash that it gives its block. */
type NamedPlace = Place & { readonly blockHash: string }

/** Appends the row. Throws `MalformedReplyError`. */
export function packLog(writer: HexWriter, reply: unknown, { fromBlock, toBlock, isAsked }: AskedRows): NamedPlace {
  const log = fields(reply, 'a log')
  const block = numberInHex(log.blockNumber)
  const index = numberInHex(log.logIndex)
  const blockHash = sized(log.blockHash, 66)
  // A removed log belongs to a block that is no longer on the chain.
  if (block === null || index === null || index > largestIndex || log.removed === true) throw malformedLog()
  if (block < fromBlock || block > toBlock) throw notOneAnswer('a log outside the asked blocks')
  const address = sized(log.address, 42)
  const transaction = sized(log.transactionHash, 66)
  const topics = list(log.topics, 'the topics of a log')
  const data = log.data
  if (typeof data !== 'string' || !isPrefixed(data) || topics.length > 4) throw malformedLog()
  reserve(writer, topicsAt + 32 * topics.length + data.length)
  const start = writer.at
  writer.at += contractAt
  writer.marks = 0
  writeDigits(writer, address, 2)
  writeDigits(writer, transaction, 2)
  const shape = packTopics(writer, topics) | packData(writer, data)
  putUint32(writer, start, writer.at - start)
  putUint16(writer, start + blockAt, block / 2 ** 32)
  putUint32(writer, start + blockAt + 2, block)
  putUint32(writer, start + indexAt, index)
  writer.bytes[start + shapeAt] = shape
  if (writer.marks >= noDigit) throw malformedLog()
  const words = topics as readonly string[] // packTopics refuses anything else
  const hasCapitals = writer.marks === capital
  const isWanted = hasCapitals ? isAsked(words.map(lowerCase), lowerCase(address)) : isAsked(words, address)
  if (!isWanted) throw notOneAnswer('a log that was not asked for')
  return { block, index, blockHash }
}

function packTopics(writer: HexWriter, topics: readonly unknown[]): number {
  let shape = topics.length
  for (let place = 0; place < topics.length; place++) {
    const topic = sized(topics[place], 66)
    const isShort = isAddress(topic)
    writeDigits(writer, topic, isShort ? addressDigits : 2)
    if (isShort) shape |= shortTopicBit(place)
  }
  return shape
}

/** Whether twelve zero bytes stand before the rest of a word. A loop: startsWith takes three times as long. */
function isAddress(word: string): boolean {
  let at = 2
  while (at < addressDigits && word.charCodeAt(at) === 48) at++
  return at === addressDigits
}

function packData(writer: HexWriter, data: string): number {
  const isOneWord = data.length === 66
  writeDigits(writer, data, isOneWord ? firstDigit(data) : 2)
  return isOneWord ? trimmedDataBit : 0
}

/** Where a word's leading zero bytes end. */
function firstDigit(word: string): number {
  let at = 2
  while (at < word.length && word.charCodeAt(at) === 48 && word.charCodeAt(at + 1) === 48) at += 2
  return at
}

/** Text with 0x in front and of this length. Whether the rest is hex shows when it is written. */
function sized(text: unknown, length: number): string {
  if (typeof text !== 'string' || text.length !== length || !isPrefixed(text)) throw malformedLog()
  return text
}

function malformedLog(): Error {
  return new MalformedReplyError('a log')
}

export function notOneAnswer(reason: string): Error {
  return new MalformedReplyError(`eth_getLogs (${reason})`)
}

function lowerCase(text: string): string {
  return text.toLowerCase()
}
