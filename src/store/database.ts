/** One connection to the cache's file: opened with care, its errors told as ours. */
import { access, chmod, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type Libsql from 'libsql'
import { CacheDamagedError, CacheTooNewError, toCacheError } from './errors.ts'
import { migrations, schemaVersion } from './schema.ts'

export type Parameter = string | number | null | Uint8Array

export type Database = {
  readonly run: (sql: string, ...parameters: readonly Parameter[]) => void
  /** Each row an object by column, or undefined. */
  readonly get: (sql: string, ...parameters: readonly Parameter[]) => unknown
  readonly all: (sql: string, ...parameters: readonly Parameter[]) => readonly unknown[]
  /** All of it or nothing, and nobody else writes meanwhile. */
  readonly write: <Result>(action: () => Result) => Result
  /** Reads that all see the same moment. */
  readonly snapshot: <Result>(action: () => Result) => Result
  readonly close: () => void
}

export type OpenOptions = {
  readonly directory: string
  /** How long to wait for a writer in another process. */
  readonly lockTimeoutMs?: number
  /** The most pages of 4 KiB that the file may have; no limit when absent. */
  readonly maximumPages?: number
}

export const fileName = 'cache.sqlite'

/**
 * Opens the cache of a folder, and makes both where there are none: readable by their owner only.
 * @throws CheckupError of `errors.ts`
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  try {
    const file = join(options.directory, fileName)
    await makeFolder(options.directory)
    await makeFile(file)
    await chmod(file, 0o600)
    // Loaded when it is needed: most commands have no use for a database.
    const { default: Connection } = await import('libsql')
    return prepare(new Connection(file, { timeout: options.lockTimeoutMs ?? 5000 }), options)
  } catch (error) {
    throw toCacheError(error)
  }
}

/**
 * Opens a cache in a folder where nothing may be written, as it stands: for reading only, while nobody else writes.
 * @returns null when an earlier version made it: it would have to be changed first. @throws CheckupError of `errors.ts`
 */
export async function openUnchanged(directory: string): Promise<Database | null> {
  const file = pathToFileURL(join(directory, fileName))
  file.searchParams.set('immutable', '1')
  const { default: Connection } = await import('libsql')
  return told(() => {
    const connection = new Connection(file.href, { readonly: true })
    try {
      if (versionOf(connection) === schemaVersion) return { ...wrap(connection), close: () => connection.close() }
      connection.close()
      return null
    } catch (error) {
      connection.close()
      throw error
    }
  })
}

/** Level by level: Node's own way tries for ever where a folder exists that takes none, such as /proc. */
async function makeFolder(folder: string): Promise<void> {
  const parent = dirname(folder)
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (isCode(error, 'EEXIST')) return
    if (!isCode(error, 'ENOENT') || parent === folder || (await exists(parent))) throw error
    await makeFolder(parent)
    // Another process may have been faster.
    await mkdir(folder, { mode: 0o700 }).catch((again) => {
      if (!isCode(again, 'EEXIST')) throw again
    })
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/**
 * Before SQLite makes it: its other files take over the mode of this one. A file that is there stays closed, because whoever
 * closes it takes away the locks that SQLite has on it in this process.
 */
async function makeFile(file: string): Promise<void> {
  try {
    await (await open(file, 'ax', 0o600)).close()
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
}

/** Puts a damaged cache aside under another name, where the last one that was damaged gives way to it. */
export async function putAside(directory: string): Promise<void> {
  const file = join(directory, fileName)
  await rename(file, join(directory, `${fileName}.damaged`))
  await Promise.all(['-wal', '-shm'].map((ending) => rm(`${file}${ending}`, { force: true })))
}

function prepare(connection: Libsql.Database, { maximumPages }: OpenOptions): Database {
  try {
    connection.exec('PRAGMA journal_mode = WAL')
    // A crash of the machine may cost the last chunks, never the file.
    connection.exec('PRAGMA synchronous = NORMAL')
    // 32 MiB: chunks of many accounts touch many pages, and fewer of them are written twice.
    connection.exec('PRAGMA wal_autocheckpoint = 8192')
    connection.exec('PRAGMA foreign_keys = ON')
    if (maximumPages !== undefined) connection.exec(`PRAGMA max_page_count = ${maximumPages}`)
    migrate(connection)
    return wrap(connection)
  } catch (error) {
    connection.close()
    throw error
  }
}

function migrate(connection: Libsql.Database): void {
  if (versionOf(connection) === schemaVersion) return
  inTransaction(connection, 'IMMEDIATE', () => {
    // Once more: another process may have done it while this one waited.
    const version = versionOf(connection)
    for (const step of migrations.slice(version)) connection.exec(step)
    connection.exec(`PRAGMA user_version = ${schemaVersion}`)
  })
}

function versionOf(connection: Libsql.Database): number {
  const row = connection.prepare('SELECT user_version AS version FROM pragma_user_version').get() as { version: number } // SQLite's own
  if (row.version > schemaVersion) throw new CacheTooNewError()
  return row.version
}

function wrap(connection: Libsql.Database): Database {
  const statements = new Map<string, Libsql.Statement<unknown[]>>()
  const statement = (sql: string) => {
    const known = statements.get(sql) ?? connection.prepare(sql)
    statements.set(sql, known)
    return known
  }
  return {
    // In an array of their own: libsql takes a lone array of bytes for a table of names.
    run: (sql, ...parameters) => told(() => void statement(sql).run([...parameters])),
    get: (sql, ...parameters) => told(() => statement(sql).get([...parameters])),
    all: (sql, ...parameters) => told(() => statement(sql).all([...parameters])),
    write: (action) => told(() => inTransaction(connection, 'IMMEDIATE', action)),
    snapshot: (action) => told(() => inTransaction(connection, 'DEFERRED', action)),
    close: () => told(() => close(connection)),
  }
}

/** Moves everything into the one file first. While others use it they do that, and nobody is waited for. */
function close(connection: Libsql.Database): void {
  try {
    connection.exec('PRAGMA busy_timeout = 0')
    connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all()
  } finally {
    connection.close()
  }
}

function inTransaction<Result>(connection: Libsql.Database, kind: 'IMMEDIATE' | 'DEFERRED', action: () => Result) {
  connection.exec(`BEGIN ${kind}`)
  try {
    const result = action()
    connection.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk has ended the transaction already.
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

function told<Result>(action: () => Result): Result {
  try {
    return action()
  } catch (error) {
    throw toCacheError(error)
  }
}

/** A whole number of a row. Throws `CacheDamagedError`. */
export function integer(row: unknown, column: string): number {
  const cell = cellOf(row, column)
  if (!Number.isSafeInteger(cell)) throw new CacheDamagedError()
  return cell as number // checked above
}

export function text(row: unknown, column: string): string {
  const cell = cellOf(row, column)
  if (typeof cell !== 'string') throw new CacheDamagedError()
  return cell
}

export function bytes(row: unknown, column: string): Uint8Array {
  const cell = cellOf(row, column)
  if (!(cell instanceof ArrayBuffer) && !(cell instanceof Uint8Array)) throw new CacheDamagedError()
  return cell instanceof Uint8Array ? cell : new Uint8Array(cell)
}

/** What a row has in a column; null where it has nothing. */
export function cellOf(row: unknown, column: string): unknown {
  if (typeof row !== 'object' || row === null) throw new CacheDamagedError()
  return (row as Readonly<Record<string, unknown>>)[column] ?? null
}
