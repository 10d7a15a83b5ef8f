import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatValue } from '../../src/domain/format-value.ts'
import { roundUpToShown } from '../../src/domain/readable-amount.ts'

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
