import { describe, expect, onTestFinished, test } from 'vitest'
import type { EndpointLimits } from '../../src/core/log-scan.ts'
import type { Store } from '../../src/core/store.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { openStore } from '../../src/store/open-store.ts'
import { alice, blocks, chunk, granted, keyOf } from './support/chunks.ts'
import { emptyFolder } from './support/folder.ts'

const hash = (digit: string) => `0x${digit.repeat(64)}` as const
const limits: EndpointLimits = {
  maximumBlocks: 2n ** 60n,
  maximumLogs: 10_000,
  maximumTopics: null,
  requestsPerSecond: 24.5,
}
const day = 24 * 3600

async function onDisk(now?: () => number): Promise<Store> {
  const store = await openStore({ directory: await emptyFolder(), ...(now !== undefined && { now }) })
  onTestFinished(() => store.close())
  return store
}

describe.each([
  ['in a file', () => onDisk()],
  ['in memory', async () => memoryStore()],
])('%s', (_, make) => {
  test('a checkpoint is one per chain, and the newest', async () => {
    const { checkpoint } = await make()
    expect(await checkpoint.get(1)).toBeNull()
    await checkpoint.set(1, { number: 10n, hash: hash('a') })
    await checkpoint.set(1, { number: 20n, hash: hash('b') })
    expect(await checkpoint.get(1)).toEqual({ number: 20n, hash: hash('b') })
    expect(await checkpoint.get(2)).toBeNull()
  })

  test('a chain that begins anew loses its logs and has another checkpoint; other chains keep theirs', async () => {
    const { checkpoint, logs } = await make()
    const [seen, block] = [
      { number: 10n, hash: hash('a') },
      { number: 20n, hash: hash('b') },
    ]
    for (const chain of [1, 2]) {
      await checkpoint.set(chain, seen)
      await logs.write(chunk({ range: blocks(0, 9), logs: [{ account: alice, block: 3 }], chain }))
    }
    expect(await checkpoint.beginAnew(1, { seen, block })).toBe(true)
    expect(await checkpoint.get(1)).toEqual(block)
    expect(await logs.coverage(keyOf())).toEqual([])
    expect(await checkpoint.get(2)).toEqual(seen)
    expect(await logs.coverage(keyOf(alice, granted, 2))).toEqual([blocks(0, 9)])
  })

  test.each([
    ['there was none', null],
    ['of a lower block', { number: 9n, hash: hash('a') }],
    ['of another chain', { number: 10n, hash: hash('b') }],
  ])('a chain keeps its logs where its checkpoint is another than was seen: %s', async (_, seen) => {
    const { checkpoint, logs } = await make()
    const current = { number: 10n, hash: hash('a') }
    await checkpoint.set(1, current)
    await logs.write(chunk({ range: blocks(0, 9), logs: [] }))
    expect(await checkpoint.beginAnew(1, { seen, block: { number: 20n, hash: hash('b') } })).toBe(false)
    expect(await checkpoint.get(1)).toEqual(current)
    expect(await logs.coverage(keyOf())).toEqual([blocks(0, 9)])
  })

  test('a chain without a checkpoint begins anew for one run, and not for the next that saw none', async () => {
    const { checkpoint, logs } = await make()
    await logs.write(chunk({ range: blocks(0, 9), logs: [] }))
    const change = { seen: null, block: { number: 20n, hash: hash('b') } }
    expect(await checkpoint.beginAnew(1, change)).toBe(true)
    expect(await logs.coverage(keyOf())).toEqual([])
    expect(await checkpoint.beginAnew(1, change)).toBe(false)
  })

  test('limits are given back as they were learned', async () => {
    const { endpoints } = await make()
    expect(await endpoints.limits('0123456789abcdef')).toBeNull()
    await endpoints.learn('0123456789abcdef', limits)
    expect(await endpoints.limits('0123456789abcdef')).toEqual(limits)
    const unknown = { maximumBlocks: null, maximumLogs: null, maximumTopics: null, requestsPerSecond: null }
    await endpoints.learn('0123456789abcdef', unknown)
    expect(await endpoints.limits('0123456789abcdef')).toEqual(unknown)
  })

  test('an answer that cannot change is kept under its key', async () => {
    const { immutable } = await make()
    expect(await immutable.get('receipt')).toBeNull()
    await immutable.put('receipt', '{"a":1}')
    expect(await immutable.get('receipt')).toBe('{"a":1}')
  })

  test('an earlier report is the newest under its key', async () => {
    const { reports } = await make()
    expect(await reports.get('a')).toBeNull()
    await reports.put('a', '{"run":1}')
    await reports.put('a', '{"run":2}')
    expect([await reports.get('a'), await reports.get('b')]).toEqual(['{"run":2}', null])
  })

  test('a pending transaction keeps the time when it was first seen', async () => {
    const { pending } = await make()
    expect(await pending.firstSeen(1, [hash('a')], 100)).toEqual(new Map([[hash('a'), 100]]))
    expect(await pending.firstSeen(1, [hash('a'), hash('b')], 200)).toEqual(
      new Map([
        [hash('a'), 100],
        [hash('b'), 200],
      ]),
    )
    expect(await pending.firstSeen(2, [hash('a')], 300)).toEqual(new Map([[hash('a'), 300]]))
    expect(await pending.firstSeen(1, [], 400)).toEqual(new Map())
  })
})

test('limits that were learned a week ago are found out again', async () => {
  let now = 1_700_000_000
  const { endpoints } = await onDisk(() => now)
  await endpoints.learn('0123456789abcdef', limits)
  now += 7 * day - 1
  expect(await endpoints.limits('0123456789abcdef')).toEqual(limits)
  now += 1
  expect(await endpoints.limits('0123456789abcdef')).toBeNull()
})

test('a report that nobody wrote again for half a year goes when the next is written', async () => {
  let now = 1_700_000_000
  const { reports } = await onDisk(() => now)
  await reports.put('old', '{}')
  now += 180 * day
  await reports.put('new', '{}')
  expect(await reports.get('old')).toBe('{}')
  now += 1
  await reports.put('new', '{}')
  expect([await reports.get('old'), await reports.get('new')]).toEqual([null, '{}'])
})

test('a transaction that was first seen long ago is forgotten', async () => {
  const { pending } = await onDisk()
  await pending.firstSeen(1, [hash('a')], 0)
  expect(await pending.firstSeen(1, [hash('a')], 90 * day)).toEqual(new Map([[hash('a'), 0]]))
  expect(await pending.firstSeen(1, [hash('a')], 90 * day + 1)).toEqual(new Map([[hash('a'), 90 * day + 1]]))
})
