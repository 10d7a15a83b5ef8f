import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, medianTips } from '../../src/domain/fees.ts'

test.each([
  ['nothing', [], null],
  ['one', [5n], 5n],
  ['two: their mean, rounded down', [5n, 8n], 6n],
  ['three, unsorted', [9n, 1n, 5n], 5n],
  ['four, unsorted', [100n, 1n, 3n, 2n], 2n],
  ['beyond 2^53', [2n ** 60n, 2n ** 60n + 1n, 2n ** 60n + 2n], 2n ** 60n + 1n],
])('the median of %s', (_, values, expected) => {
  expect(median(values)).toBe(expected)
})

test('half of the values are at most the median, half at least, and the order does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 2n ** 80n }), { minLength: 1 }), (values) => {
      const middle = median(values)
      if (middle === null) throw new Error('no median')
      expect(values.filter((value) => value <= middle).length * 2).toBeGreaterThanOrEqual(values.length)
      expect(values.filter((value) => value >= middle).length * 2).toBeGreaterThanOrEqual(values.length)
      expect(median(values.toReversed())).toBe(middle)
    }),
  )
})

test('tips are taken percentile by percentile; an empty market has none', () => {
  const blocks = [
    { p10: 1n, p50: 20n, p90: 300n },
    { p10: 3n, p50: 10n, p90: 100n },
    { p10: 2n, p50: 30n, p90: 200n },
  ]
  expect(medianTips(blocks)).toEqual({ p10: 2n, p50: 20n, p90: 200n })
  expect(medianTips([])).toBeNull()
})
