import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toFactError } from '../../src/core/errors.ts'
import { estimateScan, ScanTooLongError } from '../../src/domain/scan-estimate.ts'
import { errorSentence } from '../../src/words/index.ts'

describe('an estimate', () => {
  test.each([
    ['no limit on blocks: one request per filter', [25_000_000n, 5n], null, 2],
    ['whole pieces', [10_000n, 20_000n], 10_000n, 3],
    ['a block more is a request more', [10_001n], 10_000n, 2],
    ['a block less is none less', [9_999n], 10_000n, 1],
    ['a filter that is done costs nothing', [0n, 0n, 1n], 10_000n, 1],
    ['nothing left', [], 10n, 0],
    ['the whole main net, ten blocks at a time', [25_500_000n], 10n, 2_550_000],
  ])('%s', (_, remainingBlocks, cap, requests) => {
    expect(estimateScan({ remainingBlocks, cap, requestsPerSecond: 4 })).toEqual({ requests, seconds: requests / 4 })
  })

  test('never says less than a request for every cap of blocks', () => {
    const blocks = fc.bigInt({ min: 0n, max: 10n ** 9n })
    fc.assert(
      fc.property(
        fc.array(blocks, { maxLength: 5 }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (remainingBlocks, cap) => {
          const { requests } = estimateScan({ remainingBlocks, cap, requestsPerSecond: 1 })
          const total = remainingBlocks.reduce((sum, each) => sum + each, 0n)
          expect(BigInt(requests) * cap).toBeGreaterThanOrEqual(total)
          expect((BigInt(requests) - BigInt(remainingBlocks.length)) * cap).toBeLessThan(total + 1n)
        },
      ),
    )
  })
})

describe('a scan that is too long says so', () => {
  const estimate = { requests: 2_550_000, seconds: 318_750 }
  test.each([
    [
      new ScanTooLongError(estimate, 10n),
      'en',
      '2,550,000 more requests (10 blocks each), which would take about 4 days',
    ],
    [new ScanTooLongError(estimate, 1n), 'en', '2,550,000 more requests (1 block each), which'],
    [new ScanTooLongError(estimate, 10_000n), 'en', '(10,000 blocks each)'],
    [new ScanTooLongError(estimate, null), 'en', '2,550,000 more requests, which would take about 4 days'],
    [new ScanTooLongError(estimate, 10n), 'ja', '2,550,000 回のリクエスト(1回に 10 ブロック)'],
  ] as const)('%#', (error, locale, words) => {
    expect(error.code).toBe('scan-too-long')
    expect(errorSentence(toFactError(error), locale)).toContain(words)
  })
})
