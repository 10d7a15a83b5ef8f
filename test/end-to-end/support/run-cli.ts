/** Runs the real command in its own process. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Report, reportSchema } from '../../../src/core/report.ts'

export type CliRun = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Every argument as given; English, without colour, without this machine's own settings, with a cache that lasts as long as the command. */
export function runCli(...args: readonly string[]): Promise<CliRun> {
  const cache = mkdtempSync(join(tmpdir(), 'wallet-checkup-'))
  return new Promise<CliRun>((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
      cwd: root,
      env: { PATH: process.env.PATH, LC_ALL: 'en_US.UTF-8', WALLET_CHECKUP_CACHE_DIR: cache },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const chunks = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      chunks.stdout += chunk
    })
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      chunks.stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, ...chunks }))
  }).finally(() => rmSync(cache, { recursive: true, force: true }))
}

/** The JSON report on stdout, checked with the shipped schema's source. Shows stderr when there is none. */
export function reportOf({ stdout, stderr }: CliRun): Report {
  if (!stdout.startsWith('{')) throw new Error(`no report on stdout; stderr says: ${stderr}`)
  return reportSchema.parse(JSON.parse(stdout))
}
