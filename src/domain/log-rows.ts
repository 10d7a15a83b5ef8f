/**
 * How one log lies in packed bytes. Numbers are written with the highest byte first:
 *
 *     length of the row 4 | block 6 | index 4 | shape 1 | contract 20 | transaction 32 | topics | data
 *
 * The shape's low three bits count the topics. Its next four say which topics are stored as 20 bytes, because the
 * twelve before them are zero. Its highest says that the data is one word stored without its leading zeros.
 */
import { CheckupError } from '../core/errors.ts'
import type { PackedLogs } from '../core/log-scan.ts'

export const blockAt = 4
export const indexAt = 10
export const shapeAt = 14
export const contractAt = 15
export const transactionAt = 35
export const topicsAt = 67

export const shortTopicBit = (index: number): number => 8 << index
export const trimmedDataBit = 128

/** A row's first byte, the byte after its last, and what it is sorted by. */
export type Row = Place & { readonly start: number; readonly end: number }
export type Place = { readonly block: number; readonly index: number }

/** Bytes that are not rows of logs, as a damaged cache may hold them. */
export class DamagedLogsError extends CheckupError {
  constructor() {
    super('damaged-logs', {
      message: 'Logs that were kept from an earlier run are damaged.',
      hints: ['Run wallet-checkup cache clear.'],
    })
  }
}

/** Throws `DamagedLogsError` where a row cannot be one. */
export function* rowsOf({ bytes }: PackedLogs): Generator<Row> {
  let start = 0
  while (start < bytes.length) {
    const end = start + uint32(bytes, start)
    const hasRoom = end <= bytes.length && end - start >= topicsAt
    if (!hasRoom || topicStart({ bytes, start }, topicCount(bytes, start)) > end) throw new DamagedLogsError()
    yield { start, end, block: uint48(bytes, start + blockAt), index: uint32(bytes, start + indexAt) }
    start = end
  }
}

export function topicCount(bytes: Uint8Array, start: number): number {
  return (bytes[start + shapeAt] ?? 0) & 7
}

export function isShortTopic(shape: number, index: number): boolean {
  return (shape & shortTopicBit(index)) !== 0
}

/** Where a topic begins; with the count of the topics, where the data does. */
export function topicStart({ bytes, start }: { bytes: Uint8Array; start: number }, index: number): number {
  const shape = bytes[start + shapeAt] ?? 0
  let at = start + topicsAt
  for (let earlier = 0; earlier < index; earlier++) at += isShortTopic(shape, earlier) ? 20 : 32
  return at
}

export function isBefore(one: Place, other: Place): boolean {
  return one.block < other.block || (one.block === other.block && one.index < other.index)
}

function uint32(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) * 65_536 + uint16(bytes, at + 2)
}

function uint48(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) * 2 ** 32 + uint32(bytes, at + 2)
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}
