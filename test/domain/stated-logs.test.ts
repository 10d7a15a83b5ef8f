import { describe, expect, test } from 'vitest'
import { statedLogMaximum } from '../../src/domain/stated-logs.ts'

describe('the most logs in one answer', () => {
  test.each([
    ['More than 7500 logs match this filter', 7500],
    ['the answer has a cap of 12K events', 12_000],
    ['results are limited to 3,000', 3000],
    ['this filter exceeds max results 30000', 30_000],
    ['maximum logs: 40_000', 40_000],
    ['there are too many logs for one answer, use a narrower filter: 60000', 60_000],
    ['max results 30000, ask again for 5000000-5000400', 30_000],
    ['25000 logs found, but at most 5000 results are given', 5000],
  ])('is read from "%s"', (message, maximum) => {
    expect(statedLogMaximum(message, undefined)).toBe(maximum)
  })

  test.each([
    'too many logs',
    'too many logs, use a block range of 2000',
    'too many results, split the range below 3000 blocks',
    'max results 5000 blocks apart',
    'exceeds max results 99',
    'limit of 5000 blocks',
  ])('is not in "%s"', (message) => {
    expect(statedLogMaximum(message, undefined)).toBeNull()
  })

  test('is 100 at the least', () => {
    expect(statedLogMaximum('exceeds max results 100', undefined)).toBe(100)
  })
})
