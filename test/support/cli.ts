/** The real command in a process of its own, as a user starts it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type CliRun = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }

type Setting = {
  readonly env?: Readonly<Record<string, string>>
  /** More flags for Node itself. */
  readonly nodeFlags?: readonly string[]
  /** Another copy of the program. */
  readonly main?: string
  /** Sees the process while it runs. */
  readonly onStart?: (child: ChildProcess) => void
}

const ownMain = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

/** English, without colour, without this machine's own settings, with a cache that lasts as long as the command. */
export function cli(args: readonly string[], setting: Setting = {}): Promise<CliRun> {
  const { env = {}, nodeFlags = [], main = ownMain, onStart } = setting
  const cache = mkdtempSync(join(tmpdir(), 'wallet-checkup-'))
  return new Promise<CliRun>((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', ...nodeFlags, main, ...args], {
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', WALLET_CHECKUP_CACHE_DIR: cache, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      said.stdout += chunk
    })
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      said.stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, ...said }))
    onStart?.(child)
  }).finally(() => rmSync(cache, { recursive: true, force: true }))
}
