/** Sorts packed logs of many accounts by account, in one pass. */
import type { Address } from 'viem'
import type { PackedLogs } from '../core/log-scan.ts'
import { isShortTopic, rowsOf, shapeAt, topicCount, topicStart } from './log-rows.ts'
import { concatPacked } from './packed-logs.ts'

/** The logs of each account that stands at this place of their topics, under its lower-case address. Throws `DamagedLogsError`. */
export function splitByAccount(packed: PackedLogs, position: 1 | 2 | 3): ReadonlyMap<Address, PackedLogs> {
  const { bytes } = packed
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const rowsByAccount = new Map<Address, PackedLogs[]>()
  for (const { start, end } of rowsOf(packed)) {
    const isAddress = isShortTopic(buffer[start + shapeAt] ?? 0, position)
    if (!isAddress || topicCount(buffer, start) <= position) continue
    const at = topicStart({ bytes, start }, position)
    const account: Address = `0x${buffer.toString('hex', at, at + 20)}`
    const rows = rowsByAccount.get(account)
    const row = { bytes: bytes.subarray(start, end), count: 1 }
    if (rows === undefined) rowsByAccount.set(account, [row])
    else rows.push(row)
  }
  return new Map([...rowsByAccount].map(([account, rows]) => [account, concatPacked(rows)]))
}
