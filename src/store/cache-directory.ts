import { isAbsolute, join } from 'node:path'

type Place = {
  readonly platform: NodeJS.Platform
  /** The home directory. */
  readonly home: string
  /** XDG_CACHE_HOME; it counts when it is absolute, see https://specifications.freedesktop.org/basedir-spec/latest/. */
  readonly xdgCacheHome: string | null
  /** LOCALAPPDATA. */
  readonly localAppData: string | null
}

/** The folder of the cache, where the platform keeps what can be made again. */
export function cacheDirectory({ platform, home, xdgCacheHome, localAppData }: Place): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'wallet-checkup')
  if (platform === 'win32') return join(localAppData ?? join(home, 'AppData', 'Local'), 'wallet-checkup', 'Cache')
  const isGiven = xdgCacheHome !== null && isAbsolute(xdgCacheHome)
  return join(isGiven ? xdgCacheHome : join(home, '.cache'), 'wallet-checkup')
}
