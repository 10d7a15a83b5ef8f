import { describe, expect, test } from 'vitest'
import { checkGatherOptions } from '../../src/engine/check-options.ts'

const address = '0x000000000000000000000000000000000000dEaD'

describe('the days of history', () => {
  test.each([1, 30, 10_000, 'all'])('%s is taken', (history) => {
    expect(() => checkGatherOptions({ address, history })).not.toThrow()
  })

  test.each([0, 0.5, 1.5, 10_001, 99_999, Number.NaN, Number.POSITIVE_INFINITY, '30', 'everything', null])(
    '%s is refused, with what would do',
    (history) => {
      expect(() => checkGatherOptions({ address, history })).toThrow(
        expect.objectContaining({
          code: 'invalid-option',
          message: "The option history cannot be used: it is neither 'all' nor a whole number of days from 1 to 10000.",
          hints: ["For example: history: 365, or history: 'all'"],
        }),
      )
    },
  )
})
