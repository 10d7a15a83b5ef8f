import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { BlockRange } from '../../src/core/facts.ts'
import type { Store } from '../../src/core/store.ts'
import { mergeRanges, subtractRanges } from '../../src/domain/block-range.ts'
import { fileName } from '../../src/store/database.ts'
import { forgivingStore } from '../../src/store/forgiving-store.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { openStore } from '../../src/store/open-store.ts'
import { alice, blocks, bob, chunk, granted, keyOf, type MadeLog, placesIn, received } from './support/chunks.ts'

const folders: string[] = []
const stores: Store[] = []

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()))
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

async function onDisk(): Promise<Store> {
  const directory = await mkdtemp(join(tmpdir(), 'wallet-checkup-'))
  folders.push(directory)
  return openStore({ directory, now: () => 1_700_000_000 })
}

/** Every chunk after the first goes to memory: both halves must read as one. */
async function halfInMemory(): Promise<Store> {
  const inner = await onDisk()
  let writes = 0
  const failing: Store = {
    ...inner,
    logs: {
      ...inner.logs,
      write: async (given) => {
        writes += 1
        if (writes > 1) throw Object.assign(new Error(), { code: 'SQLITE_FULL' })
        await inner.logs.write(given)
      },
    },
  }
  return forgivingStore({ open: async () => failing, onTrouble: () => undefined })
}

const kinds: readonly (readonly [string, () => Promise<Store>])[] = [
  ['in a file', onDisk],
  ['in memory', async () => memoryStore()],
  ['in a file until the disk was full, then in memory', halfInMemory],
]

describe.each(kinds)('logs %s', (_, make) => {
  const open = async () => {
    const store = await make()
    stores.push(store)
    return store
  }

  test('are read back for the account that they are about', async () => {
    const store = await open()
    const logs = [
      { account: alice, block: 1 },
      { account: bob, block: 2 },
      { account: alice, block: 3, index: 7 },
    ]
    await store.logs.write(chunk({ range: blocks(0, 9), logs, accounts: [alice, bob] }))
    expect(await placesIn(store, blocks(0, 9))).toEqual(['1/0', '3/7'])
    expect(await placesIn(store, blocks(0, 9), keyOf(bob))).toEqual(['2/0'])
    expect(await placesIn(store, blocks(2, 9))).toEqual(['3/7'])
  })

  test('of an account without any are known to be none', async () => {
    const store = await open()
    await store.logs.write(chunk({ range: blocks(0, 9), logs: [], accounts: [alice, bob] }))
    expect(await store.logs.coverage(keyOf(bob))).toEqual([blocks(0, 9)])
    expect(await placesIn(store, blocks(0, 9), keyOf(bob))).toEqual([])
  })

  test.each([
    ['another account', keyOf(bob)],
    ['another filter', keyOf(alice, received)],
    ['another chain', keyOf(alice, granted, 2)],
    ['blocks before', keyOf(), blocks(4, 6)],
    ['blocks after', keyOf(), blocks(9, 10)],
  ])('of %s are not known, which is an error and not an empty answer', async (_, key, range = blocks(5, 9)) => {
    const store = await open()
    await store.logs.write(chunk({ range: blocks(5, 9), logs: [] }))
    await expect(placesIn(store, range, key)).rejects.toMatchObject({ code: 'blocks-not-kept' })
  })

  test('are found however the address is spelled', async () => {
    const store = await open()
    const account = alice.toUpperCase().replace('0X', '0x') as typeof alice
    await store.logs.write(chunk({ range: blocks(0, 9), logs: [{ account: alice, block: 1 }], accounts: [account] }))
    expect(await placesIn(store, blocks(0, 9), keyOf(alice))).toEqual(['1/0'])
    expect(await placesIn(store, blocks(0, 9), keyOf(account))).toEqual(['1/0'])
  })

  test('written again take the place of what was there, and of nothing else', async () => {
    const store = await open()
    const at = (...numbers: readonly number[]) => numbers.map((block): MadeLog => ({ account: alice, block }))
    await store.logs.write(chunk({ range: blocks(0, 99), logs: at(10, 45, 50, 55, 90) }))
    await store.logs.write(chunk({ range: blocks(45, 55), logs: at(51) }))
    expect(await placesIn(store, blocks(0, 99))).toEqual(['10/0', '51/0', '90/0'])
    expect(await store.logs.coverage(keyOf())).toEqual([blocks(0, 99)])
  })
})

describe.each(kinds.slice(0, 2))('forgotten blocks %s', (_, make) => {
  test('are those of one account and filter, and of no other', async () => {
    const store = await make()
    stores.push(store)
    const logs = [
      { account: alice, block: 10 },
      { account: bob, block: 20 },
      { account: alice, block: 30 },
    ]
    const all = { range: blocks(0, 99), logs, accounts: [alice, bob] }
    for (const given of [all, { ...all, filter: received }, { ...all, chain: 2 }]) await store.logs.write(chunk(given))
    await store.logs.forget({
      ...chunk({ range: blocks(0, 0), logs: [] }),
      range: { fromBlock: 15n, toBlock: 2n ** 64n },
    })
    expect(await store.logs.coverage(keyOf())).toEqual([blocks(0, 14)])
    for (const key of [keyOf(bob), keyOf(alice, received), keyOf(alice, granted, 2)]) {
      expect(await store.logs.coverage(key)).toEqual([blocks(0, 99)])
    }
    await expect(placesIn(store, blocks(0, 99))).rejects.toMatchObject({ code: 'blocks-not-kept' })
    expect(await placesIn(store, blocks(0, 14))).toEqual(['10/0'])
    expect(await placesIn(store, blocks(0, 99), keyOf(bob))).toEqual(['20/0'])
    expect(await placesIn(store, blocks(0, 99), keyOf(alice, granted, 2))).toEqual(['10/0', '30/0'])
  })
})

type Step = { readonly kind: 'write' | 'forget'; readonly range: BlockRange; readonly logs: readonly MadeLog[] }

const range = fc
  .tuple(fc.nat(60), fc.nat(25))
  .map(([from, length]) => ({ fromBlock: BigInt(from), toBlock: BigInt(from + length) }))
const step = range.chain((chosen): fc.Arbitrary<Step> => {
  const block = fc.integer({ min: Number(chosen.fromBlock), max: Number(chosen.toBlock) })
  const log = fc.record({ account: fc.constantFrom(alice, bob), block, index: fc.nat(3) })
  return fc.record({
    kind: fc.constantFrom('write', 'write', 'write', 'forget'),
    range: fc.constant(chosen),
    logs: fc.uniqueArray(log, { maxLength: 6, selector: ({ block, index }) => `${block}/${index}` }),
  })
})

describe.each(kinds.slice(0, 2))('any order of writing and forgetting, %s', (_, make) => {
  test('leaves for each block what was last said of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), range, async (steps, asked) => {
        const store = await make()
        let covered: readonly BlockRange[] = []
        let expected: readonly MadeLog[] = []
        for (const { kind, range, logs } of steps) {
          const isOutside = ({ block }: MadeLog) => BigInt(block) < range.fromBlock || BigInt(block) > range.toBlock
          expected = [...expected.filter(isOutside), ...(kind === 'write' ? logs : [])]
          covered =
            kind === 'write'
              ? mergeRanges([...covered, range])
              : covered.flatMap((kept) => subtractRanges(kept, [range]))
          if (kind === 'write') await store.logs.write(chunk({ range, logs, accounts: [alice, bob] }))
          else await store.logs.forget(chunk({ range, logs: [], accounts: [alice, bob] }))
        }
        expect(await store.logs.coverage(keyOf())).toEqual(covered)
        for (const kept of covered.flatMap((one) => subtractRanges(one, subtractRanges(one, [asked])))) {
          const wanted = expected
            .filter(
              ({ account, block }) =>
                account === alice && BigInt(block) >= kept.fromBlock && BigInt(block) <= kept.toBlock,
            )
            .sort((one, other) => one.block - other.block || (one.index ?? 0) - (other.index ?? 0))
          expect(await placesIn(store, kept)).toEqual(wanted.map(({ block, index }) => `${block}/${index}`))
        }
        await store.close()
      }),
      { numRuns: 60 },
    )
  })
})

describe('a long history', () => {
  test('is read a part at a time, in order, in one piece', async () => {
    const store = await onDisk()
    stores.push(store)
    const count = 3000
    const logs = Array.from({ length: count }, (_, block) => ({ account: alice, block, size: 2000 }))
    await store.logs.write(chunk({ range: blocks(0, count - 1), logs }))
    const sizes: number[] = []
    for await (const part of store.logs.read(keyOf(), blocks(0, count - 1))) sizes.push(part.bytes.length)
    expect(sizes.length).toBeGreaterThan(20)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256 * 1024)
    expect(await placesIn(store, blocks(0, count - 1))).toEqual(logs.map(({ block }) => `${block}/0`))
    expect(await placesIn(store, blocks(1234, 1240))).toHaveLength(7)
  })

  test('that is forgotten while it is read ends in an error', async () => {
    const store = await onDisk()
    stores.push(store)
    const logs = Array.from({ length: 3000 }, (_, block) => ({ account: alice, block, size: 2000 }))
    await store.logs.write(chunk({ range: blocks(0, 2999), logs }))
    const readAndForget = async () => {
      for await (const part of store.logs.read(keyOf(), blocks(0, 2999))) {
        expect(part.count).toBeGreaterThan(0)
        await store.logs.forget(chunk({ range: blocks(2900, 2999), logs: [] }))
      }
    }
    await expect(readAndForget()).rejects.toMatchObject({ code: 'blocks-not-kept' })
  })

  test('without logs costs next to nothing for many accounts', async () => {
    const store = await onDisk()
    const accounts = Array.from({ length: 1000 }, (_, at) => `0x${at.toString(16).padStart(40, '0')}` as const)
    for (let part = 49; part >= 0; part--) {
      await store.logs.write(chunk({ range: blocks(part * 1000, part * 1000 + 999), logs: [], accounts }))
    }
    for (const account of accounts.slice(0, 3)) {
      expect(await store.logs.coverage(keyOf(account))).toEqual([blocks(0, 49_999)])
    }
    await store.close()
    const { size } = await stat(join(folders.at(-1) ?? '', fileName))
    expect(size).toBeLessThan(400 * 1024)
  })
})
