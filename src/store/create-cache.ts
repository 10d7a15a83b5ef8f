import type { CheckupError } from '../core/errors.ts'
import type { Store } from '../core/store.ts'
import { putAside } from './database.ts'
import { forgivingStore } from './forgiving-store.ts'
import { openStore } from './open-store.ts'

export type CacheOptions = {
  /** The folder for the cache: made when there is none, readable by its owner only. */
  readonly directory: string
  /** Hears of the first trouble. The run goes on without the cache. */
  readonly onTrouble?: (error: CheckupError) => void
  /** Hears when a damaged cache was put aside and a new one begun. */
  readonly onPutAside?: () => void
}

/**
 * The cache in a folder, opened when a run first uses it. Several processes may use one folder, and one store several runs.
 * Nothing that is wrong with it ends a run. Close it at the end.
 */
export function createCache({ directory, onTrouble = () => {}, onPutAside = () => {} }: CacheOptions): Store {
  return forgivingStore({
    open: () => openStore({ directory, onPutAside }),
    putAside: () => putAside(directory),
    onTrouble,
  })
}
