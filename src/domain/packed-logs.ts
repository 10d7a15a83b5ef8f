/**
 * Logs in one array of bytes, as `log-rows.ts` lays them out: sorted by block and index, each once. A million of them
 * fit where a hundred thousand objects would, and a reply becomes rows faster than it was parsed from JSON.
 */
import type { Address, Hex } from 'viem'
import type { BlockRange } from '../core/facts.ts'
import type { PackedLogs } from '../core/log-scan.ts'
import { type AskedLogs, type AskedRows, askedRows, isAskedRow } from './asked-logs.ts'
import {
  contractAt,
  isBefore,
  isShortTopic,
  type Place,
  type Row,
  rowsOf,
  shapeAt,
  topicCount,
  topicStart,
  topicsAt,
  transactionAt,
  trimmedDataBit,
} from './log-rows.ts'
import { draftLog, type LogDraft, malformedLog, notOneAnswer } from './pack-log.ts'
import { type Drafts, fullText } from './row-draft.ts'
import { rowProgram } from './row-program.ts'
import { createRowWriter, type RowWriter, writeRows } from './row-writer.ts'
import { list } from './rpc-reply.ts'

/** A log read back. Lower-case hex. */
export type LogView = {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: bigint
  readonly transactionHash: Hex
  readonly logIndex: number
}

export const emptyPacked: PackedLogs = { bytes: new Uint8Array(0), count: 0 }

/** Bytes of a row with address topics and a token amount. */
const usualRowLength = 192
const zeros24 = '0'.repeat(24)

/**
 * The logs of one reply of eth_getLogs. Throws `MalformedReplyError` when a field of any is not what it must be, when one
 * was not asked for, and when two stand at the same place or call the same block by different hashes.
 */
export function packLogs(reply: unknown, asked: AskedLogs): PackedLogs {
  const logs = list(reply, 'eth_getLogs')
  if (logs.length === 0) return emptyPacked
  const writer = createRowWriter(logs.length * usualRowLength)
  const rows = askedRows(asked)
  let last: Place & { readonly blockHash: string } = { block: -1, index: -1, blockHash: '' }
  let isSorted = true
  let drafts: LogDraft[] = []
  let text = ''
  for (const log of logs) {
    const draft = draftLog(log, rows)
    if (draft.block === last.block && draft.blockHash !== last.blockHash) throw notOneAnswer('two hashes of one block')
    if (!isBefore(last, draft)) isSorted = false
    last = draft
    drafts.push(draft)
    text += draft.text
    if (text.length < fullText) continue
    write(writer, { logs: drafts, text }, rows)
    drafts = []
    text = ''
  }
  write(writer, { logs: drafts, text }, rows)
  const packed = { bytes: writer.bytes.slice(0, writer.at), count: logs.length }
  return isSorted ? packed : sortRows(packed, refuseClash)
}

function write(writer: RowWriter, drafts: Drafts, asked: AskedRows): void {
  let start = writer.at
  if (!writeRows(writer, drafts, rowProgram())) throw malformedLog()
  for (; start < writer.at; start += writer.view.getUint32(start)) {
    if (!isAskedRow(writer.view, start, asked)) throw notOneAnswer('a log that was not asked for')
  }
}

/** The logs, oldest first. Throws `DamagedLogsError`. */
export function* readPacked(packed: PackedLogs): Generator<LogView> {
  const buffer = bufferOf(packed.bytes)
  for (const row of rowsOf(packed)) yield viewOf(buffer, row)
}

function viewOf(buffer: Buffer, { start, end, block, index }: Row): LogView {
  const shape = buffer[start + shapeAt] ?? 0
  const digits = buffer.toString('hex', start, end)
  const between = (from: number, to: number) => digits.slice(2 * (from - start), 2 * (to - start))
  const topics: Hex[] = []
  let at = start + topicsAt
  for (let place = 0; place < topicCount(buffer, start); place++) {
    const isShort = isShortTopic(shape, place)
    const after = at + (isShort ? 20 : 32)
    topics.push(isShort ? `0x${zeros24}${between(at, after)}` : `0x${between(at, after)}`)
    at = after
  }
  const data = between(at, end)
  return {
    address: `0x${between(start + contractAt, start + transactionAt)}`,
    topics,
    data: (shape & trimmedDataBit) === 0 ? `0x${data}` : `0x${data.padStart(64, '0')}`,
    blockNumber: BigInt(block),
    transactionHash: `0x${between(start + transactionAt, start + topicsAt)}`,
    logIndex: index,
  }
}

/** One sorted array of several. Of two logs at the same place in a block the first is kept. */
export function concatPacked(parts: readonly PackedLogs[]): PackedLogs {
  const filled = parts.filter(({ count }) => count > 0)
  const [first] = filled
  if (first === undefined) return emptyPacked
  if (filled.length === 1) return first
  const bytes = joinBytes(filled.map((part) => part.bytes))
  return sortRows({ bytes, count: 0 }, () => undefined)
}

type Clash = (bytes: Uint8Array, one: Row, other: Row) => void

/** The same rows in order, each once. `onClash` hears of two at the same place. */
function sortRows(packed: PackedLogs, onClash: Clash): PackedLogs {
  const rows = [...rowsOf(packed)]
  const isSorted = rows.every((row, place) => place === 0 || isBefore(rows[place - 1] ?? row, row))
  if (isSorted) return { bytes: packed.bytes, count: rows.length }
  rows.sort((one, other) => one.block - other.block || one.index - other.index)
  const once: Row[] = []
  for (const row of rows) {
    const last = once.at(-1)
    if (last === undefined || isBefore(last, row)) once.push(row)
    else onClash(packed.bytes, last, row)
  }
  return pick(packed, once)
}

/** The same log twice is one log; two logs at one place are no answer. */
function refuseClash(bytes: Uint8Array, one: Row, other: Row): void {
  const buffer = bufferOf(bytes)
  const isSame = buffer.compare(buffer, one.start, one.end, other.start, other.end) === 0
  if (!isSame) throw notOneAnswer('two logs at the same place in a block')
}

/** Only the logs that have the account at this place of their topics. */
export function selectAccount(packed: PackedLogs, position: 1 | 2 | 3, account: Address): PackedLogs {
  const wanted = Buffer.from(account.slice(2), 'hex')
  const buffer = bufferOf(packed.bytes)
  const rows: Row[] = []
  for (const row of rowsOf(packed)) {
    const isAddress = isShortTopic(buffer[row.start + shapeAt] ?? 0, position)
    if (!isAddress || topicCount(buffer, row.start) <= position) continue
    const at = topicStart({ bytes: buffer, start: row.start }, position)
    if (buffer.compare(wanted, 0, 20, at, at + 20) === 0) rows.push(row)
  }
  return rows.length === packed.count ? packed : pick(packed, rows)
}

/** Only the logs of these blocks. */
export function slicePacked(packed: PackedLogs, { fromBlock, toBlock }: BlockRange): PackedLogs {
  let count = 0
  let start = packed.bytes.length
  let end = 0
  for (const row of rowsOf(packed)) {
    if (row.block < fromBlock) continue
    if (row.block > toBlock) break
    start = Math.min(start, row.start)
    end = row.end
    count++
  }
  return count === packed.count ? packed : { bytes: packed.bytes.slice(start, Math.max(start, end)), count }
}

function pick({ bytes }: PackedLogs, rows: readonly Row[]): PackedLogs {
  return { bytes: joinBytes(rows.map(({ start, end }) => bytes.subarray(start, end))), count: rows.length }
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
