/** What a cache holds, and how it is emptied. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../core/system-code.ts'
import { cellOf, type Database, fileName, integer, openDatabase, openUnchanged } from './database.ts'
import { CacheDamagedError, CacheLockedError, CacheUnwritableError, toCacheError } from './errors.ts'

export type CacheStatus = {
  /** Of all its files. */
  readonly bytes: number
  readonly chains: readonly CachedChain[]
}

export type CachedChain = {
  readonly chainId: number
  readonly accounts: number
  readonly logs: number
  /** The lowest and the highest block whose logs are kept for some account; null when none are. */
  readonly blocks: { readonly from: number; readonly to: number } | null
  /** Unix seconds of the last write for the account that was checked longest ago, and for the one checked last. */
  readonly used: { readonly oldest: number; readonly newest: number }
}

/** @returns null when the folder has no cache. @throws CheckupError of `errors.ts` */
export async function readCacheStatus(directory: string): Promise<CacheStatus | null> {
  const bytes = await sizeOf(directory)
  if (bytes === null) return null
  const database = await openForStatus(directory)
  try {
    return { bytes, chains: database.snapshot(() => chainsOf(database)) }
  } finally {
    database.close()
  }
}

/** Whoever may not write there may still see what is kept. */
async function openForStatus(directory: string): Promise<Database> {
  try {
    return await openDatabase({ directory })
  } catch (error) {
    const unchanged = error instanceof CacheUnwritableError ? await openUnchanged(directory) : null
    if (unchanged === null) throw error
    return unchanged
  }
}

/**
 * Removes the cache. While another process uses it, it is emptied, and that process goes on with an empty one.
 * @returns false when the folder has no cache. @throws CheckupError of `errors.ts`
 */
export async function clearCache(directory: string): Promise<boolean> {
  if ((await sizeOf(directory)) === null) return false
  try {
    if (await emptyTables(directory)) await removeFiles(directory)
  } catch (error) {
    if (!(error instanceof CacheDamagedError)) throw error
    await removeFiles(directory)
  }
  await remove(directory, `${fileName}.damaged`)
  return true
}

async function removeFiles(directory: string): Promise<void> {
  await Promise.all(['', '-wal', '-shm'].map((ending) => remove(directory, `${fileName}${ending}`)))
}

function remove(directory: string, name: string): Promise<void> {
  return rm(join(directory, name), { force: true }).catch((error) => {
    throw toCacheError(error)
  })
}

/**
 * @returns whether the file itself may go: a process that has it open would write into one that nobody can open again
 */
async function emptyTables(directory: string): Promise<boolean> {
  const database = await openDatabase({ directory })
  try {
    database.write(() => {
      for (const table of ['covered', 'logs', 'series', 'checkpoint', 'endpoint', 'immutable', 'report', 'pending']) {
        database.run(`DELETE FROM ${table}`)
      }
    })
    database.run('VACUUM')
    return isOnlyUser(database)
  } finally {
    database.close()
  }
}

/** SQLite gives up its log of writes only when no other connection is open. */
function isOnlyUser(database: Database): boolean {
  database.run('PRAGMA busy_timeout = 0')
  try {
    return cellOf(database.get('PRAGMA journal_mode = DELETE'), 'journal_mode') === 'delete'
  } catch (error) {
    if (error instanceof CacheLockedError) return false
    throw error
  }
}

function chainsOf(database: Database): readonly CachedChain[] {
  const rows = database.all(
    `SELECT chain, count(DISTINCT account) AS accounts, min(used_at) AS oldest, max(used_at) AS newest,
      (SELECT ifnull(sum(count), 0) FROM logs JOIN series AS its ON its.id = logs.series WHERE its.chain = series.chain) AS logs,
      (SELECT min(from_block) FROM covered JOIN series AS its ON its.id = covered.series WHERE its.chain = series.chain) AS first,
      (SELECT max(to_block) FROM covered JOIN series AS its ON its.id = covered.series WHERE its.chain = series.chain) AS last
      FROM series GROUP BY chain ORDER BY chain`,
  )
  return rows.map((row) => ({
    chainId: integer(row, 'chain'),
    accounts: integer(row, 'accounts'),
    logs: integer(row, 'logs'),
    blocks: cellOf(row, 'first') === null ? null : { from: integer(row, 'first'), to: integer(row, 'last') },
    used: { oldest: integer(row, 'oldest'), newest: integer(row, 'newest') },
  }))
}

/** Bytes of the cache's files; null when there are none. @throws CacheUnwritableError */
async function sizeOf(directory: string): Promise<number | null> {
  const names = await namesIn(directory)
  if (!names.includes(fileName)) return null
  const sizes = await Promise.all(
    names
      .filter((name) => name.startsWith(fileName))
      // SQLite's other files come and go while another process uses the cache.
      .map((name) =>
        stat(join(directory, name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw toCacheError(error)
  }
}
