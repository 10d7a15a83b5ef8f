import { expect, test } from 'vitest'
import { cacheDirectory } from '../../src/store/cache-directory.ts'

const home = '/home/a'

test.each([
  ['Linux', { platform: 'linux' }, '/home/a/.cache/wallet-checkup'],
  ['Linux with XDG_CACHE_HOME', { platform: 'linux', xdgCacheHome: '/var/c' }, '/var/c/wallet-checkup'],
  ['Linux with a relative XDG_CACHE_HOME', { platform: 'linux', xdgCacheHome: 'c' }, '/home/a/.cache/wallet-checkup'],
  ['macOS', { platform: 'darwin', xdgCacheHome: '/var/c' }, '/home/a/Library/Caches/wallet-checkup'],
  ['Windows', { platform: 'win32', localAppData: '/local' }, '/local/wallet-checkup/Cache'],
  ['Windows without LOCALAPPDATA', { platform: 'win32' }, '/home/a/AppData/Local/wallet-checkup/Cache'],
] as const)('on %s', (_, place, expected) => {
  expect(cacheDirectory({ home, xdgCacheHome: null, localAppData: null, ...place })).toBe(expected)
})
