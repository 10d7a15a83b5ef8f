/** The real command in a process of its own, as a user starts it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'

export type CliRun = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }

type Setting = {
  readonly env?: Readonly<Record<string, string>>
  /** Where it runs; the checkout when absent. */
  readonly cwd?: string
  /** What it finds on its standard input; nothing when absent. */
  readonly input?: string
  /** More flags for Node itself. */
  readonly nodeFlags?: readonly string[]
  /** Sources of another copy of the program, in place of the bundle. */
  readonly main?: string
  /** Sees the process while it runs. */
  readonly onStart?: (child: ChildProcess) => void
}

/** English, without colour, without this machine's own settings, with a cache that lasts as long as the command. */
export function cli(args: readonly string[], setting: Setting = {}): Promise<CliRun> {
  const { env = {}, cwd, input, nodeFlags = [], main, onStart } = setting
  const cache = mkdtempSync(join(tmpdir(), 'wallet-checkup-'))
  return new Promise<CliRun>((resolve, reject) => {
    const program = main === undefined ? [inject('command')] : ['--import', 'tsx', main]
    const child = spawn(process.execPath, [...nodeFlags, ...program, ...args], {
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', WALLET_CHECKUP_CACHE_DIR: cache, ...env },
      stdio: 'pipe',
      ...(cwd !== undefined && { cwd }),
    })
    // A command that ends without reading is no fault of the test.
    child.stdin.on('error', () => {}).end(input ?? '')
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
