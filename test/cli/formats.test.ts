import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { at } from '../../src/testing.ts'
import { cli } from '../support/cli.ts'
import {
  flawsOfJunit,
  flawsOfOpenMetrics,
  flawsOfSarif,
  readCsv,
  readWorkflowCommands,
} from '../support/format-readers.ts'
import { startSmallChain } from '../support/small-chain.ts'

const facts = resolve(import.meta.dirname, '../../fixtures/facts/demo-sick.json')
const folder = mkdtempSync(join(tmpdir(), 'wallet-checkup-formats-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('every format in one run', () => {
  const files = ['table', 'json', 'markdown', 'sarif', 'csv', 'junit', 'openmetrics', 'calls']
  const wanted = files.flatMap((format) => ['-o', `${format}=${join(folder, format)}`])
  const read = (format: string) => readFileSync(join(folder, format), 'utf8')

  test('is written, each as its reader wants it', async () => {
    const run = await cli(['check', '--facts', facts, ...wanted, '-o', 'github', '--sarif-anchor', 'wallets.yaml'])
    expect(run.exitCode).toBe(1)
    const findings = JSON.parse(read('json')).result.targets[0].outcomes.flatMap(
      ({ findings = [] }: { findings?: readonly object[] }) => findings,
    )
    expect(findings.length).toBeGreaterThan(10)
    expect(flawsOfSarif(read('sarif'))).toEqual([])
    expect(JSON.parse(read('sarif')).runs[0].results).toHaveLength(findings.length)
    expect(await flawsOfJunit([read('junit')])).toEqual([])
    expect(flawsOfOpenMetrics(read('openmetrics'))).toEqual([])
    expect(readCsv(read('csv')).filter(([status]) => status === 'found')).toHaveLength(findings.length)
    expect(read('markdown').match(/^### (?:Critical|High|Medium|Low|For your information): /gm)).toHaveLength(
      findings.length,
    )
    expect(readWorkflowCommands(run.stdout).filter(({ name }) => name === 'error')).not.toEqual([])
  })
})

test('an account of a config file is shown at its line', async () => {
  const chain = await startSmallChain({ ageSeconds: 7200 })
  try {
    const config = [
      'version: 1',
      'chains:',
      `  devnet: { id: 31337, rpc: "\${${'DEVNET_RPC'}}" }`,
      'accounts:',
      `  - address: "${at(0x0b5)}"`,
      '    label: ops',
    ]
    writeFileSync(join(folder, 'wallets.yaml'), config.join('\n'))
    const setting = { cwd: folder, env: { DEVNET_RPC: chain.url } }
    const run = await cli(['--config', 'wallets.yaml', '-o', 'github', '-o', 'sarif=found.sarif'], setting)
    const [{ results }] = JSON.parse(readFileSync(join(folder, 'found.sarif'), 'utf8')).runs
    expect(results[0].locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'wallets.yaml' },
      region: { startLine: 5 },
    })
    const [worst] = readWorkflowCommands(run.stdout)
    expect(worst?.properties).toMatchObject({ file: 'wallets.yaml', line: '5' })
  } finally {
    await chain.close()
  }
})

describe('SARIF of an account that no file declares', () => {
  test('is refused before anything is read', async () => {
    const run = await cli(['check', '--facts', 'there-is-no-such-file.json', '-o', 'sarif'])
    expect(run.exitCode).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('→ Add --sarif-anchor FILE, ')
  })

  test('of an old report is said, and takes the other formats nothing', async () => {
    const report = join(folder, 'old.json')
    await cli(['check', '--facts', facts, '-o', `json=${report}`])
    const run = await cli(['report', report, '-o', 'csv', '-o', `sarif=${join(folder, 'old.sarif')}`])
    expect(run.stderr).toContain('SARIF shows each finding at a line of a file, and no config file declares 0x51C4')
    expect(readCsv(run.stdout).length).toBeGreaterThan(10)
    const anchored = await cli(['report', report, '-o', 'sarif', '--sarif-anchor', 'wallets.yaml', '--locale', 'ja'])
    expect(flawsOfSarif(anchored.stdout)).toEqual([])
  })

  test('needs the name of a file', async () => {
    const run = await cli(['check', '--facts', facts, '-o', 'sarif', '--sarif-anchor='])
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('--sarif-anchor')
  })
})
