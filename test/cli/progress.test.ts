import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { progressLine, startProgress } from '../../src/cli/progress.ts'
import { cliWords } from '../../src/cli/words/index.ts'

const en = { locale: 'en', words: cliWords('en') } as const
const ja = { locale: 'ja', words: cliWords('ja') } as const
const blocks = (read: bigint) => ({ phase: 'logs' as const, requests: 12, blocks: { read, total: 1_000_000n } })
const clear = '\r\u001b[2K'

describe('a line of progress', () => {
  test.each([
    ['before the first hundredth', 5_000n, '0 % of 1,000,000 blocks · 12 requests'],
    ['at a quarter after 20 seconds', 250_000n, '25 % of 1,000,000 blocks · 60 s left · 12 requests'],
    ['at an eighth after 20 seconds', 125_000n, '12 % of 1,000,000 blocks · 2 min left · 12 requests'],
    ['at the end', 1_000_000n, '100 % of 1,000,000 blocks · 12 requests'],
  ])('%s', (_, read, words) => {
    expect(progressLine(blocks(read), { ...en, elapsedMs: 20_000 })).toContain(words)
  })

  test('without blocks names what is read and the requests', () => {
    const line = progressLine({ phase: 'fees', requests: 1 }, { ...en, elapsedMs: 0 })
    expect(line).toBe('the current fees · 1 request')
  })

  test('speaks Japanese', () => {
    expect(progressLine(blocks(500_000n), { ...ja, elapsedMs: 600_000 })).toContain(
      '1,000,000ブロック中50% · 残り約10分 · リクエスト12回',
    )
  })

  test('of an empty range divides by nothing', () => {
    const empty = { phase: 'logs' as const, requests: 2, blocks: { read: 0n, total: 0n } }
    expect(progressLine(empty, { ...en, elapsedMs: 0 })).toContain('2 requests')
  })
})

describe('on a terminal', () => {
  let written: string
  const terminal = (over = {}) => ({
    isTTY: true,
    columns: 40,
    write: (text: string) => {
      written += text
    },
    ...over,
  })
  beforeEach(() => {
    written = ''
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('nothing in the first second', () => {
    const { onProgress, stop } = startProgress({ stream: terminal(), ...en })
    onProgress({ phase: 'fees', requests: 1 })
    vi.advanceTimersByTime(999)
    stop()
    expect(written).toBe('')
  })

  test('then one line, which is gone at the end', () => {
    const { onProgress, stop } = startProgress({ stream: terminal(), ...en })
    onProgress({ phase: 'fees', requests: 1 })
    vi.advanceTimersByTime(1000)
    expect(written).toBe(`${clear}the current fees · 1 request`)
    stop()
    expect(written.endsWith(clear)).toBe(true)
    vi.advanceTimersByTime(5000)
    expect(written.endsWith(clear)).toBe(true)
  })

  test('of which nobody knows the width, as on one of 80', () => {
    const { onProgress, stop } = startProgress({ stream: terminal({ columns: 0 }), ...en })
    onProgress({ phase: 'fees', requests: 1 })
    vi.advanceTimersByTime(1000)
    expect(written).toBe(`${clear}the current fees · 1 request`)
    stop()
  })

  test('a running scan is not hidden by a phase without blocks', () => {
    const { onProgress, stop } = startProgress({ stream: terminal({ columns: 200 }), ...en })
    onProgress(blocks(100_000n))
    onProgress({ phase: 'fees', requests: 13 })
    vi.advanceTimersByTime(1000)
    expect(written).toContain('10 % of')
    expect(written).toContain('13 requests')
    stop()
  })

  test.each([en, ja])('a line in $locale never wraps', (language) => {
    const { onProgress, stop } = startProgress({ stream: terminal({ columns: 20 }), ...language })
    onProgress(blocks(100_000n))
    vi.advanceTimersByTime(1000)
    const width = [...written.replace(clear, '')].reduce((sum, letter) => sum + (letter > '\u1100' ? 2 : 1), 0)
    expect(width).toBeLessThanOrEqual(19)
    stop()
  })

  test.each([
    [
      'before a hundredth is read, by the limits of the endpoint',
      100n,
      '0 % of 1,000,000 blocks · 25 min left · 12 of about 2,562 requests',
    ],
    ['then by what was read', 500_000n, '50 % of 1,000,000 blocks · 4 s left · 12 of about 2,562 requests'],
  ])('what is left is said %s', (_, read, expected) => {
    const progress = { phase: 'logs', requests: 12, estimate: { requests: 2550, seconds: 1500 } } as const
    const line = progressLine({ ...progress, blocks: { read, total: 1_000_000n } }, { ...en, elapsedMs: 4000 })
    expect(line).toContain(expected)
  })

  test('elsewhere nothing is written', () => {
    const { onProgress, stop } = startProgress({ stream: terminal({ isTTY: false }), ...en })
    onProgress(blocks(1n))
    vi.advanceTimersByTime(10_000)
    stop()
    expect(written).toBe('')
  })
})
