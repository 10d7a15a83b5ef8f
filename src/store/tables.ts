/** Everything that is kept beside logs: a few small tables by key. */
import type { Hex } from 'viem'
import type { Checkpoint, Store } from '../core/store.ts'
import { cellOf, type Database, integer, text } from './database.ts'
import { CacheDamagedError } from './errors.ts'
import { isSameBlock } from './same-block.ts'

/** Providers change their limits, and people their plans: what was learned too long ago is found out again. */
const freshLimitsSeconds = 7 * 24 * 3600
/** No node keeps a transaction waiting for longer. */
const pendingSeconds = 90 * 24 * 3600

export function checkpointTable(database: Database): Store['checkpoint'] {
  const get = (chain: number): Checkpoint | null => {
    const row = database.get('SELECT number, hash FROM checkpoint WHERE chain = ?', chain)
    return row === undefined ? null : { number: BigInt(integer(row, 'number')), hash: hashOf(row) }
  }
  const set = (chain: number, { number, hash }: Checkpoint) =>
    database.run(
      'INSERT OR REPLACE INTO checkpoint (chain, number, hash) VALUES (?, ?, ?)',
      ...[chain, Number(number), hash],
    )
  return {
    get: async (chain) => get(chain),
    set: async (chain, block) => set(chain, block),
    beginAnew: async (chain, { seen, block }) =>
      database.write(() => {
        if (!isSameBlock(get(chain), seen)) return false
        // Their logs go with them.
        database.run('DELETE FROM series WHERE chain = ?', chain)
        set(chain, block)
        return true
      }),
  }
}

export function endpointTable(database: Database, now: () => number): Store['endpoints'] {
  return {
    limits: async (endpoint) => {
      const row = database.get(
        'SELECT * FROM endpoint WHERE id = ? AND learned_at > ?',
        endpoint,
        now() - freshLimitsSeconds,
      )
      if (row === undefined) return null
      const blocks = cellOf(row, 'maximum_blocks')
      return {
        maximumBlocks: blocks === null ? null : wholeNumber(text(row, 'maximum_blocks')),
        maximumLogs: numberOrNull(row, 'maximum_logs'),
        maximumTopics: numberOrNull(row, 'maximum_topics'),
        requestsPerSecond: numberOrNull(row, 'requests_per_second'),
      }
    },
    learn: async (endpoint, { maximumBlocks, maximumLogs, maximumTopics, requestsPerSecond }) =>
      database.run(
        'INSERT OR REPLACE INTO endpoint VALUES (?, ?, ?, ?, ?, ?)',
        ...[endpoint, maximumBlocks === null ? null : String(maximumBlocks), maximumLogs, maximumTopics],
        ...[requestsPerSecond, now()],
      ),
  }
}

export function immutableTable(database: Database): Store['immutable'] {
  return {
    get: async (key) => {
      const row = database.get('SELECT value FROM immutable WHERE key = ?', key)
      return row === undefined ? null : text(row, 'value')
    },
    put: async (key, value) => database.run('INSERT OR REPLACE INTO immutable (key, value) VALUES (?, ?)', key, value),
  }
}

/** Whoever has not asked for so long has found another way to watch. */
const reportSeconds = 180 * 24 * 3600

export function reportTable(database: Database, now: () => number): Store['reports'] {
  return {
    get: async (key) => {
      const row = database.get('SELECT value FROM report WHERE key = ?', key)
      return row === undefined ? null : text(row, 'value')
    },
    put: async (key, report) =>
      database.write(() => {
        database.run('DELETE FROM report WHERE written_at < ?', now() - reportSeconds)
        database.run('INSERT OR REPLACE INTO report VALUES (?, ?, ?)', key, report, now())
      }),
  }
}

export function pendingTable(database: Database): Store['pending'] {
  return {
    firstSeen: async (chain, hashes, now) => {
      const asked = JSON.stringify(hashes.map((hash) => hash.toLowerCase()))
      const rows = database.write(() => {
        database.run('DELETE FROM pending WHERE first_seen < ?', now - pendingSeconds)
        return database.all(
          `INSERT INTO pending (chain, hash, first_seen) SELECT ?, value, ? FROM json_each(?) WHERE true
            ON CONFLICT (chain, hash) DO UPDATE SET first_seen = min(first_seen, excluded.first_seen)
            RETURNING hash, first_seen`,
          ...[chain, now, asked],
        )
      })
      return new Map(rows.map((row) => [hashOf(row), integer(row, 'first_seen')]))
    },
  }
}

function hashOf(row: unknown): Hex {
  const hash = text(row, 'hash')
  if (!/^0x[0-9a-f]{64}$/i.test(hash)) throw new CacheDamagedError()
  return hash as Hex // checked above
}

function wholeNumber(digits: string): bigint {
  if (!/^\d+$/.test(digits)) throw new CacheDamagedError()
  return BigInt(digits)
}

function numberOrNull(row: unknown, column: string): number | null {
  const cell = cellOf(row, column)
  if (cell !== null && typeof cell !== 'number') throw new CacheDamagedError()
  return cell
}
