/** Rules of a third party as a package of its own: tested and run with the package as it is published. */
import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cli } from '../support/cli.ts'

const root = resolve(import.meta.dirname, '../..')
const facts = join(root, 'fixtures/facts/demo-well.json')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-plugin-'))
  const installed = join(folder, 'node_modules/wallet-checkup')
  await mkdir(installed, { recursive: true })
  await cp(join(root, 'package.json'), join(installed, 'package.json'))
  await symlink(join(root, 'node_modules'), join(installed, 'node_modules'))
  const args = ['-p', 'tsconfig.build.json', '--outDir', join(installed, 'dist')]
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(stdout)
  await cp(join(root, 'fixtures/plugins/acme-rules'), join(folder, 'node_modules/acme-rules'), { recursive: true })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const check = (...more: readonly string[]) => cli(['check', '--facts', facts, ...more], { cwd: folder })

test('its own tests pass under the test runner of Node', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--test', '--test-reporter=tap'], {
    cwd: join(folder, 'node_modules/acme-rules'),
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  })
  expect(stdout + stderr).toContain('acme/idle-balance: unhealthy: the limit')
  expect(stdout).toMatch(/^# pass 5$/m)
  expect(status).toBe(0)
})

describe('a check', () => {
  test.each([
    ['by the name of its package', 'acme-rules'],
    ['by its path', './node_modules/acme-rules/index.js'],
  ])('judges with it, chosen %s', async (_, plugin) => {
    const run = await check('--plugin', plugin, '--rule', 'acme/idle-balance', '--fail-on', 'low')
    expect(run).toMatchObject({ exitCode: 1, stderr: '' })
    expect(run.stdout).toContain('A large idle balance')
  })

  test('says in Japanese what it can, and the rest in English', async () => {
    const run = await check('--plugin', 'acme-rules', '--rule', 'acme/idle-balance', '--locale', 'ja')
    expect(run.stdout).toContain('A large idle balance')
    expect(run.stdout).toContain('秘密鍵')
  })

  test('with a config file finds it from the folder of the file, and takes its options from there', async () => {
    const config = {
      version: 1,
      chains: { devnet: { id: 31_337, rpc: 'http://127.0.0.1:9' } },
      accounts: [{ address: '0x51C451C451c451c451c451C451c451C451c451C4' }],
      plugins: ['acme-rules'],
      rules: { 'acme/idle-balance': { leastWei: '5' } },
    }
    await writeFile(join(folder, 'wallet-checkup.config.json'), JSON.stringify(config))
    expect(await cli(['config', 'check'], { cwd: folder })).toMatchObject({ exitCode: 0 })
    const run = await cli(
      ['check', '--config', join(folder, 'wallet-checkup.config.json'), '-o', 'json', '--no-cache'],
      { cwd: root },
    )
    expect(run.exitCode).toBe(3)
    expect(run.stdout).toContain('"acme/idle-balance"')
    expect((await cli(['rules'], { cwd: folder })).stdout).toMatch(/^acme\/idle-balance +low +A large idle balance$/m)
    await rm(join(folder, 'wallet-checkup.config.json'))
  })
})

describe('rules', () => {
  test('explains it with its options', async () => {
    const { exitCode, stdout } = await cli(['rules', 'acme/idle-balance', '--plugin', 'acme-rules'], { cwd: folder })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('leastWei (default: "1000000000000000000"): A balance in wei')
  })

  test('does not know it without being told', async () => {
    expect(await cli(['rules', 'acme/idle-balance'], { cwd: folder })).toMatchObject({ exitCode: 2 })
  })
})

test.each([
  ['is not there', ['--plugin', 'acme-nothing'], 'There is no plugin acme-nothing.'],
  ['throws', ['--plugin', './throws.mjs'], 'The plugin ./throws.mjs could not be loaded: Error: not today'],
  ['is no code', ['--plugin', './broken.mjs'], 'The plugin ./broken.mjs could not be loaded: SyntaxError: '],
  ['is given twice', ['--plugin', 'acme-rules', '--plugin', 'acme-rules'], 'is there already: acme/idle-balance'],
])('a plugin that %s: 2, named, and nothing is judged', async (_, more, words) => {
  await writeFile(join(folder, 'throws.mjs'), "throw new Error('not today')")
  await writeFile(join(folder, 'broken.mjs'), 'export default {')
  const run = await check(...more)
  expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  expect(run.stderr).toContain(words)
})
