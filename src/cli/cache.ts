/** Which cache a command uses: the folder, and the store in it that a run is given. */
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { Environment } from '../config/environment.ts'
import { toFactError } from '../core/errors.ts'
import type { Store } from '../core/store.ts'
import { cacheDirectory } from '../store/cache-directory.ts'
import { createCache } from '../store/create-cache.ts'
import { errorHints, errorSentence } from '../words/index.ts'
import type { CliContext } from './context.ts'

export type CacheFlags = {
  readonly cacheDir?: string
  /** False for --no-cache. */
  readonly cache?: boolean
}

/** The option, the variable, the platform's folder: the first that there is. */
export function cacheFolder({ cacheDir }: CacheFlags, environment: Environment): string {
  const given = cacheDir ?? environment.cacheDir
  if (given !== null) return resolve(given)
  return cacheDirectory({ ...environment, platform: process.platform, home: homedir() })
}

/** The store for a run, which is opened when it is first used; null for --no-cache. What is wrong with it is said once. */
export function openCache(flags: CacheFlags, { environment, locale, words, say }: CliContext): Store | null {
  if (flags.cache === false) return null
  return createCache({
    directory: cacheFolder(flags, environment),
    onPutAside: () => say(words.cache.putAside),
    onTrouble: (trouble) => {
      const error = toFactError(trouble)
      say(words.cache.off(errorSentence(error, locale)))
      for (const hint of errorHints(error, locale)) say(words.hint(hint))
    },
  })
}
