import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spendingSchema } from '../../src/core/spending.ts'
import { paidFee } from '../../src/domain/gas-cost.ts'
import { gasSpending } from '../../src/domain/gas-spending.ts'
import { activity, at, missing, ownTransaction } from '../../src/testing.ts'

const noon = Date.UTC(2026, 4, 20, 12) / 1000
const dayLater = noon + 86_400
// 10 gas at 5 wei, so 50 wei each, in a block whose middle price was 4 wei.
const blockFees = { baseFee: 3n, price: { p10: 3n, p50: 4n, p90: 5n }, tip: { p10: 0n, p50: 1n, p90: 2n } }
const one = (over: Parameters<typeof ownTransaction>[0] = {}) =>
  ownTransaction({
    gasUsed: 10n,
    effectiveGasPrice: 5n,
    timestamp: noon,
    to: at(1),
    selector: '0x11111111',
    blockFees,
    ...over,
  })

test('an account whose transactions were not read spent nothing that could be told', () => {
  expect(gasSpending(activity([]))).toBeNull()
})

test('fees by day, by contract and by method, the costliest first', () => {
  const spending = gasSpending(
    activity([
      one(),
      one({ timestamp: dayLater, selector: '0x22222222', gasUsed: 30n }),
      one({ timestamp: dayLater, to: at(2), selector: '0x', gasUsed: 20n }),
      one({ to: null, selector: '0x60806040', gasUsed: 1n }),
    ]),
  )
  expect(spending).toMatchObject({
    all: { transactions: 4, fees: '305' },
    gas: { used: '61', allowed: String(4 * 21_000) },
    days: [
      { day: '2026-05-21', transactions: 2, fees: '250' },
      { day: '2026-05-20', transactions: 2, fees: '55' },
    ],
    contracts: [
      { to: at(1), transactions: 2, fees: '200' },
      { to: at(2), transactions: 1, fees: '100' },
      { to: null, transactions: 1, fees: '5' },
    ],
    methods: [
      { to: at(1), selector: '0x22222222', transactions: 1, fees: '150' },
      { to: at(2), selector: '0x', transactions: 1, fees: '100' },
      { to: at(1), selector: '0x11111111', transactions: 1, fees: '50' },
      { to: null, selector: '0x60806040', transactions: 1, fees: '5' },
    ],
  })
  expect(spendingSchema.parse(spending)).toEqual(spending)
})

test.each([
  ['the last second of a day', Date.UTC(2026, 4, 20, 23, 59, 59), '2026-05-20'],
  ['the first second of the next', Date.UTC(2026, 4, 21), '2026-05-21'],
])('a day is one by UTC: %s', (_, time, day) => {
  expect(gasSpending(activity([one({ timestamp: time / 1000 })]))?.days).toMatchObject([{ day }])
})

test('what failed, what roll-ups and blobs took, and what the market then would have', () => {
  const spending = gasSpending(
    activity([
      one({ succeeded: false }),
      one({ dataFee: 7n, operatorFee: 3n }),
      one({ dataGas: 2n, blobFee: 11n }),
      one({ blockFees: null, gasUsed: 100n }),
    ]),
  )
  expect(spending).toMatchObject({
    all: { transactions: 4, fees: String(50 + 60 + 61 + 500) },
    failed: { transactions: 1, fees: '50' },
    // Two of the ten gas paid for data, at 5 wei.
    parts: { data: '17', operator: '3', blobs: '11' },
    market: { transactions: 3, fees: '171', atMarket: String(40 + 50 + 51) },
  })
})

describe('prices and tips beside those of the same block', () => {
  const blockFees = { baseFee: 10n, price: { p10: 11n, p50: 13n, p90: 19n }, tip: { p10: 1n, p50: 3n, p90: 9n } }
  test.each([
    ['the median tip', 13n, 0, 0],
    ['a wei more', 14n, 0, 1],
    ['the 90th percentile', 19n, 0, 1],
    ['a wei more than that', 20n, 1, 1],
  ])('%s', (_, effectiveGasPrice, aboveP90, aboveMedianTip) => {
    const spending = gasSpending(activity([one({ effectiveGasPrice, blockFees })]))
    expect(spending?.market).toMatchObject({ transactions: 1, aboveP90, aboveMedianTip })
    expect(spendingSchema.parse(spending)).toEqual(spending)
  })

  test('one whose block fees are not known is beside none', () => {
    const spending = gasSpending(activity([one({ effectiveGasPrice: 10n ** 18n, blockFees: null })]))
    expect(spending?.market).toMatchObject({ transactions: 0, aboveP90: 0, aboveMedianTip: 0 })
  })
})

describe('of which time it is', () => {
  test.each([
    ['since then', { since: 5 }, { since: 5, isComplete: true }],
    ['all there are', { since: 0 }, { since: 0, isComplete: true }],
    ['the newest', { since: null, missing: [missing('history')] }, { since: null, isComplete: true }],
    ['a part', { since: 5, missing: [missing('activity')] }, { since: 5, isComplete: false }],
  ])('%s', (_, over, expected) => {
    expect(gasSpending({ ...activity([one()]), ...over })).toMatchObject(expected)
  })
})

test('at most a hundred contracts and methods are listed', () => {
  const many = Array.from({ length: 120 }, (_, index) => one({ to: at(index + 1), gasUsed: BigInt(index + 1) }))
  const spending = gasSpending(activity(many))
  expect(spending?.contracts.map(({ fees }) => Number(fees))).toEqual(
    Array.from({ length: 100 }, (_, index) => 600 - 5 * index),
  )
  expect(spending?.methods).toHaveLength(100)
  expect(spending?.all.transactions).toBe(120)
})

test('each way of adding up gives the same sum, and the order of transactions does not matter', () => {
  const arbitrary = fc.record({
    gasUsed: fc.bigInt({ min: 1n, max: 10n ** 7n }),
    timestamp: fc.integer({ min: noon, max: noon + 5 * 86_400 }),
    to: fc.integer({ min: 1, max: 4 }).map(at),
    selector: fc.constantFrom('0x', '0x11111111', '0x22222222') as fc.Arbitrary<`0x${string}`>,
    dataFee: fc.bigInt({ min: 0n, max: 100n }),
  })
  fc.assert(
    fc.property(fc.array(arbitrary, { minLength: 1, maxLength: 30 }), (parts) => {
      const transactions = parts.map(one)
      const spending = gasSpending(activity(transactions))
      const paid = transactions.reduce((sum, each) => sum + paidFee(each), 0n)
      for (const groups of [spending?.days, spending?.contracts, spending?.methods]) {
        expect(groups?.reduce((sum, { fees }) => sum + BigInt(fees), 0n)).toBe(paid)
      }
      expect(gasSpending(activity(transactions.toReversed()))).toEqual(spending)
    }),
  )
})
