import fc from 'fast-check'
import { expect, test } from 'vitest'
import { habitOf } from '../../src/domain/statistics.ts'

test.each([
  ['nothing', [], null],
  ['zeros only', [0n, 0n], null],
  ['an odd count', [1n, 100n, 10n], 10n],
  ['an even count', [100n, 1n, 10n, 20n], 15n],
  ['zeros beside others', [0n, 0n, 0n, 8n], 8n],
])('the usual amount of %s', (_, amounts, usual) => {
  expect(habitOf(amounts, 6, 10)?.usual ?? null).toBe(usual)
})

test('amounts that do not vary leave the least factor', () => {
  expect(habitOf([50n, 50n, 50n], 6, 10)).toEqual({ usual: 50n, limit: 500n })
})

test('amounts that vary much raise the limit', () => {
  // Logarithms 0, ln 2, ln 4, …: median 8, median deviation 2 · ln 2, so the factor is 4^1.4826 = 7.81.
  const limit = habitOf(
    [1n, 2n, 4n, 8n, 16n, 32n, 64n].map((amount) => amount * 10n ** 9n),
    1,
    1,
  )?.limit
  expect(Number(limit) / 8e9).toBeCloseTo(7.81, 2)
})

test('one odd amount moves neither the usual one nor the limit by much', () => {
  const ordinary = [90n, 95n, 100n, 105n, 110n, 100n, 99n, 101n, 98n].map((amount) => amount * 10n ** 12n)
  fc.assert(
    fc.property(fc.bigInt({ min: 10n ** 16n, max: 10n ** 24n }), (odd) => {
      const habit = habitOf([...ordinary, odd], 6, 10)
      expect(habit?.usual).toBeLessThanOrEqual(101n * 10n ** 12n)
      expect(habit?.limit).toBeLessThan(odd)
    }),
  )
})
