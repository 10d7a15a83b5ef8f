import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Connection from 'libsql'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fileName } from '../../src/store/database.ts'
import { openStore, type StoreOptions } from '../../src/store/open-store.ts'
import { schemaVersion } from '../../src/store/schema.ts'
import { alice, blocks, chunk, keyOf, placesIn } from './support/chunks.ts'
import { emptyFolder } from './support/folder.ts'

async function open(options: StoreOptions) {
  const store = await openStore(options)
  onTestFinished(() => store.close())
  return store
}

const someLogs = chunk({ range: blocks(0, 99), logs: [{ account: alice, block: 7 }] })
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

describe('the file', () => {
  test('is its owner’s alone, and so is a folder that is made for it', async () => {
    const directory = join(await emptyFolder(), 'new', 'cache')
    const store = await open({ directory })
    await store.logs.write(someLogs)
    expect(await modeOf(directory)).toBe('700')
    const files = (await readdir(directory)).sort()
    expect(files).toEqual([fileName, `${fileName}-shm`, `${fileName}-wal`])
    expect(await Promise.all(files.map((file) => modeOf(join(directory, file))))).toEqual(['600', '600', '600'])
  })

  test('in a folder deep below one that is there is made', async () => {
    const directory = join(await emptyFolder(), 'a', 'b', 'c')
    await open({ directory })
    expect(await modeOf(join(directory, '..', '..'))).toBe('700')
  })

  test('that others could read is made private again', async () => {
    const directory = await emptyFolder()
    await (await openStore({ directory })).close()
    await chmod(join(directory, fileName), 0o644)
    await open({ directory })
    expect(await modeOf(join(directory, fileName))).toBe('600')
  })

  test('keeps what was written when it is opened again', async () => {
    const directory = await emptyFolder()
    const first = await openStore({ directory })
    await first.logs.write(someLogs)
    await first.close()
    const second = await open({ directory })
    expect(await placesIn(second, blocks(0, 99))).toEqual(['7/0'])
  })

  test('of the first version keeps its logs and gets the new table', async () => {
    const directory = await emptyFolder()
    const first = await openStore({ directory })
    await first.logs.write(someLogs)
    await first.close()
    const connection = new Connection(join(directory, fileName))
    connection.exec('DROP TABLE report; PRAGMA user_version = 1')
    connection.close()
    const store = await open({ directory })
    expect(await placesIn(store, blocks(0, 99))).toEqual(['7/0'])
    await store.reports.put('a', '{}')
    expect(await store.reports.get('a')).toBe('{}')
  })

  test('of a newer version is left alone', async () => {
    const directory = await emptyFolder()
    await (await openStore({ directory })).close()
    const file = join(directory, fileName)
    const connection = new Connection(file)
    connection.exec(`PRAGMA user_version = ${schemaVersion + 1}`)
    connection.close()
    const before = await readFile(file)
    await expect(openStore({ directory })).rejects.toMatchObject({ code: 'cache-too-new' })
    expect(await readFile(file)).toEqual(before)
  })
})

describe('a damaged file', () => {
  test('is put aside, and a new one begun', async () => {
    const directory = await emptyFolder()
    await writeFile(join(directory, fileName), 'not a database at all. '.repeat(500))
    const putAside: string[] = []
    const store = await open({ directory, onPutAside: () => putAside.push('put aside') })
    expect(putAside).toEqual(['put aside'])
    await store.logs.write(someLogs)
    expect(await placesIn(store, blocks(0, 99))).toEqual(['7/0'])
    expect(await readdir(directory)).toContain(`${fileName}.damaged`)
  })

  test('that still opens is found out when it is read: changed logs are never served', async () => {
    const directory = await emptyFolder()
    const first = await openStore({ directory })
    await first.logs.write(someLogs)
    await first.close()
    const file = join(directory, fileName)
    const content = await readFile(file)
    const at = content.indexOf(Buffer.from('dd'.repeat(32), 'hex'))
    expect(at).toBeGreaterThan(0)
    content[at] = 0xde
    await writeFile(file, content)
    const second = await open({ directory })
    await expect(placesIn(second, blocks(0, 99))).rejects.toMatchObject({ code: 'cache-damaged' })
  })
})

describe('a folder that cannot be used', () => {
  test.each([
    ['is a file', (folder: string) => writeFile(join(folder, 'here'), ''), 'cache-unwritable'],
    [
      'has a folder where the file should be',
      (folder: string) => mkdir(join(folder, 'here', fileName), { recursive: true }),
      'cache-unwritable',
    ],
  ])('because it %s is told', async (_, prepare, code) => {
    const folder = await emptyFolder()
    await prepare(folder)
    await expect(openStore({ directory: join(folder, 'here') })).rejects.toMatchObject({ code })
  })

  // The superuser may write anywhere.
  test.skipIf(process.getuid?.() === 0)('because it is read-only is told', async () => {
    const directory = await emptyFolder()
    await chmod(directory, 0o500)
    await expect(openStore({ directory })).rejects.toMatchObject({ code: 'cache-unwritable' })
    await chmod(directory, 0o700)
  })
})

test('a full disk fails the chunk as a whole, and what was there stays', async () => {
  const store = await open({ directory: await emptyFolder(), maximumPages: 60 })
  await store.logs.write(someLogs)
  const logs = Array.from({ length: 500 }, (_, block) => ({ account: alice, block, size: 1000 }))
  const tooMuch = chunk({ range: blocks(0, 999), logs })
  await expect(store.logs.write(tooMuch)).rejects.toMatchObject({ code: 'cache-full' })
  expect(await store.logs.coverage(keyOf())).toEqual([blocks(0, 99)])
  expect(await placesIn(store, blocks(0, 99))).toEqual(['7/0'])
})

test('a writer that does not let go is told, not waited for without end', async () => {
  const directory = await emptyFolder()
  const store = await open({ directory, lockTimeoutMs: 50 })
  const other = new Connection(join(directory, fileName))
  other.exec('BEGIN IMMEDIATE')
  await expect(store.logs.write(someLogs)).rejects.toMatchObject({ code: 'cache-locked' })
  other.exec('ROLLBACK')
  other.close()
  await store.logs.write(someLogs)
  expect(await placesIn(store, blocks(0, 99))).toEqual(['7/0'])
})

test('what another process cleared is begun anew', async () => {
  const directory = await emptyFolder()
  const store = await open({ directory })
  await store.logs.write(someLogs)
  const other = new Connection(join(directory, fileName))
  other.exec('PRAGMA foreign_keys = ON; DELETE FROM series')
  other.close()
  expect(await store.logs.coverage(keyOf())).toEqual([])
  await store.logs.write(chunk({ range: blocks(50, 60), logs: [] }))
  expect(await store.logs.coverage(keyOf())).toEqual([blocks(50, 60)])
})
