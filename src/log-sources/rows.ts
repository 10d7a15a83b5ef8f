/** Rows as sources write them, in the shape of a node's logs, so that the same code checks and packs both. Pure. */
import type { Address } from 'viem'
import type { BlockRange } from '../core/facts.ts'
import type { LogFilter, PackedLogs } from '../core/log-scan.ts'
import { askedTopics } from '../domain/asked-logs.ts'
import { packLogs } from '../domain/packed-logs.ts'

export type Row = Readonly<Record<string, unknown>>

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export type PackedQuestion = {
  readonly filter: LogFilter
  readonly accounts: readonly Address[]
  readonly range: BlockRange
}

/** Throws `MalformedReplyError` for a row that is malformed or was not asked for. */
export function packRows(rows: readonly Row[], { range, ...asked }: PackedQuestion): PackedLogs {
  return packLogs(rows.map(asNodeLog), { range, topics: askedTopics(asked) })
}

/** Explorers write a zero as `0x`, fill missing topics with null, and some leave the hash of the block out. */
function asNodeLog(row: Row): Row {
  const { topics, logIndex, blockNumber, blockHash, data } = row
  return {
    ...row,
    topics: Array.isArray(topics) ? topics.filter((topic) => topic !== null) : topics,
    logIndex: logIndex === '0x' ? '0x0' : logIndex,
    data: data === null || data === '' ? '0x' : data,
    blockHash: blockHash ?? standIn(blockNumber),
  }
}

/** One hash for each block: it only says whether two logs name the same block. */
function standIn(blockNumber: unknown): string {
  return `0x${String(blockNumber).replace(/^0x/, '').padStart(64, '0')}`
}
