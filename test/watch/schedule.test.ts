import { describe, expect, test } from 'vitest'
import { cronSchedule, everySchedule, parsePeriod } from '../../src/watch/schedule.ts'

describe('a period', () => {
  test.each([
    ['1s', 1000],
    ['30s', 30_000],
    ['10m', 600_000],
    ['1h', 3_600_000],
    ['31d', 2_678_400_000],
  ])('%s', (text, milliseconds) => {
    expect(parsePeriod(text)).toBe(milliseconds)
  })

  test.each(['0s', '32d', '10', 'm', '1.5h', '-1m', '10 m', '10M', '', '99999999s', '1m30s'])('not %j', (text) => {
    expect(parsePeriod(text)).toBeNull()
  })
})

describe('every', () => {
  const { next } = everySchedule(1000, 500)

  test.each([
    [500, 1500],
    [501, 1500],
    [1499, 1500],
    [1500, 2500],
    [99_600, 100_500],
  ])('after %i comes %i: whole periods after the first run', (after, expected) => {
    expect(next(after)).toBe(expected)
  })
})

describe('a line of cron', () => {
  const at = (text: string) => new Date(text).getTime()

  test('of five parts is about minutes', () => {
    const schedule = cronSchedule('*/10 * * * *', at('2027-01-01T00:00:00'))
    expect(schedule?.next(at('2027-01-01T00:00:00'))).toBe(at('2027-01-01T00:10:00'))
    expect(schedule?.next(at('2027-01-01T00:09:59.999'))).toBe(at('2027-01-01T00:10:00'))
  })

  test('of six parts begins with seconds', () => {
    expect(cronSchedule('*/5 * * * * *', 0)?.next(at('2027-01-01T00:00:01'))).toBe(at('2027-01-01T00:00:05'))
  })

  test.each(['', '* * * *', '61 * * * *', '@daily', 'every ten minutes', '* * * * * * *', '0 0 30 2 *'])(
    'is not %j: a mistake, or a time that never comes',
    (line) => {
      expect(cronSchedule(line, at('2027-01-01T00:00:00'))).toBeNull()
    },
  )
})
