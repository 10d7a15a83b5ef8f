/** Runs the real command in its own process. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Report, reportSchema } from '../../../src/core/report.ts'

export type CliRun = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Every argument as given; English, without colour, without this machine's own settings. */
export function runCli(...args: readonly string[]): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
      cwd: root,
      env: { PATH: process.env.PATH, LC_ALL: 'en_US.UTF-8' },
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
  })
}

/** The JSON report on stdout, checked with the shipped schema's source. Shows stderr when there is none. */
export function reportOf({ stdout, stderr }: CliRun): Report {
  if (!stdout.startsWith('{')) throw new Error(`no report on stdout; stderr says: ${stderr}`)
  return reportSchema.parse(JSON.parse(stdout))
}
