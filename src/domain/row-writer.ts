/**
 * Writes logs as rows of bytes. The hot path of reading logs: the hex texts of many are joined and become bytes together,
 * because asking strings for their characters one by one takes three times as long.
 */
import { topicsAt } from './log-rows.ts'
import { writePlainRows } from './plain-rows.ts'
import { type Drafts, longData } from './row-draft.ts'
import { logLength, type RowProgram } from './row-program.ts'

/** Rows being written. */
export type RowWriter = {
  bytes: Uint8Array
  /** The same bytes. */
  view: DataView
  /** Where the next row goes. */
  at: number
}

/** Bytes of a row before its data, at most. */
const longestStart = topicsAt + 4 * 32
const encoder = new TextEncoder()

/** @param capacity bytes; it grows */
export function createRowWriter(capacity: number): RowWriter {
  const bytes = new Uint8Array(capacity)
  return { bytes, view: new DataView(bytes.buffer), at: 0 }
}

/** Appends the rows. False when something in them was no digit: then nothing was. */
export function writeRows(writer: RowWriter, drafts: Drafts, program: RowProgram | null): boolean {
  const { logs } = drafts
  const dataLength = logs.reduce((sum, { data }) => sum + data.length, 0)
  reserve(writer, longestStart * logs.length + dataLength / 2)
  if (program !== null && logs.every(({ data }) => data.length <= longData)) return runProgram(writer, drafts, program)
  const end = writePlainRows(writer.view, writer.at, drafts)
  writer.at = end ?? writer.at
  return end !== null
}

function reserve(writer: RowWriter, length: number): void {
  const { bytes, at } = writer
  if (at + length <= bytes.length) return
  writer.bytes = new Uint8Array(Math.max(bytes.length * 2, at + length))
  writer.bytes.set(bytes)
  writer.view = new DataView(writer.bytes.buffer)
}

function runProgram(writer: RowWriter, { logs, text }: Drafts, program: RowProgram): boolean {
  // A character that is not ASCII takes more than a byte.
  if (encoder.encodeInto(text, program.text).written !== text.length) return false
  const table = program.logs
  let at = 0
  for (const { block, index, topicCount, data } of logs) {
    table.setUint16(at, block / 2 ** 32)
    table.setUint32(at + 2, block)
    table.setUint32(at + 6, index)
    table.setUint8(at + 10, topicCount)
    table.setUint32(at + 12, data.length / 2 - 1, true)
    at += logLength
  }
  const rows = program.run(logs.length)
  if (rows === null) return false
  writer.bytes.set(rows, writer.at)
  writer.at += rows.length
  return true
}
