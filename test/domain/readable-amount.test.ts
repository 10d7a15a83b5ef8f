import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatValue } from '../../src/domain/format-value.ts'
import { roundUpFee, roundUpToShown } from '../../src/domain/readable-amount.ts'

test.each([
  ['nothing stays nothing', 0n, 18, 0n],
  ['one wei', 1n, 18, 10n ** 12n],
  ['a shown amount stays', 25n * 10n ** 12n, 18, 25n * 10n ** 12n],
  ['a wei more goes one step up', 25n * 10n ** 12n + 1n, 18, 26n * 10n ** 12n],
  ['a coin of few decimals is shown whole', 7n, 6, 7n],
])('%s', (_, amount, decimals, rounded) => {
  expect(roundUpToShown(amount, decimals)).toBe(rounded)
})

test('who sends the number on the screen sends enough, and less than a step too much', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 27n }), (amount) => {
      const rounded = roundUpToShown(amount, 18)
      const shown = formatValue({ type: 'native', value: String(rounded), symbol: 'ETH', decimals: 18 }, 'en')
      const [whole = '', fraction = ''] = String(shown).replace(' ETH', '').split('.')
      expect(BigInt(whole + fraction.padEnd(18, '0'))).toBe(rounded)
      expect(rounded).toBeGreaterThanOrEqual(amount)
      expect(rounded - amount).toBeLessThan(10n ** 12n)
    }),
  )
})

test.each([
  ['nothing stays nothing', 0n, '0 gwei'],
  ['a few wei stay', 999n, '0.000000999 gwei'],
  ['two decimals stay', 81_100_000_000n, '81.1 gwei'],
  ['nine decimals become two', 36_188_129_164n, '36.19 gwei'],
  ['a wei above two decimals goes one step up', 36_180_000_001n, '36.19 gwei'],
  ['a large fee keeps two decimals', 923_000_000_001n, '923.01 gwei'],
  ['below a gwei three digits count', 1_234_567n, '0.00124 gwei'],
  ['one digit more', 999_999_999n, '1 gwei'],
])('a fee to type: %s', (_, fee, shown) => {
  expect(formatValue({ type: 'gas-price', value: String(roundUpFee(fee)) }, 'en')).toBe(shown)
})

const anyFee = fc.bigInt({ min: 0n, max: 10n ** 14n })

test('a fee to type is enough, and less than a hundredth too much', () => {
  fc.assert(
    fc.property(anyFee, (fee) => {
      expect(roundUpFee(fee)).toBeGreaterThanOrEqual(fee)
      expect((roundUpFee(fee) - fee) * 100n).toBeLessThanOrEqual(fee)
    }),
  )
})

test('the higher of two fees stays the higher one', () => {
  fc.assert(
    fc.property(anyFee, anyFee, (one, other) => {
      const [low, high] = one < other ? [one, other] : [other, one]
      expect(roundUpFee(low)).toBeLessThanOrEqual(roundUpFee(high))
    }),
  )
})
