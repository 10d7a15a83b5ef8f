/** Turns one log of a reply into a row of packed bytes, and refuses what is malformed or was not asked for. */
import type { BlockRange } from '../core/facts.ts'
import { type HexWriter, isPrefixed, numberInHex } from './hex-writer.ts'
import { type Place, shapeAt, shortTopicBit, trimmedDataBit } from './log-rows.ts'
import { fields, list, MalformedReplyError } from './rpc-reply.ts'

/** What a reply must answer: these blocks, and logs whose topics (lower-case hex) and contract the filter asked for. */
export type AskedLogs = {
  readonly range: BlockRange
  readonly isAsked: (topics: readonly string[], address: string) => boolean
}

/** How an address begins as a topic. */
const zeroStart = `0x${'0'.repeat(24)}`
const largestIndex = 2 ** 32 - 1

/** Where the log stands, with the hash that it gives its block. */
type NamedPlace = Place & { readonly blockHash: string }

/** Appends the row. Throws `MalformedReplyError`. */
export function packLog(writer: HexWriter, reply: unknown, { range, isAsked }: AskedLogs): NamedPlace {
  const log = fields(reply, 'a log')
  const block = numberInHex(log.blockNumber)
  const index = numberInHex(log.logIndex)
  const blockHash = sized(log.blockHash, 66)
  // A removed log belongs to a block that is no longer on the chain.
  if (block === null || index === null || index > largestIndex || log.removed === true) throw malformedLog()
  if (block < range.fromBlock || block > range.toBlock) throw notOneAnswer('a log outside the asked blocks')
  const address = sized(log.address, 42)
  const start = writer.position()
  writer.number(0, 4) // the row's length, known at its end
  writer.number(block, 6)
  writer.number(index, 4)
  writer.number(0, 1) // its shape, too
  writer.digits(address, 2)
  writer.digits(sized(log.transactionHash, 66), 2)
  const topics = list(log.topics, 'the topics of a log')
  const shape = packTopics(writer, topics) | packData(writer, log.data)
  writer.patch(start + shapeAt, { value: shape, length: 1 })
  writer.patch(start, { value: writer.position() - start, length: 4 })
  const { isHex, hasCapitals } = writer.takeSeen()
  if (!isHex) throw malformedLog()
  const words = topics as readonly string[] // packTopics refuses anything else
  const isWanted = hasCapitals ? isAsked(words.map(lowerCase), lowerCase(address)) : isAsked(words, address)
  if (!isWanted) throw notOneAnswer('a log that was not asked for')
  return { block, index, blockHash }
}

function packTopics(writer: HexWriter, topics: readonly unknown[]): number {
  if (topics.length > 4) throw malformedLog()
  let shape = topics.length
  for (let place = 0; place < topics.length; place++) {
    const topic = sized(topics[place], 66)
    const isShort = topic.startsWith(zeroStart)
    writer.digits(topic, isShort ? zeroStart.length : 2)
    if (isShort) shape |= shortTopicBit(place)
  }
  return shape
}

function packData(writer: HexWriter, data: unknown): number {
  if (typeof data !== 'string' || !isPrefixed(data)) throw malformedLog()
  const isOneWord = data.length === 66
  writer.digits(data, isOneWord ? firstDigit(data) : 2)
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
