/** Writes rows of logs without the program: two digits at a time, and data of any length. */
import { blockAt, contractAt, indexAt, shapeAt, shortTopicBit, trimmedDataBit } from './log-rows.ts'
import { type Drafts, longData, type RowDraft } from './row-draft.ts'

/** Plain fields, because every digit passes through them. */
type Cursor = {
  readonly view: DataView
  /** Where the next byte goes. */
  at: number
  /** The text that is read, each a character. */
  digits: DataView
  /** The next character to read. */
  from: number
  /** `stray` or more once something was read that should have been a digit. */
  seen: number
}

/** More than any byte. */
const stray = 256
/** By the codes of two characters: the byte that they spell, or `stray`. Faster than one by one. */
const pairs = pairTable()
/** The codes of 0x, of 00 and of 0000. */
const prefix = 0x3078
const twoZeros = 0x3030
const fourZeros = 0x30303030
const encoder = new TextEncoder()

/** Writes the rows from `at` on, where there is room for them. The place after them; null when something was no digit. */
export function writePlainRows(view: DataView, at: number, { logs, text }: Drafts): number | null {
  const digits = digitsOf(text)
  if (digits === null) return null
  const cursor: Cursor = { view, at, digits, from: 0, seen: 0 }
  for (const log of logs) writeRow(cursor, log)
  return cursor.seen < stray ? cursor.at : null
}

/** Null when a character is not ASCII: it takes more than a byte. */
function digitsOf(text: string): DataView | null {
  const { buffer, byteOffset, length } = encoder.encode(text)
  return length === text.length ? new DataView(buffer, byteOffset, length) : null
}

function writeRow(cursor: Cursor, { block, index, topicCount, data }: RowDraft): void {
  const start = cursor.at
  cursor.at += contractAt
  readPrefix(cursor)
  writeBytes(cursor, 20)
  readPrefix(cursor)
  writeBytes(cursor, 32)
  const shape = writeTopics(cursor, topicCount) | writeData(cursor, data)
  const { view, at } = cursor
  view.setUint32(start, at - start)
  view.setUint16(start + blockAt, block / 2 ** 32)
  view.setUint32(start + blockAt + 2, block)
  view.setUint32(start + indexAt, index)
  view.setUint8(start + shapeAt, shape)
}

function writeTopics(cursor: Cursor, count: number): number {
  let shape = count
  for (let place = 0; place < count; place++) {
    readPrefix(cursor)
    if (readZeros(cursor)) {
      shape |= shortTopicBit(place)
      writeBytes(cursor, 20)
    } else {
      writeBytes(cursor, 32)
    }
  }
  return shape
}

/** Reads the twelve zero bytes before an address. False, with nothing read, when they are not there. */
function readZeros(cursor: Cursor): boolean {
  const { digits, from } = cursor
  let at = from
  while (at < from + 24 && digits.getUint32(at) === fourZeros) at += 4
  if (at < from + 24) return false
  cursor.from = at
  return true
}

function writeData(cursor: Cursor, data: string): number {
  if (data.length > longData) {
    writeLong(cursor, data)
    return 0
  }
  const isOneWord = data.length === 66
  const end = cursor.from + data.length
  readPrefix(cursor)
  if (isOneWord) while (cursor.from < end && cursor.digits.getUint16(cursor.from) === twoZeros) cursor.from += 2
  writeBytes(cursor, (end - cursor.from) / 2)
  return isOneWord ? trimmedDataBit : 0
}

/** In parts: joined with others, a huge text would be held twice more. */
function writeLong(cursor: Cursor, data: string): void {
  const { digits, from } = cursor
  for (let start = 2; start < data.length; start += longData) {
    const part = digitsOf(data.slice(start, start + longData))
    if (part === null) {
      cursor.seen = stray
      return
    }
    cursor.digits = part
    cursor.from = 0
    writeBytes(cursor, part.byteLength / 2)
  }
  cursor.digits = digits
  cursor.from = from
}

function readPrefix(cursor: Cursor): void {
  if (cursor.digits.getUint16(cursor.from) !== prefix) cursor.seen = stray
  cursor.from += 2
}

/** Writes so many bytes, of twice as many digits. */
function writeBytes(cursor: Cursor, length: number): void {
  const { view, digits } = cursor
  const end = cursor.at + length
  let from = cursor.from
  let at = cursor.at
  let seen = cursor.seen
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
  cursor.at = at
  cursor.from = from
  cursor.seen = seen
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
