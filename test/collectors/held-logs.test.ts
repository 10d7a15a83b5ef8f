import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type HeldLogs, heldLogs } from '../../src/collectors/logs/held-logs.ts'
import type { BlockRange } from '../../src/core/facts.ts'
import { readPacked } from '../../src/domain/packed-logs.ts'
import { alice, blocks, chunk, granted, type MadeLog, received } from '../store/support/chunks.ts'

const placesIn = (held: HeldLogs, range: BlockRange, filter = granted) =>
  [...held.read(filter, range)]
    .flatMap((part) => [...readPacked(part)])
    .sort((one, other) => Number(one.blockNumber - other.blockNumber) || one.logIndex - other.logIndex)
    .map(({ blockNumber, logIndex }) => `${blockNumber}/${logIndex}`)
const write = (held: HeldLogs, range: BlockRange, logs: readonly number[], filter = granted) =>
  held.write(chunk({ range, logs: logs.map((block) => ({ account: alice, block })), filter }))

test('logs are those of the blocks that are asked for, of one filter', () => {
  const held = heldLogs()
  write(held, blocks(10, 19), [12, 18])
  write(held, blocks(0, 9), [9])
  write(held, blocks(0, 9), [5], received)
  expect(placesIn(held, blocks(9, 17))).toEqual(['9/0', '12/0'])
  expect(placesIn(held, blocks(13, 17))).toEqual([])
  expect(placesIn(held, blocks(0, 19), received)).toEqual(['5/0'])
})

test.each([
  ['by others in the middle', blocks(40, 59), [50], ['10/0', '39/0', '50/0', '60/0', '90/0']],
  ['by none in the middle', blocks(40, 59), [], ['10/0', '39/0', '60/0', '90/0']],
  ['by others of all blocks and more', blocks(0, 120), [110], ['110/0']],
  ['by none of all blocks', blocks(0, 99), [], []],
  ['at the newest block alone', blocks(90, 90), [], ['10/0', '39/0', '40/0', '59/0', '60/0']],
])('logs are replaced %s', (_, range, logs, expected) => {
  const held = heldLogs()
  write(held, blocks(50, 99), [59, 60, 90])
  write(held, blocks(0, 49), [10, 39, 40])
  write(held, range, logs)
  expect(placesIn(held, blocks(0, 200))).toEqual(expected)
})

const range = fc
  .tuple(fc.nat(60), fc.nat(25))
  .map(([from, length]) => ({ fromBlock: BigInt(from), toBlock: BigInt(from + length) }))
const written = range.chain((chosen) => {
  const block = fc.integer({ min: Number(chosen.fromBlock), max: Number(chosen.toBlock) })
  const log = fc.record({ account: fc.constant(alice), block, index: fc.nat(3) })
  const logs = fc.uniqueArray(log, { maxLength: 6, selector: ({ block, index }) => `${block}/${index}` })
  return fc.record({ range: fc.constant(chosen), logs, filter: fc.constantFrom(granted, granted, received) })
})

test('any order of writing leaves for each block what was last said of it', () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 20 }), range, (chunks, asked) => {
      const held = heldLogs()
      let expected: readonly MadeLog[] = []
      for (const { range, logs, filter } of chunks) {
        held.write(chunk({ range, logs, filter }))
        if (filter !== granted) continue
        const isOutside = ({ block }: MadeLog) => BigInt(block) < range.fromBlock || BigInt(block) > range.toBlock
        expected = [...expected.filter(isOutside), ...logs]
      }
      const wanted = expected
        .filter(({ block }) => BigInt(block) >= asked.fromBlock && BigInt(block) <= asked.toBlock)
        .sort((one, other) => one.block - other.block || (one.index ?? 0) - (other.index ?? 0))
      expect(placesIn(held, asked)).toEqual(wanted.map(({ block, index }) => `${block}/${index}`))
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['newest first', (place: number, count: number) => count - 1 - place],
  ['oldest first', (place: number) => place],
  ['from both ends', (place: number, count: number) => (place % 2 === 0 ? place / 2 : count - (place + 1) / 2)],
])(
  'tens of thousands of chunks, %s, take seconds at most',
  (_, blockOf) => {
    const count = 30_000
    const held = heldLogs()
    const { logs } = chunk({ range: blocks(0, 0), logs: [{ account: alice, block: 0 }] })
    const before = performance.now()
    for (let place = 0; place < count; place++) {
      const block = blockOf(place, count)
      held.write({ filter: granted, accounts: [alice], range: blocks(block, block), logs })
    }
    // It takes most of a minute where each is compared with all before it.
    expect(performance.now() - before).toBeLessThan(5_000)
    expect([...held.read(granted, blocks(0, count))]).toHaveLength(count)
  },
  60_000,
)
