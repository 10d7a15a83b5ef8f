import { expect, test } from 'vitest'
import { costAtMarket, dataFeeOf, feeAtMarketThen, highestCost, paidFee } from '../../src/domain/gas-cost.ts'
import { fees, missing, ownTransaction, pendingTransaction } from '../../src/testing.ts'

test("a paid fee is gas used at its price, and a roll-up's data fee", () => {
  const transaction = ownTransaction({ gasUsed: 21_000n, effectiveGasPrice: 10n, dataFee: 7n, value: 10n ** 18n })
  expect(paidFee(transaction)).toBe(210_007n)
})

test('blobs are paid on top', () => {
  expect(paidFee(ownTransaction({ gasUsed: 21_000n, effectiveGasPrice: 10n, blobFee: 5n }))).toBe(210_005n)
})

test('what the operator of a roll-up takes is paid on top', () => {
  const transaction = ownTransaction({ gasUsed: 21_000n, effectiveGasPrice: 10n, dataFee: 7n, operatorFee: 5n })
  expect(paidFee(transaction)).toBe(210_012n)
})

test.each([
  ['as a fee on top', { dataFee: 7n }, 7n],
  ['as gas among the gas used', { dataGas: 30n, effectiveGasPrice: 10n }, 300n],
  ['not at all', {}, 0n],
])("a roll-up's data is paid %s", (_, over, fee) => {
  expect(dataFeeOf(ownTransaction(over))).toBe(fee)
})

test.each([
  // The block of the builder: base fee 20 gwei, median tip 1 gwei.
  [
    'at the median tip of its block',
    { gasUsed: 10n, dataFee: 7n, blobFee: 5n, operatorFee: 3n },
    10n * 21_000_000_000n + 15n,
  ],
  ['unknown without its block', { blockFees: null }, null],
])('what the same would have cost then: %s', (_, over, fee) => {
  expect(feeAtMarketThen(ownTransaction(over))).toBe(fee)
})

test('a pending transaction may cost its value and all its gas at its max fee', () => {
  expect(highestCost(pendingTransaction({ value: 5n, gasLimit: 21_000n, maxFeePerGas: 3n }))).toBe(63_005n)
})

test.each([
  ['with a base fee', fees(), 65_000n * 41_000_000_000n],
  ['without one', fees({ nextBaseFee: null, tips: null, gasPrice: 2n }), 130_000n],
  [
    'with a gas price only',
    fees({ nextBaseFee: null, tips: null, gasPrice: 2n, missing: [missing('fees')] }),
    130_000n,
  ],
  ['without any price', fees({ nextBaseFee: null, tips: null, gasPrice: null }), null],
])('what gas costs now %s', (_, market, cost) => {
  expect(costAtMarket(65_000n, market)).toBe(cost)
})

test.each([
  ['its blobs at their max fee', { maxFeePerBlobGas: 3n, blobGas: 131_072n }, 5n + 21_000n * 10n + 131_072n * 3n],
  [
    'one blob at least, where a file of before does not say how many',
    { maxFeePerBlobGas: 3n },
    5n + 21_000n * 10n + 131_072n * 3n,
  ],
  ['nothing for blobs without any', {}, 5n + 21_000n * 10n],
])('a node sets aside %s', (_, over, cost) => {
  expect(highestCost(pendingTransaction({ value: 5n, gasLimit: 21_000n, maxFeePerGas: 10n, ...over }))).toBe(cost)
})
