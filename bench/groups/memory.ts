/** A million logs of one account, read in ranges of ten thousand logs and streamed into the store on disk. */
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { MemoryReport } from '../memory-child.ts'
import { heavy, type Profile } from '../profiles.ts'
import { atMost, holds, isQuick, type Row } from '../row.ts'
import { withProvider } from '../start-provider.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const logs = isQuick ? 200_000 : 1_000_000
const profile: Profile = { ...heavy, logsPerAccount: logs, latencyMs: 5 }
const mebibyte = 2 ** 20

export default async function memory(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-bench-'))
  try {
    const program = join(folder, 'child.cjs')
    // As people run it: a compiler in the same process would be counted too.
    await build({
      entryPoints: [join(root, 'bench/memory-child.ts')],
      outfile: program,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      // Only `require` looks where NODE_PATH says.
      supported: { 'dynamic-import': false },
      external: ['libsql'],
    })
    const report = await withProvider(profile, ({ url }) => scan(program, [url, join(folder, 'cache')]))
    return [
      holds('logs in the store', {
        figure: `${report.kept}${report.gaps === 0 ? '' : `, ${report.gaps} gaps`}`,
        bar: `${logs}, no gaps`,
        passed: report.kept === logs && report.gaps === 0,
      }),
      holds('distinct addresses that their transfers name', {
        figure: `${report.counterparties}`,
        bar: 'more than half as many',
        passed: report.counterparties > logs / 2,
      }),
      atMost('peak memory of the process, MiB', Math.round(report.peakBytes / mebibyte), 250),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

function scan(program: string, args: readonly string[]): Promise<MemoryReport> {
  // Packages that are not bundled are looked for here: the program lies elsewhere.
  const child = fork(program, [...args, String(profile.blocks)], { env: { NODE_PATH: join(root, 'node_modules') } })
  return new Promise((resolve, reject) => {
    child.once('message', (report) => resolve(report as MemoryReport)) // all that it says
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The scan ended with ${code} and no report.`)))
  })
}
