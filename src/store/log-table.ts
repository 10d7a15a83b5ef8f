/**
 * Logs by series: a chain, a filter and an account. What was read stands apart from what was found, so a range without
 * logs costs nothing: `covered` has the ranges, joined, and `logs` the rows of those that had some.
 */
import type { Address } from 'viem'
import type { BlockRange } from '../core/facts.ts'
import type { PackedLogs } from '../core/log-scan.ts'
import type { LogKey, Store } from '../core/store.ts'
import { subtractRanges } from '../domain/block-range.ts'
import { slicePacked } from '../domain/packed-logs.ts'
import { splitByAccount } from '../domain/split-packed.ts'
import { cutBySize } from './cut-by-size.ts'
import { type Database, integer, text } from './database.ts'
import { BlocksNotKeptError } from './errors.ts'
import { dropBlocks, insertLogs, logsOf, uncover } from './log-rows-table.ts'
import { type Span, spanOf } from './span.ts'

type Logs = Store['logs']
type Chunk = Parameters<Logs['write']>[0]

/** How many rows are in memory at once while logs are read. */
const pageSize = 8

export function logTable(database: Database, now: () => number): Logs {
  const findSeries = seriesFinder(database, now)
  return {
    coverage: async (key) => coverageOf(database, key),
    write: async (chunk) => database.write(() => writeChunk(database, findSeries(chunk), chunk)),
    read: (key, range) => readPages(database, key, range),
    forget: async ({ chain, filter, accounts, range }) =>
      database.write(() => {
        const rows = database.all(
          'SELECT id FROM series WHERE chain = ? AND filter = ? AND account IN (SELECT value FROM json_each(?))',
          ...[chain, filter.name, JSON.stringify(accounts.map((account) => account.toLowerCase()))],
        )
        const series = rows.map((row) => integer(row, 'id'))
        dropBlocks(database, series, spanOf(range))
        uncover(database, series, spanOf(range))
      }),
  }
}

type SeriesByAccount = ReadonlyMap<Address, number>

/** The series of a chunk's accounts, made where there are none. */
function seriesFinder(database: Database, now: () => number): (chunk: Chunk) => SeriesByAccount {
  return ({ chain, filter, accounts }) => {
    const names = JSON.stringify(accounts.map((account) => account.toLowerCase()))
    const rows = database.all(
      `INSERT INTO series (chain, filter, account, used_at)
        SELECT ?, ?, value, ? FROM json_each(?) WHERE true
        ON CONFLICT (chain, filter, account) DO UPDATE SET used_at = excluded.used_at
        RETURNING account, id`,
      ...[chain, filter.name, now(), names],
    )
    return new Map(rows.map((row) => [text(row, 'account') as Address, integer(row, 'id')])) // written above
  }
}

function writeChunk(database: Database, series: SeriesByAccount, { filter, range, logs }: Chunk): void {
  const span = spanOf(range)
  const ids = [...series.values()]
  if (isCovered(database, ids, span)) dropBlocks(database, ids, span)
  cover(database, ids, span)
  for (const [account, found] of splitByAccount(logs, filter.accountPosition)) {
    const id = series.get(account)
    if (id !== undefined) insertLogs(database, id, cutBySize(found, range))
  }
}

/** Whether any block of the span is kept for any of the series. */
function isCovered(database: Database, ids: readonly number[], { from, to }: Span): boolean {
  const row = database.get(
    `SELECT 1 FROM json_each(?) AS asked
      JOIN covered ON covered.series = asked.value AND from_block <= ? AND to_block >= ? LIMIT 1`,
    ...[JSON.stringify(ids), to, from],
  )
  return row !== undefined
}

/** Joins the span with what touches it. */
function cover(database: Database, ids: readonly number[], { from, to }: Span): void {
  const asked = JSON.stringify(ids)
  database.run(
    `INSERT OR REPLACE INTO covered (series, from_block, to_block)
      SELECT asked.value, min(?1, coalesce(min(from_block), ?1)), max(?2, coalesce(max(to_block), ?2))
      FROM json_each(?3) AS asked
      LEFT JOIN covered ON covered.series = asked.value AND from_block <= ?2 + 1 AND to_block >= ?1 - 1
      GROUP BY asked.value`,
    ...[from, to, asked],
  )
  database.run(
    `DELETE FROM covered WHERE series IN (SELECT value FROM json_each(?1)) AND EXISTS (
      SELECT 1 FROM covered AS wider
      WHERE wider.series = covered.series AND wider.from_block < covered.from_block AND wider.to_block >= covered.to_block
    )`,
    asked,
  )
}

function coverageOf(database: Database, { chain, filter, account }: LogKey): readonly BlockRange[] {
  const rows = database.all(
    `SELECT from_block, to_block FROM covered JOIN series ON series.id = covered.series
      WHERE chain = ? AND filter = ? AND account = ? ORDER BY from_block`,
    ...[chain, filter, account.toLowerCase()],
  )
  return rows.map((row) => ({
    fromBlock: BigInt(integer(row, 'from_block')),
    toBlock: BigInt(integer(row, 'to_block')),
  }))
}

/** Page by page, so that another process may write in between; each page sees whether its blocks are still kept. */
async function* readPages(database: Database, key: LogKey, range: BlockRange): AsyncGenerator<PackedLogs> {
  let next = range.fromBlock
  while (next <= range.toBlock) {
    const rest = { fromBlock: next, toBlock: range.toBlock }
    const page = database.snapshot(() => {
      if (subtractRanges(rest, coverageOf(database, key)).length > 0) throw new BlocksNotKeptError()
      return logsOf(database, key, { span: spanOf(rest), limit: pageSize })
    })
    for (const { logs } of page) {
      const wanted = slicePacked(logs, rest)
      if (wanted.count > 0) yield wanted
    }
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    next = BigInt(last.span.to) + 1n
  }
}
