/** Transfer events of ERC-20 and ERC-721 in packed logs, looked at as bytes: of a million few are worth an object. */
import type { PackedLogs } from '../core/log-scan.ts'
import { isShortTopic, rowsOf, shapeAt, topicCount, topicStart, topicsAt, trimmedDataBit } from './log-rows.ts'
import { topics } from './topics.ts'

/** Where the account stands in the topics: 1 when it is who the tokens leave, 2 when they come to it. */
export type Side = 1 | 2

export type TransferRow = {
  readonly start: number
  readonly end: number
  /** Where the 20 bytes of the other side begin. */
  readonly other: number
  readonly block: number
  /** An amount of nothing. An NFT is never nothing. */
  readonly isEmpty: boolean
}

const transferTopic = Buffer.from(topics.transfer.slice(2), 'hex')

/** The transfers among logs that have the account at `side`. Those of another shape are left out. Throws `DamagedLogsError`. */
export function* transferRows(packed: PackedLogs, side: Side): Generator<TransferRow> {
  const bytes = bytesOf(packed)
  const place = side === 1 ? 2 : 1
  for (const { start, end, block } of rowsOf(packed)) {
    const shape = bytes[start + shapeAt] ?? 0
    const topicsThere = topicCount(bytes, start)
    if (topicsThere < 3 || !isShortTopic(shape, place)) continue
    if (transferTopic.compare(bytes, start + topicsAt, start + topicsAt + 32) !== 0) continue
    const dataStart = topicStart({ bytes, start }, topicsThere)
    const isEmpty = topicsThere === 4 ? false : isZeroWord(bytes, { start: dataStart, end, shape })
    if (isEmpty === null) continue
    yield { start, end, other: topicStart({ bytes, start }, place), block, isEmpty }
  }
}

export function bytesOf({ bytes }: PackedLogs): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

type Data = { readonly start: number; readonly end: number; readonly shape: number }

/** Whether the first word is zero; null when there is no whole word. One word alone is stored without its leading zeros. */
function isZeroWord(bytes: Uint8Array, { start, end, shape }: Data): boolean | null {
  if ((shape & trimmedDataBit) !== 0) return start === end
  if (end - start < 32) return null
  for (let at = start; at < start + 32; at++) if (bytes[at] !== 0) return false
  return true
}
