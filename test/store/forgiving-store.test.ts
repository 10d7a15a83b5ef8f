import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/core/store.ts'
import { CacheDamagedError, CacheFullError, CacheLockedError } from '../../src/store/errors.ts'
import { forgivingStore } from '../../src/store/forgiving-store.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { openStore } from '../../src/store/open-store.ts'
import { alice, blocks, chunk, keyOf, placesIn } from './support/chunks.ts'
import { emptyFolder } from './support/folder.ts'

const hash = `0x${'a'.repeat(64)}` as const
const logAt = (block: number) => ({ account: alice, block })

/** A store that can be broken while it is used. */
function breakable(inner: Store = memoryStore()) {
  const broken: { reading?: Error; writing?: Error } = {}
  let isClosed = false
  const failing = <Action extends (...given: never[]) => unknown>(kind: keyof typeof broken, action: Action) =>
    (async (...given: never[]) => {
      const error = broken[kind]
      if (error !== undefined) throw error
      return action(...given)
    }) as unknown as Action // the same action, which may fail
  const store: Store = {
    logs: {
      coverage: failing('reading', inner.logs.coverage),
      write: failing('writing', inner.logs.write),
      forget: failing('writing', inner.logs.forget),
      read: async function* (key, range) {
        if (broken.reading !== undefined) throw broken.reading
        yield* inner.logs.read(key, range)
      },
    },
    checkpoint: {
      get: failing('reading', inner.checkpoint.get),
      set: failing('writing', inner.checkpoint.set),
      beginAnew: failing('writing', inner.checkpoint.beginAnew),
    },
    endpoints: { limits: failing('reading', inner.endpoints.limits), learn: failing('writing', inner.endpoints.learn) },
    immutable: { get: failing('reading', inner.immutable.get), put: failing('writing', inner.immutable.put) },
    reports: { get: failing('reading', inner.reports.get), put: failing('writing', inner.reports.put) },
    pending: { firstSeen: failing('writing', inner.pending.firstSeen) },
    close: async () => {
      isClosed = true
    },
  }
  const told: string[] = []
  const putAside: boolean[] = []
  const forgiving = forgivingStore({
    open: async () => store,
    onTrouble: ({ code }) => told.push(code),
    putAside: async () => void putAside.push(isClosed),
  })
  return { broken, forgiving, told, putAside, inner }
}

test('a store without trouble is used as it is', async () => {
  const { forgiving, told, inner } = breakable()
  await forgiving.logs.write(chunk({ range: blocks(0, 9), logs: [logAt(3)] }))
  await forgiving.checkpoint.set(1, { number: 5n, hash })
  expect(await placesIn(inner, blocks(0, 9))).toEqual(['3/0'])
  expect(await forgiving.checkpoint.get(1)).toEqual({ number: 5n, hash })
  expect(told).toEqual([])
})

test('a store that is not used is not opened', async () => {
  let opened = 0
  const store = forgivingStore({
    open: async () => {
      opened += 1
      return memoryStore()
    },
    onTrouble: () => undefined,
  })
  await store.close()
  expect(opened).toBe(0)
})

describe('when writing fails', () => {
  test('it is told once, and what is written from then on can be read in this run', async () => {
    const { broken, forgiving, told, inner } = breakable()
    await forgiving.logs.write(chunk({ range: blocks(50, 99), logs: [logAt(60)] }))
    broken.writing = new CacheFullError(null)
    await forgiving.logs.write(chunk({ range: blocks(0, 49), logs: [logAt(10)] }))
    await forgiving.logs.write(chunk({ range: blocks(90, 120), logs: [logAt(95), logAt(110)] }))
    await forgiving.checkpoint.set(1, { number: 5n, hash })
    expect(told).toEqual(['cache-full'])
    expect(await forgiving.logs.coverage(keyOf())).toEqual([blocks(0, 120)])
    expect(await placesIn(forgiving, blocks(0, 120))).toEqual(['10/0', '60/0', '95/0', '110/0'])
    expect(await inner.logs.coverage(keyOf())).toEqual([blocks(50, 99)])
  })

  test('the store is left alone even when it would work again', async () => {
    const { broken, forgiving, inner } = breakable()
    broken.writing = new CacheLockedError(null)
    await forgiving.logs.write(chunk({ range: blocks(0, 9), logs: [] }))
    delete broken.writing
    await forgiving.logs.write(chunk({ range: blocks(10, 19), logs: [] }))
    expect(await inner.logs.coverage(keyOf())).toEqual([])
    expect(await forgiving.logs.coverage(keyOf())).toEqual([blocks(0, 19)])
  })

  test('blocks that could not be forgotten are not served', async () => {
    const { broken, forgiving, told } = breakable()
    await forgiving.logs.write(chunk({ range: blocks(0, 99), logs: [logAt(60)] }))
    broken.writing = new CacheFullError(null)
    await forgiving.logs.forget(chunk({ range: blocks(50, 99), logs: [] }))
    expect(await forgiving.logs.coverage(keyOf())).toEqual([])
    await expect(placesIn(forgiving, blocks(0, 99))).rejects.toMatchObject({ code: 'cache-full' })
    expect(told).toEqual(['cache-full'])
  })

  test('the logs of a chain that could not be dropped are not served, and the run begins it anew in memory', async () => {
    const { broken, forgiving, told, inner } = breakable()
    const [seen, block] = [
      { number: 90n, hash },
      { number: 120n, hash: `0x${'b'.repeat(64)}` as const },
    ]
    await forgiving.checkpoint.set(1, seen)
    await forgiving.logs.write(chunk({ range: blocks(0, 99), logs: [logAt(60)] }))
    broken.writing = new CacheFullError(null)
    expect(await forgiving.checkpoint.beginAnew(1, { seen, block })).toBe(false)
    expect(await forgiving.checkpoint.get(1)).toBeNull()
    expect(await forgiving.logs.coverage(keyOf())).toEqual([])
    expect(await forgiving.checkpoint.beginAnew(1, { seen: null, block })).toBe(true)
    expect(await forgiving.checkpoint.get(1)).toEqual(block)
    expect(await inner.checkpoint.get(1)).toEqual(seen)
    expect(told).toEqual(['cache-full'])
  })

  test('a checkpoint that could not be written counts for the run', async () => {
    const { broken, forgiving, inner } = breakable()
    await forgiving.checkpoint.set(1, { number: 5n, hash })
    broken.writing = new CacheFullError(null)
    await forgiving.checkpoint.set(1, { number: 9n, hash })
    expect(await forgiving.checkpoint.get(1)).toEqual({ number: 9n, hash })
    expect(await inner.checkpoint.get(1)).toEqual({ number: 5n, hash })
  })

  test('a report that could not be written is given back in the place of the older one', async () => {
    const { broken, forgiving } = breakable()
    await forgiving.reports.put('a', 'older')
    broken.writing = new CacheFullError(null)
    await forgiving.reports.put('a', 'newer')
    expect(await forgiving.reports.get('a')).toBe('newer')
  })

  test('pending transactions are remembered for the run', async () => {
    const { broken, forgiving } = breakable()
    broken.writing = new CacheFullError(null)
    expect(await forgiving.pending.firstSeen(1, [hash], 5)).toEqual(new Map([[hash, 5]]))
    expect(await forgiving.pending.firstSeen(1, [hash], 9)).toEqual(new Map([[hash, 5]]))
  })
})

describe('when reading fails', () => {
  test('nothing counts as kept, and what was promised is an error and not an empty answer', async () => {
    const { broken, forgiving, told } = breakable()
    await forgiving.logs.write(chunk({ range: blocks(0, 99), logs: [logAt(60)] }))
    expect(await forgiving.logs.coverage(keyOf())).toEqual([blocks(0, 99)])
    broken.reading = new CacheDamagedError()
    await expect(placesIn(forgiving, blocks(0, 99))).rejects.toMatchObject({ code: 'cache-damaged' })
    expect(await forgiving.logs.coverage(keyOf())).toEqual([])
    expect(await forgiving.immutable.get('key')).toBeNull()
    expect(told).toEqual(['cache-damaged'])
  })

  test('the blocks can be read and kept again in this run', async () => {
    const { broken, forgiving } = breakable()
    broken.reading = new CacheDamagedError()
    expect(await forgiving.logs.coverage(keyOf())).toEqual([])
    await forgiving.logs.write(chunk({ range: blocks(0, 99), logs: [logAt(60)] }))
    expect(await placesIn(forgiving, blocks(0, 99))).toEqual(['60/0'])
  })

  test('a damaged store is put aside once it is closed', async () => {
    const { broken, forgiving, putAside } = breakable()
    await forgiving.logs.write(chunk({ range: blocks(0, 9), logs: [] }))
    broken.reading = new CacheDamagedError()
    await forgiving.logs.coverage(keyOf())
    expect(putAside).toEqual([])
    await forgiving.close()
    expect(putAside).toEqual([true])
  })

  test('asking for blocks that are not kept is no trouble of the store', async () => {
    const { forgiving, told } = breakable()
    await expect(placesIn(forgiving, blocks(0, 9))).rejects.toMatchObject({ code: 'blocks-not-kept' })
    await forgiving.logs.write(chunk({ range: blocks(0, 9), logs: [logAt(1)] }))
    expect(await placesIn(forgiving, blocks(0, 9))).toEqual(['1/0'])
    expect(told).toEqual([])
  })
})

test('a folder that cannot be used costs the run nothing but its memory', async () => {
  const folder = await emptyFolder()
  await writeFile(join(folder, 'file'), '')
  const told: string[] = []
  const store = forgivingStore({
    open: () => openStore({ directory: join(folder, 'file') }),
    onTrouble: ({ code }) => told.push(code),
  })
  expect(await store.logs.coverage(keyOf())).toEqual([])
  await store.logs.write(chunk({ range: blocks(0, 9), logs: [logAt(1)] }))
  expect(await placesIn(store, blocks(0, 9))).toEqual(['1/0'])
  await store.close()
  expect(told).toEqual(['cache-unwritable'])
})

test('a disk that fills up in the middle of a run ends nothing', async () => {
  const directory = await emptyFolder()
  const told: string[] = []
  const store = forgivingStore({
    open: () => openStore({ directory, maximumPages: 80 }),
    onTrouble: ({ code }) => told.push(code),
  })
  const expected: string[] = []
  for (let first = 0; first < 2000; first += 100) {
    const logs = Array.from({ length: 100 }, (_, at) => ({ account: alice, block: first + at, size: 200 }))
    expected.push(...logs.map(({ block }) => `${block}/0`))
    await store.logs.write(chunk({ range: blocks(first, first + 99), logs }))
  }
  expect(await placesIn(store, blocks(0, 1999))).toEqual(expected)
  await store.close()
  expect(told).toEqual(['cache-full'])
  const later = await openStore({ directory })
  const [kept] = await later.logs.coverage(keyOf())
  expect(kept?.fromBlock).toBe(0n)
  expect(await placesIn(later, kept ?? blocks(0, 0))).toEqual(expected.slice(0, Number(kept?.toBlock) + 1))
  await later.close()
})
