/** Commands that ask nothing of an account read no table of them, and do not fail by one. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { at } from '../../src/testing.ts'
import { treasuryReport } from '../reporters/sample-reports.ts'
import { cli } from '../support/cli.ts'
import { pluginSource } from '../support/plugins.ts'

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const config = `version: 1
chains: { devnet: { id: 31337, rpc: http://127.0.0.1:9 } }
accountsFrom: gone.csv
baseline: known.json
plugins: [./rule.mjs]
suppressions:
  - { rule: stale-approval, account: of-the-table, reason: a payout, expires: ${day(30)} }
  - { rule: acme/idle-balance, account: "${at(7)}", reason: over, expires: ${day(-2)} }
`
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-tables-'))
  await writeFile(join(folder, 'wallet-checkup.config.yaml'), config)
  await writeFile(join(folder, 'rule.mjs'), pluginSource())
  await writeFile(join(folder, 'report.json'), JSON.stringify(treasuryReport()))
})
afterEach(() => rm(folder, { recursive: true }))
const run = (...args: readonly string[]) => cli(args, { cwd: folder })

test.each([
  ['rules', ['rules'], 'acme/idle-balance'],
  ['one rule', ['rules', 'acme/idle-balance'], 'acme/idle-balance'],
  ['a new baseline', ['baseline', 'update', 'report.json'], 'The baseline was written to known.json.'],
  ['the suppressions', ['suppress', 'list'], 'active  until'],
])('%s', async (_, args, words) => {
  const { exitCode, stdout, stderr } = await run(...args)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toContain(words)
})

test('what nobody needs is taken out', async () => {
  expect((await run('suppress', 'prune')).stdout).toContain('1 suppression was taken out')
  expect(await readFile(join(folder, 'wallet-checkup.config.yaml'), 'utf8')).toBe(
    config.replace(/ {2}- \{ rule: acme.*\n/, ''),
  )
})

test.each([
  ['a check', ['check']],
  ['config check', ['config', 'check']],
  [
    'a new suppression, which must name an account that there is',
    ['suppress', 'add', '--rule', 'stale-approval', '--account', 'ops', '--reason', 'x', '--expires', day(9)],
  ],
])('%s needs it', async (_, args) => {
  const result = await run(...args)
  expect(result).toMatchObject({ exitCode: 2, stdout: '' })
  expect(result.stderr).toContain('gone.csv cannot be read (ENOENT)')
})
