// Emits dist/: the library from src and rules with plain tsc, and the command as one bundle, because loading a thousand small files takes longer than a check-up's first answer.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { bundleCommand } from './bundle-command.mjs'
import { licences } from './bundle-licences.mjs'

rmSync('dist', { recursive: true, force: true })
const { status } = spawnSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
if (status === 0) {
  const files = await bundleCommand('dist')
  writeFileSync('dist/cli/LICENSES.txt', licences(files))
}
process.exitCode = status ?? 1
