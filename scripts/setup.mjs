// Installs the locked dependencies when they are missing or older than the lock file. Nothing else: see README.
// With words: .npmrc keeps npm silent about what it starts, but an installation that fails must say why.
// `npm install`, not `npm ci`: a lock written on one system may lack the optional packages of others, which `npm ci` refuses.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const installed = 'node_modules/.package-lock.json'
const isCurrent = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs
if (!isCurrent) {
  const { status } = spawnSync('npm', ['install', '--no-fund', '--no-audit', '--loglevel=notice'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exitCode = status ?? 1
}
