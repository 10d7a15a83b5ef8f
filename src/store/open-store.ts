/** The cache of a folder as a store. */
import type { Store } from '../core/store.ts'
import { type Database, type OpenOptions, openDatabase, putAside } from './database.ts'
import { CacheDamagedError, toCacheError } from './errors.ts'
import { logTable } from './log-table.ts'
import { checkpointTable, endpointTable, immutableTable, pendingTable, reportTable } from './tables.ts'

export type StoreOptions = OpenOptions & {
  /** Unix seconds; the clock when absent. */
  readonly now?: () => number
  /** Hears when a damaged cache was put aside and a new one begun. */
  readonly onPutAside?: () => void
}

/**
 * Opens the cache in `directory`, and makes one where there is none. Several processes may use it at once.
 * Everything it does may throw a CheckupError (see `errors.ts`): `forgivingStore` lets a run go on without it.
 * @throws CheckupError when there is no using the folder or the file
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { now = () => Math.floor(Date.now() / 1000) } = options
  const database = await openOrBeginAnew(options)
  return {
    logs: logTable(database, now),
    checkpoint: checkpointTable(database),
    endpoints: endpointTable(database, now),
    immutable: immutableTable(database),
    reports: reportTable(database, now),
    pending: pendingTable(database),
    close: async () => database.close(),
  }
}

async function openOrBeginAnew(options: StoreOptions): Promise<Database> {
  try {
    return await openDatabase(options)
  } catch (error) {
    if (!(error instanceof CacheDamagedError)) throw error
  }
  try {
    // Once more: another process may have begun a new one meanwhile.
    return await openDatabase(options)
  } catch (error) {
    if (!(error instanceof CacheDamagedError)) throw error
  }
  await putAside(options.directory).catch((error) => {
    throw toCacheError(error)
  })
  options.onPutAside?.()
  return openDatabase(options)
}
