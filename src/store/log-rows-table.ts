/** The rows of the table `logs`: they stand apart from each other, each for a range of blocks that had logs. */
import { crc32 } from 'node:zlib'
import type { PackedLogs } from '../core/log-scan.ts'
import type { LogKey } from '../core/store.ts'
import { slicePacked } from '../domain/packed-logs.ts'
import type { Part } from './cut-by-size.ts'
import { bytes, type Database, integer } from './database.ts'
import { CacheDamagedError } from './errors.ts'
import { rangeOf, type Span, spanOf } from './span.ts'

type Row = { readonly series: number; readonly span: Span; readonly logs: PackedLogs }

export function insertLogs(database: Database, series: number, parts: readonly Part[]): void {
  for (const { range, logs } of parts) {
    const { from, to } = spanOf(range)
    database.run(
      'INSERT INTO logs (series, from_block, to_block, count, checksum, bytes) VALUES (?, ?, ?, ?, ?, ?)',
      ...[series, from, to, logs.count, crc32(logs.bytes), logs.bytes],
    )
  }
}

/** The logs of a series that lie in the span or reach into it, oldest first. Throws `CacheDamagedError`. */
export function logsOf(
  database: Database,
  { chain, filter, account }: LogKey,
  { span, limit }: { readonly span: Span; readonly limit: number },
): readonly Row[] {
  const rows = database.all(
    `SELECT logs.* FROM series AS asked JOIN logs ON logs.series = asked.id
      WHERE chain = ?1 AND filter = ?2 AND account = ?3 AND to_block >= ?4 AND from_block <= ?5
      AND from_block >= ifnull(
        (SELECT max(older.from_block) FROM logs AS older WHERE older.series = asked.id AND older.from_block <= ?4), ?4
      )
      ORDER BY from_block LIMIT ?6`,
    ...[chain, filter, account.toLowerCase(), span.from, span.to, limit],
  )
  return rows.map(rowOf)
}

/** Removes the logs of these blocks; rows that reach beyond them keep the rest. */
export function dropBlocks(database: Database, series: readonly number[], span: Span): void {
  const asked = JSON.stringify(series)
  // The row that begins last before the span is the only one that can reach into it from outside.
  const straddling = database.all(
    `SELECT logs.* FROM json_each(?1) AS asked JOIN logs ON logs.series = asked.value
      AND from_block BETWEEN ifnull(
        (SELECT max(older.from_block) FROM logs AS older WHERE older.series = asked.value AND older.from_block < ?2), ?2
      ) AND ?3
      WHERE to_block >= ?2 AND (from_block < ?2 OR to_block > ?3)`,
    ...[asked, span.from, span.to],
  )
  const kept = straddling.map(rowOf)
  for (const {
    series: id,
    span: { from },
  } of kept) {
    database.run('DELETE FROM logs WHERE series = ? AND from_block = ?', id, from)
  }
  database.run(
    'DELETE FROM logs WHERE series IN (SELECT value FROM json_each(?)) AND from_block BETWEEN ? AND ?',
    ...[asked, span.from, span.to],
  )
  for (const row of kept) insertLogs(database, row.series, outside(row, span))
}

/** The parts of a row before and after the span. */
function outside({ span: { from, to }, logs }: Row, gone: Span): readonly Part[] {
  return [
    { from, to: gone.from - 1 },
    { from: gone.to + 1, to },
  ]
    .filter((rest) => rest.from <= rest.to)
    .map((rest) => ({ range: rangeOf(rest), logs: slicePacked(logs, rangeOf(rest)) }))
    .filter((part) => part.logs.count > 0)
}

/** The blocks are no longer known to have been read. */
export function uncover(database: Database, series: readonly number[], { from, to }: Span): void {
  const asked = JSON.stringify(series)
  const after = database.all(
    `SELECT series, to_block FROM covered WHERE series IN (SELECT value FROM json_each(?1))
      AND from_block <= ?3 AND to_block > ?3`,
    ...[asked, from, to],
  )
  database.run(
    `DELETE FROM covered WHERE series IN (SELECT value FROM json_each(?)) AND from_block BETWEEN ? AND ?`,
    ...[asked, from, to],
  )
  database.run(
    `UPDATE covered SET to_block = ?2 - 1 WHERE series IN (SELECT value FROM json_each(?1))
      AND from_block < ?2 AND to_block >= ?2`,
    ...[asked, from],
  )
  for (const row of after) {
    database.run(
      'INSERT INTO covered (series, from_block, to_block) VALUES (?, ?, ?)',
      ...[integer(row, 'series'), to + 1, integer(row, 'to_block')],
    )
  }
}

function rowOf(row: unknown): Row {
  const logs = { bytes: bytes(row, 'bytes'), count: integer(row, 'count') }
  if (crc32(logs.bytes) !== integer(row, 'checksum')) throw new CacheDamagedError()
  const span = { from: integer(row, 'from_block'), to: integer(row, 'to_block') }
  return { series: integer(row, 'series'), span, logs }
}
