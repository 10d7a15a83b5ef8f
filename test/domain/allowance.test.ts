import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { effectiveExposure, isUnlimited } from '../../src/domain/allowance.ts'
import { allowance, permit2Grant } from '../../src/testing.ts'

const uint256 = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })

describe('isUnlimited', () => {
  test.each([
    ['uint256 max', 2n ** 256n - 1n, true],
    ['uint256 max after some was spent', 2n ** 256n - 1n - 10n ** 24n, true],
    ['2^255', 2n ** 255n, true],
    ['one below 2^255', 2n ** 255n - 1n, false],
    ['uint160 max, as Permit2 stores it', 2n ** 160n - 1n, true],
    ['one below uint160 max', 2n ** 160n - 2n, false],
    ['2^160', 2n ** 160n, false],
    ['uint128 max', 2n ** 128n - 1n, true],
    ['one below uint128 max', 2n ** 128n - 2n, false],
    ['uint96 max, as UNI stores it', 2n ** 96n - 1n, true],
    ['one below uint96 max', 2n ** 96n - 2n, false],
    ['nothing', 0n, false],
  ])('by the amount alone: %s', (_, amount, expected) => {
    expect(isUnlimited(amount, null)).toBe(expected)
  })

  test.each([
    ['the whole supply', 1000n, 1000n, false],
    ['one more than the supply', 1001n, 1000n, true],
    ['anything when the token counts no supply', 1001n, 0n, false],
    ['anything when the supply was not read', 1001n, null, false],
  ])('by the supply: %s', (_, amount, totalSupply, expected) => {
    expect(isUnlimited(amount, totalSupply)).toBe(expected)
  })

  test('a larger amount of the same token is never less unlimited, the exact type maxima aside', () => {
    fc.assert(
      fc.property(uint256, uint256, uint256, (one, other, supply) => {
        const [low, high] = one < other ? [one, other] : [other, one]
        const isTypeMaximum = [96n, 128n, 160n].some((bits) => low === 2n ** bits - 1n)
        return isTypeMaximum || !isUnlimited(low, supply) || isUnlimited(high, supply)
      }),
    )
  })
})

describe('effectiveExposure', () => {
  test.each([
    ['the amount, when more is held', 100n, 101n, 100n],
    ['the balance, when more is granted', 101n, 100n, 100n],
    ['nothing, when nothing is held', 101n, 0n, 0n],
    ['unknown, when the balance was not read', 101n, null, null],
    ['nothing, when nothing is granted and the balance was not read', 0n, null, 0n],
  ])('of an allowance: %s', (_, amount, balance, expected) => {
    expect(effectiveExposure(allowance({ amount, balance }))).toBe(expected)
  })

  test.each([
    ['the outer allowance when it is the least', { amount: 9n, outerAllowance: 7n, balance: 8n }, 7n],
    ['the inner amount when it is the least', { amount: 6n, outerAllowance: 7n, balance: 8n }, 6n],
    ['the balance when it is the least', { amount: 9n, outerAllowance: 7n, balance: 5n }, 5n],
    ['nothing, when the token lets Permit2 take nothing', { amount: 9n, outerAllowance: 0n, balance: null }, 0n],
    ['unknown, when the outer allowance was not read', { amount: 9n, outerAllowance: null, balance: 8n }, null],
    ['nothing, when the outer allowance was not read and nothing is held', { outerAllowance: null, balance: 0n }, 0n],
  ])('of a Permit2 grant: %s', (_, over, expected) => {
    expect(effectiveExposure(permit2Grant(over))).toBe(expected)
  })

  test('is never more than any of its bounds, and is one of them', () => {
    fc.assert(
      fc.property(uint256, uint256, uint256, (amount, outerAllowance, balance) => {
        const exposure = effectiveExposure(permit2Grant({ amount, outerAllowance, balance }))
        const bounds = [amount, outerAllowance, balance]
        return exposure !== null && bounds.includes(exposure) && bounds.every((bound) => exposure <= bound)
      }),
    )
  })

  test('a bound that was not read never makes it smaller than it may be: unknown, or nothing', () => {
    fc.assert(
      fc.property(uint256, uint256, (amount, outerAllowance) => {
        const exposure = effectiveExposure(permit2Grant({ amount, outerAllowance, balance: null }))
        return exposure === (amount === 0n || outerAllowance === 0n ? 0n : null)
      }),
    )
  })
})
