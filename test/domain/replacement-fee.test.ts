import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  leastReplacementFee,
  marketFees,
  replacementBlobFee,
  replacementFees,
} from '../../src/domain/replacement-fee.ts'
import { fees, missing, pendingTransaction } from '../../src/testing.ts'

const wei = fc.bigInt({ min: 0n, max: 10n ** 21n })

describe('the least fee that replaces another', () => {
  test.each([
    ['zero still has to rise', 0n, 1n],
    ['one wei', 1n, 2n],
    ['ten percent exactly', 10n, 11n],
    ['rounded up, not down', 2_001_000_001n, 2_201_100_002n],
  ])('%s', (_, old, least) => {
    expect(leastReplacementFee(old)).toBe(least)
  })

  test('is at least ten percent more, and no wei above that', () => {
    fc.assert(
      fc.property(wei, (old) => {
        const least = leastReplacementFee(old)
        expect(least * 100n).toBeGreaterThanOrEqual(old * 110n)
        expect(least).toBeGreaterThan(old)
        const isOneLessEnough = (least - 1n) * 100n >= old * 110n && least - 1n > old
        expect(isOneLessEnough).toBe(false)
      }),
    )
  })
})

type Fees = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }

/**
 * Geth's rule for a replacement, by its own arithmetic: both fees higher, and by so many percent, rounded down.
 * https://github.com/ethereum/go-ethereum/blob/master/core/txpool/legacypool/list.go, `Add`; the blob pool counts alike.
 */
function gethTakes(old: Fees, next: Fees, percent: bigint): boolean {
  return (['maxFeePerGas', 'maxPriorityFeePerGas'] as const).every(
    (fee) => next[fee] > old[fee] && next[fee] >= (old[fee] * (100n + percent)) / 100n,
  )
}

describe("by Geth's rule", () => {
  test.each([
    ['a replacement is taken', null, 10n],
    ['one with blobs is taken', 1n, 100n],
  ])('%s, whatever the old fees and the market are', (_, maxFeePerBlobGas, percent) => {
    fc.assert(
      fc.property(wei, wei, wei, wei, (maxFeePerGas, tipPart, nextBaseFee, p50) => {
        const maxPriorityFeePerGas = tipPart % (maxFeePerGas + 1n)
        const old = pendingTransaction({ maxFeePerGas, maxPriorityFeePerGas, maxFeePerBlobGas })
        const next = replacementFees(old, fees({ nextBaseFee, tips: { p10: p50, p50, p90: p50 } }))
        expect(gethTakes(old, next, percent)).toBe(true)
      }),
    )
  })

  test('one wei less in either fee is refused', () => {
    // Of fees that ten does not divide, Geth forgives the part of a wei that other clients may want.
    fc.assert(
      fc.property(wei, wei, (max, tipPart) => {
        const old = { maxFeePerGas: max * 10n, maxPriorityFeePerGas: (tipPart % (max + 1n)) * 10n }
        const least = {
          maxFeePerGas: leastReplacementFee(old.maxFeePerGas),
          maxPriorityFeePerGas: leastReplacementFee(old.maxPriorityFeePerGas),
        }
        expect(gethTakes(old, least, 10n)).toBe(true)
        for (const fee of ['maxFeePerGas', 'maxPriorityFeePerGas'] as const) {
          expect(gethTakes(old, { ...least, [fee]: least[fee] - 1n }, 10n)).toBe(false)
        }
      }),
    )
  })
})

describe('fees of a replacement', () => {
  test('raise both fees enough for the node and enough for the market', () => {
    fc.assert(
      fc.property(wei, wei, wei, wei, (maxFeePerGas, tipPart, nextBaseFee, p50) => {
        const maxPriorityFeePerGas = tipPart % (maxFeePerGas + 1n)
        const old = pendingTransaction({ maxFeePerGas, maxPriorityFeePerGas })
        const next = replacementFees(old, fees({ nextBaseFee, tips: { p10: p50, p50, p90: p50 } }))
        expect(next.isLegacy).toBe(false)
        expect(next.maxFeePerGas).toBeGreaterThanOrEqual(leastReplacementFee(maxFeePerGas))
        expect(next.maxPriorityFeePerGas).toBeGreaterThanOrEqual(leastReplacementFee(maxPriorityFeePerGas))
        expect(next.maxPriorityFeePerGas).toBeGreaterThanOrEqual(p50)
        expect(next.maxFeePerGas).toBeGreaterThanOrEqual(2n * nextBaseFee + next.maxPriorityFeePerGas)
      }),
    )
  })

  test('follow the market when ten percent are not enough', () => {
    const old = pendingTransaction({ maxFeePerGas: 10_000_000_000n, maxPriorityFeePerGas: 100_000_000n })
    expect(replacementFees(old, fees())).toEqual({
      isLegacy: false,
      maxFeePerGas: 41_000_000_000n,
      maxPriorityFeePerGas: 1_000_000_000n,
    })
  })

  test('follow the old fees when the market is lower', () => {
    const old = pendingTransaction({ maxFeePerGas: 100_000_000_001n, maxPriorityFeePerGas: 5_000_000_001n })
    expect(replacementFees(old, fees())).toEqual({
      isLegacy: false,
      maxFeePerGas: 110_010_000_000n,
      maxPriorityFeePerGas: 5_510_000_000n,
    })
  })

  test('keep a legacy transaction legacy, with a price that is paid in full', () => {
    const old = pendingTransaction({
      isLegacy: true,
      maxFeePerGas: 10_000_000_000n,
      maxPriorityFeePerGas: 10_000_000_000n,
    })
    expect(replacementFees(old, fees())).toEqual({
      isLegacy: true,
      maxFeePerGas: 26_000_000_000n,
      maxPriorityFeePerGas: 26_000_000_000n,
    })
  })

  test('double for a transaction with blobs', () => {
    const old = pendingTransaction({
      maxFeePerGas: 90_000_000_000n,
      maxPriorityFeePerGas: 2_000_000_000n,
      maxFeePerBlobGas: 1n,
    })
    expect(replacementFees(old, fees())).toMatchObject({
      maxFeePerGas: 180_000_000_000n,
      maxPriorityFeePerGas: 4_000_000_000n,
    })
  })

  test('the blob fee is twice the old one and lasts, and one wei less than twice is refused', () => {
    fc.assert(
      fc.property(wei, wei, (old, blobBaseFee) => {
        const next = replacementBlobFee(old, fees({ blobBaseFee }))
        expect([next >= 2n * old, next > old, next >= 2n * blobBaseFee]).toEqual([true, true, true])
        // No more than rounding adds to what is needed.
        const least = [2n * old, old + 1n, 2n * blobBaseFee].reduce((one, other) => (one > other ? one : other))
        expect((next - least) * 100n < least || next === least).toBe(true)
      }),
    )
  })

  test.each([[{}], [{ blobBaseFee: null }]])('the blob fee without a market is twice the old one: %j', (over) => {
    expect(replacementBlobFee(7n, fees(over))).toBe(14n)
  })

  describe('where the fee history could not be read', () => {
    const unread = fees({ nextBaseFee: null, tips: null, missing: [missing('fees')] })

    test('never take the gas price for a tip', () => {
      expect(replacementFees(pendingTransaction(), unread)).toEqual({
        isLegacy: false,
        maxFeePerGas: 44_000_000_000n,
        maxPriorityFeePerGas: 1_100_000_000n,
      })
    })

    test('reach the gas price that the node proposes', () => {
      const old = pendingTransaction({ maxFeePerGas: 10_000_000_000n })
      expect(replacementFees(old, unread)).toMatchObject({
        maxFeePerGas: 21_000_000_000n,
        maxPriorityFeePerGas: 1_100_000_000n,
      })
    })
  })

  test('take the gas price as the tip on a chain that has no base fee', () => {
    const legacyChain = fees({ nextBaseFee: null, tips: null, gasPrice: 50_000_000_000n })
    expect(replacementFees(pendingTransaction(), legacyChain)).toMatchObject({
      maxFeePerGas: 50_000_000_000n,
      maxPriorityFeePerGas: 50_000_000_000n,
    })
  })

  test('never have a tip above the max fee, which every node refuses, when no base fee is known', () => {
    fc.assert(
      fc.property(wei, wei, fc.option(wei), fc.option(wei), fc.boolean(), (max, tipPart, gasPrice, p50, isUnread) => {
        const old = pendingTransaction({ maxFeePerGas: max, maxPriorityFeePerGas: tipPart % (max + 1n) })
        const tips = p50 === null ? null : { p10: p50, p50, p90: p50 }
        const market = fees({ nextBaseFee: null, gasPrice, tips, missing: isUnread ? [missing('fees')] : [] })
        const next = replacementFees(old, market)
        expect(next.maxFeePerGas).toBeGreaterThanOrEqual(next.maxPriorityFeePerGas)
        expect(gethTakes(old, next, 10n)).toBe(true)
      }),
    )
  })

  test('raise the max fee to a median tip that is above the gas price', () => {
    const market = fees({ nextBaseFee: null, gasPrice: 5n, tips: { p10: 1n, p50: 200n, p90: 300n } })
    const old = pendingTransaction({ maxFeePerGas: 100n, maxPriorityFeePerGas: 10n })
    expect(replacementFees(old, market)).toMatchObject({ maxFeePerGas: 200n, maxPriorityFeePerGas: 200n })
  })

  test('are the least ones when the market is not known', () => {
    const unknown = fees({ nextBaseFee: null, gasPrice: null, tips: null })
    const old = pendingTransaction({ maxFeePerGas: 100n, maxPriorityFeePerGas: 10n })
    expect(replacementFees(old, unknown)).toMatchObject({ maxFeePerGas: 110n, maxPriorityFeePerGas: 11n })
  })
})

describe('fees of a new transaction', () => {
  test('are short enough to type', () => {
    const market = fees({ nextBaseFee: 17_558_503_101n, tips: { p10: 1n, p50: 1_071_122_962n, p90: 2n * 10n ** 9n } })
    // 1.071122962 gwei; twice 17.558503101 gwei and that tip are 36.197006202 gwei.
    const typed = { maxPriorityFeePerGas: 1_080_000_000n, maxFeePerGas: 36_200_000_000n }
    expect(marketFees(market)).toEqual({ isLegacy: false, ...typed })
    const old = pendingTransaction({ maxFeePerGas: 1n, maxPriorityFeePerGas: 1n })
    expect(replacementFees(old, market)).toEqual({ isLegacy: false, ...typed })
    const legacy = pendingTransaction({ isLegacy: true, maxFeePerGas: 1n, maxPriorityFeePerGas: 1n })
    // 1.25 times 17.558503101 gwei and the tip are 23.019251839 gwei.
    expect(replacementFees(legacy, market)).toMatchObject({ isLegacy: true, maxFeePerGas: 23_020_000_000n })
    expect(marketFees(fees({ nextBaseFee: null, gasPrice: 5_000_000_001n }))).toMatchObject({
      maxFeePerGas: 5_010_000_000n,
    })
  })

  test.each([
    [
      'twice the base fee and the tip in the middle',
      fees(),
      { isLegacy: false, maxFeePerGas: 41_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n },
    ],
    [
      "the node's own tip when no block had one",
      fees({ tips: null, gasPrice: 20_500_000_000n }),
      { isLegacy: false, maxFeePerGas: 40_500_000_000n, maxPriorityFeePerGas: 500_000_000n },
    ],
    [
      'no negative tip when the gas price is older than the base fee',
      fees({ tips: null, gasPrice: 19_000_000_000n }),
      { isLegacy: false, maxFeePerGas: 40_000_000_000n, maxPriorityFeePerGas: 0n },
    ],
    [
      'the gas price on a chain without a base fee',
      fees({ nextBaseFee: null, tips: null, gasPrice: 5n }),
      { isLegacy: true, maxFeePerGas: 5n, maxPriorityFeePerGas: 5n },
    ],
    [
      'nothing when only a gas price is known of a chain that may have a base fee',
      fees({ nextBaseFee: null, tips: null, missing: [missing('fees')] }),
      null,
    ],
    ['nothing when no price is known', fees({ nextBaseFee: null, tips: null, gasPrice: null }), null],
  ])('%s', (_, market, expected) => {
    expect(marketFees(market)).toEqual(expected)
  })
})
