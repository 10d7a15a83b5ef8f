import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BlockRange } from '../../src/core/facts.ts'
import { blockCount, mergeRanges, splitAfter, subtractRanges } from '../../src/domain/block-range.ts'

const range = (fromBlock: number, toBlock: number): BlockRange => ({
  fromBlock: BigInt(fromBlock),
  toBlock: BigInt(toBlock),
})

/** Every block of some ranges, one by one: slow and certain. */
const blocksOf = (ranges: readonly BlockRange[]): readonly number[] => {
  const blocks = new Set<number>()
  for (const { fromBlock, toBlock } of ranges)
    for (let block = fromBlock; block <= toBlock; block++) blocks.add(Number(block))
  return [...blocks].sort((a, b) => a - b)
}

const anyRange = fc.tuple(fc.nat(60), fc.nat(20)).map(([from, length]) => range(from, from + length))
const anyRanges = fc.array(anyRange, { maxLength: 8 })

const expectApartAndSorted = (ranges: readonly BlockRange[]) => {
  for (const [index, { fromBlock, toBlock }] of ranges.entries()) {
    expect(toBlock).toBeGreaterThanOrEqual(fromBlock)
    const next = ranges[index + 1]
    // A block between them, or they would be one range.
    if (next !== undefined) expect(next.fromBlock).toBeGreaterThan(toBlock + 1n)
  }
}

test.each([
  ['one block', range(5, 5), 1n],
  ['both ends count', range(0, 9), 10n],
  ['nothing', range(6, 5), 0n],
  ['less than nothing', range(9, 5), 0n],
])('%s', (_, asked, blocks) => {
  expect(blockCount(asked)).toBe(blocks)
})

test('a split leaves out nothing and doubles nothing', () => {
  expect(splitAfter(range(10, 20), 13n)).toEqual([range(10, 13), range(14, 20)])
  expect(splitAfter(range(10, 11), 10n)).toEqual([range(10, 10), range(11, 11)])
})

describe('merge', () => {
  test('joins what touches and leaves apart what does not', () => {
    expect(mergeRanges([range(8, 9), range(1, 3), range(4, 5), range(20, 19)])).toEqual([range(1, 5), range(8, 9)])
  })

  test('keeps the same blocks, sorted and apart', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const merged = mergeRanges(ranges)
        expectApartAndSorted(merged)
        expect(blocksOf(merged)).toEqual(blocksOf(ranges))
      }),
      { seed: 20 },
    )
  })
})

describe('subtract', () => {
  test.each([
    ['nothing taken', [], [range(10, 20)]],
    ['all taken', [range(10, 20)], []],
    ['more than all taken', [range(0, 99)], []],
    ['the first block', [range(10, 10)], [range(11, 20)]],
    ['the last block', [range(20, 20)], [range(10, 19)]],
    ['the middle', [range(14, 15)], [range(10, 13), range(16, 20)]],
    ['both sides outside', [range(0, 9), range(21, 30)], [range(10, 20)]],
  ])('%s', (_, taken, rest) => {
    expect(subtractRanges(range(10, 20), taken)).toEqual(rest)
  })

  test('leaves exactly the blocks that were not taken', () => {
    fc.assert(
      fc.property(anyRange, anyRanges, (asked, taken) => {
        const rest = subtractRanges(asked, taken)
        expectApartAndSorted(rest)
        const gone = new Set(blocksOf(taken))
        expect(blocksOf(rest)).toEqual(blocksOf([asked]).filter((block) => !gone.has(block)))
      }),
      { seed: 20 },
    )
  })
})
