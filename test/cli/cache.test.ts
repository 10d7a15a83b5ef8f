import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cacheFolder } from '../../src/cli/cache.ts'
import { readEnvironment } from '../../src/config/environment.ts'
import { fileName } from '../../src/store/database.ts'
import { openStore } from '../../src/store/open-store.ts'
import { alice, blocks, bob, chunk, keyOf } from '../store/support/chunks.ts'
import { cli } from '../support/cli.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-'))
})
afterEach(() => rm(folder, { recursive: true }))

const run = (...args: readonly string[]) => cli(['cache', ...args], { env: { WALLET_CHECKUP_CACHE_DIR: folder } })

/** Two accounts on one chain, one on another. */
async function fill(): Promise<void> {
  const store = await openStore({ directory: folder, now: () => Date.UTC(2026, 4, 1) / 1000 })
  const logs = [
    { account: alice, block: 12_000 },
    { account: bob, block: 12_001 },
  ]
  await store.logs.write(chunk({ range: blocks(10_000, 19_999), logs, accounts: [alice, bob] }))
  await store.logs.write(chunk({ range: blocks(20_000, 29_999), logs: [], accounts: [alice], chain: 10 }))
  await store.checkpoint.set(1, { number: 19_999n, hash: `0x${'ab'.repeat(32)}` })
  await store.close()
}

describe('cache status', () => {
  test('without a cache says so, and makes none', async () => {
    expect(await run('status')).toEqual({ exitCode: 0, stdout: `There is no cache in ${folder}.\n`, stderr: '' })
    expect(await readdir(folder)).toEqual([])
  })

  test('tells where it is and what of which chain it holds', async () => {
    await fill()
    const { exitCode, stdout, stderr } = await run('status')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout.replace(folder, 'FOLDER').replace(/Size: [\d,]+/, 'Size: SOME')).toBe(`Folder: FOLDER
Size: SOME KiB

Chain 1
  Accounts: 2
  Logs: 2
  Blocks: 10,000 to 19,999
  Last check: 2026-05-01

Chain 10
  Accounts: 1
  Logs: 0
  Blocks: 20,000 to 29,999
  Last check: 2026-05-01
`)
  })

  test('speaks Japanese', async () => {
    expect((await run('status', '--locale', 'ja')).stdout).toBe(`${folder} にキャッシュはありません。\n`)
  })

  test('of a folder that is a file is an error', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    const { exitCode, stderr } = await run('status', '--cache-dir', file)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('The cache folder cannot be written to.')
  })
})

/** By a process that has ended: what this one opened, SQLite may keep open for a while. */
function fillElsewhere(): void {
  const program = fileURLToPath(new URL('../store/support/write-chunks.ts', import.meta.url))
  execFileSync(process.execPath, ['--import', 'tsx', program, folder, '1000'])
}

describe('cache clear', () => {
  test('leaves nothing of any account', async () => {
    fillElsewhere()
    expect((await run('status')).stdout).toContain('Logs: 400')
    expect(await run('clear')).toEqual({ exitCode: 0, stdout: `The cache in ${folder} was removed.\n`, stderr: '' })
    expect(await readdir(folder)).toEqual([])
    expect((await run('status')).stdout).toBe(`There is no cache in ${folder}.\n`)
    const store = await openStore({ directory: folder })
    expect(await store.logs.coverage(keyOf())).toEqual([])
    expect(await store.checkpoint.get(1)).toBeNull()
    await store.close()
  })

  test('empties a cache that a check is using, and the check goes on with it', async () => {
    fillElsewhere()
    const store = await openStore({ directory: folder })
    expect(await store.logs.coverage(keyOf())).not.toEqual([])
    expect((await run('clear')).exitCode).toBe(0)
    expect(await store.logs.coverage(keyOf())).toEqual([])
    const { stdout } = await run('status')
    expect(stdout).toContain('It is empty: nothing of any account is kept.')
    expect(stdout).not.toContain('Chain')
    await store.logs.write(chunk({ range: blocks(0, 9), logs: [], accounts: [alice] }))
    await store.close()
    expect((await run('status')).stdout).toContain('Blocks: 0 to 9')
  })

  test('removes a cache that is damaged, and one that was put aside', async () => {
    await writeFile(join(folder, fileName), 'not a database at all. '.repeat(500))
    await writeFile(join(folder, `${fileName}.damaged`), 'nor this')
    expect((await run('clear')).exitCode).toBe(0)
    expect(await readdir(folder)).toEqual([])
  })

  test('leaves other files alone', async () => {
    await fill()
    await writeFile(join(folder, 'notes.txt'), 'mine')
    await run('clear')
    expect(await readdir(folder)).toContain('notes.txt')
  })

  test('without a cache has nothing to do', async () => {
    expect((await run('clear')).stdout).toBe(`There is no cache in ${folder}.\n`)
  })
})

// Node's own way of making folders never comes back from there.
test.skipIf(process.platform !== 'linux')('a check whose cache cannot be made says so once and goes on', async () => {
  const { exitCode, stdout, stderr } = await cli([
    alice,
    '--rpc-url',
    'http://127.0.0.1:9',
    '--cache-dir',
    '/proc/no/pe',
  ])
  expect(exitCode).toBe(3)
  expect(stdout).toContain('Could not be checked')
  expect(stderr).toContain('The cache is not used from here on, and the check goes on without it: ')
  expect(stderr).toContain('The cache folder cannot be written to.')
})

test.each([
  [['wipe'], 'Error: cache'],
  [[], 'ACTION'],
])('cache %j is wrong usage', async (args, words) => {
  const { exitCode, stderr } = await run(...args)
  expect(exitCode).toBe(2)
  expect(stderr).toContain(words)
})

test('the folder is the option’s, else the variable’s, else the platform’s', () => {
  const own = { WALLET_CHECKUP_CACHE_DIR: '/variable', XDG_CACHE_HOME: '/xdg' }
  expect(cacheFolder({ cacheDir: '/option' }, readEnvironment(own))).toBe('/option')
  expect(cacheFolder({}, readEnvironment(own))).toBe('/variable')
  expect(cacheFolder({}, readEnvironment({}))).toMatch(/wallet-checkup/)
})
