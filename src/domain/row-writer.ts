/**
 * Writes logs as rows of bytes. The hot path of reading logs: the hex texts of many logs are joined and become bytes
 * together, because asking strings for their characters one by one takes twice as long.
 */
import { type AskedRows, isAskedTopic } from './asked-logs.ts'
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

/** What of a log becomes a row. */
export type RowDraft = Place & {
  /** The contract, the transaction, the topics, and the data unless it is long: all with 0x, and of the right lengths. */
  readonly text: string
  readonly topicCount: number
  readonly data: string
}

/** Rows being written, and the text they are written from. Plain fields, because millions of logs pass through them. */
export type RowWriter = {
  bytes: Uint8Array
  /** The same bytes. */
  view: DataView
  /** Where the next byte goes. */
  at: number
  readonly text: Uint8Array
  /** The same characters. */
  readonly digits: DataView
  /** The next character to read. */
  from: number
  /** `stray` or more once something was read that should have been a digit. */
  seen: number
  isAsked: boolean
}

export type RowsWritten = 'all' | 'not hex' | 'not asked for'

/** Characters of data that are not joined with others. */
export const longData = 2 ** 14
/** Characters after which no more texts are joined. */
export const fullText = 2 ** 15
const longestText = fullText + 42 + 5 * 66 + longData

/** Bytes of a row before its data. */
const longestStart = topicsAt + 4 * 32

/** More than any byte. */
const stray = 256
/** By the codes of two characters: the byte that they spell, or `stray`. Faster than one by one. */
const pairs = pairTable()
/** The codes of 0x, of 00 and of 0000. */
const prefix = 0x3078
const twoZeros = 0x3030
const fourZeros = 0x30303030
const encoder = new TextEncoder()

/** @param capacity bytes; it grows */
export function createRowWriter(capacity: number): RowWriter {
  const bytes = new Uint8Array(capacity)
  const text = new Uint8Array(longestText)
  return {
    bytes,
    view: new DataView(bytes.buffer),
    at: 0,
    text,
    digits: new DataView(text.buffer),
    from: 0,
    seen: 0,
    isAsked: true,
  }
}

/** Appends the rows, up to the first that is not in order. */
export function writeRows(
  writer: RowWriter,
  drafts: readonly RowDraft[],
  { text, asked }: { readonly text: string; readonly asked: AskedRows },
): RowsWritten {
  reserve(
    writer,
    drafts.reduce((sum, { data }) => sum + longestStart + data.length / 2, 0),
  )
  if (!readText(writer, text)) return 'not hex'
  for (const draft of drafts) {
    writeRow(writer, draft, asked)
    if (writer.seen >= stray) return 'not hex'
    if (!writer.isAsked) return 'not asked for'
  }
  return 'all'
}

function reserve(writer: RowWriter, length: number): void {
  const { bytes, at } = writer
  if (at + length <= bytes.length) return
  writer.bytes = new Uint8Array(Math.max(bytes.length * 2, at + length))
  writer.bytes.set(bytes)
  writer.view = new DataView(writer.bytes.buffer)
}

/** False when a character is not ASCII: it takes more than a byte. */
function readText(writer: RowWriter, text: string): boolean {
  writer.from = 0
  return encoder.encodeInto(text, writer.text).written === text.length
}

function writeRow(writer: RowWriter, { block, index, topicCount, data }: RowDraft, asked: AskedRows): void {
  const start = writer.at
  writer.at += contractAt
  readPrefix(writer)
  writeBytes(writer, 20)
  readPrefix(writer)
  writeBytes(writer, 32)
  const shape = writeTopics(writer, topicCount, asked) | writeData(writer, data)
  const { view, at } = writer
  view.setUint32(start, at - start)
  view.setUint16(start + blockAt, block / 2 ** 32)
  view.setUint32(start + blockAt + 2, block)
  view.setUint32(start + indexAt, index)
  view.setUint8(start + shapeAt, shape)
}

function writeTopics(writer: RowWriter, count: number, { places, fewestTopics }: AskedRows): number {
  let shape = count
  if (count < fewestTopics) writer.isAsked = false
  for (let place = 0; place < count; place++) {
    readPrefix(writer)
    const from = writer.at
    if (readZeros(writer)) {
      shape |= shortTopicBit(place)
      writeBytes(writer, 20)
    } else {
      writeBytes(writer, 32)
    }
    const words = places[place] ?? null
    if (words !== null && !isAskedTopic(words, writer.view, { from, to: writer.at })) writer.isAsked = false
  }
  return shape
}

/** Reads the twelve zero bytes before an address. False, with nothing read, when they are not there. */
function readZeros(writer: RowWriter): boolean {
  const { digits, from } = writer
  let at = from
  while (at < from + 24 && digits.getUint32(at) === fourZeros) at += 4
  if (at < from + 24) return false
  writer.from = at
  return true
}

function writeData(writer: RowWriter, data: string): number {
  if (data.length > longData) {
    writeLong(writer, data)
    return 0
  }
  const isOneWord = data.length === 66
  const end = writer.from + data.length
  readPrefix(writer)
  if (isOneWord) while (writer.from < end && writer.digits.getUint16(writer.from) === twoZeros) writer.from += 2
  writeBytes(writer, (end - writer.from) / 2)
  return isOneWord ? trimmedDataBit : 0
}

/** In parts: joined with others, a huge text would be held twice more. */
function writeLong(writer: RowWriter, data: string): void {
  const part = createRowWriter(data.length / 2)
  for (let from = 2; from < data.length; from += longData) {
    const digits = data.slice(from, from + longData)
    if (!readText(part, digits)) part.seen = stray
    writeBytes(part, digits.length / 2)
  }
  writer.bytes.set(part.bytes.subarray(0, part.at), writer.at)
  writer.at += part.at
  writer.seen |= part.seen
}

function readPrefix(writer: RowWriter): void {
  if (writer.digits.getUint16(writer.from) !== prefix) writer.seen = stray
  writer.from += 2
}

/** Writes so many bytes, of twice as many digits. */
function writeBytes(writer: RowWriter, length: number): void {
  const { view, digits } = writer
  const end = writer.at + length
  let from = writer.from
  let at = writer.at
  let seen = writer.seen
  for (; at + 4 <= end; at += 4, from += 8) {
    const early = digits.getUint32(from)
    const late = digits.getUint32(from + 4)
    const first = pairs[early >>> 16] ?? stray
    const second = pairs[early & 0xffff] ?? stray
    const third = pairs[late >>> 16] ?? stray
    const fourth = pairs[late & 0xffff] ?? stray
    seen |= first | second | third | fourth
    view.setUint32(at, (first << 24) | (second << 16) | (third << 8) | fourth)
  }
  for (; at < end; at++, from += 2) {
    const byte = pairs[digits.getUint16(from)] ?? stray
    seen |= byte
    view.setUint8(at, byte)
  }
  writer.at = at
  writer.from = from
  writer.seen = seen
}

function pairTable(): Uint16Array {
  const table = new Uint16Array(65_536).fill(stray)
  const digits = [...'0123456789abcdefABCDEF']
  for (const high of digits) {
    for (const low of digits) {
      table[(high.charCodeAt(0) << 8) | low.charCodeAt(0)] = Number.parseInt(high + low, 16)
    }
  }
  return table
}
