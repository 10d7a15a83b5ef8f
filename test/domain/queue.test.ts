import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { highestCost } from '../../src/domain/gas-cost.ts'
import { nonceGaps, queueOf, shortageOf } from '../../src/domain/queue.ts'
import { hashOf, nonces as nonceFacts, pendingTransaction } from '../../src/testing.ts'

const at7 = nonceFacts({ latest: 7, pending: 7 })
const queued = (...nonces: readonly number[]) => nonces.map((nonce) => pendingTransaction({ nonce, state: 'queued' }))
const pending = (...nonces: readonly number[]) => nonces.map((nonce) => pendingTransaction({ nonce, state: 'pending' }))

test('a queue has one transaction per nonce, the one that pays most, lowest nonce first', () => {
  const cheap = pendingTransaction({ nonce: 8, hash: hashOf(1), maxFeePerGas: 1n })
  const dear = pendingTransaction({ nonce: 8, hash: hashOf(2), maxFeePerGas: 2n })
  const first = pendingTransaction({ nonce: 7 })
  expect(queueOf([dear, cheap, first])).toEqual([first, dear])
  expect(queueOf([cheap, dear, first])).toEqual([first, dear])
})

describe('nonce gaps', () => {
  test.each([
    ['nothing waits', [], []],
    ['all can be mined next', pending(7, 8, 9), []],
    ['the next nonce is missing', queued(8), [{ first: 7, last: 7, waiting: 1 }]],
    ['several are missing', queued(10, 11), [{ first: 7, last: 9, waiting: 2 }]],
    [
      'two gaps',
      [...pending(7), ...queued(9, 12)],
      [
        { first: 8, last: 8, waiting: 2 },
        { first: 10, last: 11, waiting: 1 },
      ],
    ],
  ])('%s', (_, transactions, gaps) => {
    expect(nonceGaps(transactions, at7)).toEqual(gaps)
  })

  test.each([
    ['a pending nonce that the node counts and does not show', nonceFacts({ latest: 7, pending: 8 }), queued(9), 8],
    ['a pending one that it shows and does not count', at7, [...pending(8), ...queued(10)], 9],
    ['a node that counts no pending ones', nonceFacts({ latest: 7, pending: null }), queued(9), 7],
  ])('begin above %s', (_, nonces, transactions, first) => {
    expect(nonceGaps(transactions, nonces)[0]?.first).toBe(first)
  })

  test('name exactly the nonces between the next one and the highest that nobody has', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.uniqueArray(fc.nat(60), { maxLength: 12 }), (next, offsets) => {
        const nonces = offsets.map((offset) => next + offset)
        const named = nonceGaps(queued(...nonces), nonceFacts({ latest: next, pending: next })).flatMap(
          ({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index),
        )
        const highest = Math.max(next - 1, ...nonces)
        const all = Array.from({ length: highest - next + 1 }, (_, index) => next + index)
        expect(named).toEqual(all.filter((nonce) => !nonces.includes(nonce)))
      }),
    )
  })
})

describe('a shortage', () => {
  const one = pendingTransaction({ nonce: 7, value: 100n, gasLimit: 10n, maxFeePerGas: 5n })
  const two = pendingTransaction({ nonce: 8, value: 200n, gasLimit: 10n, maxFeePerGas: 5n })

  test.each([
    ['the balance covers the queue to the wei', 400n, null],
    ['one wei is missing', 399n, { nonce: 8, cost: 400n, missing: 1n }],
    ['the first is covered to the wei', 150n, { nonce: 8, cost: 400n, missing: 250n }],
    ['not even the first is covered', 149n, { nonce: 7, cost: 400n, missing: 251n }],
  ])('%s', (_, balance, expected) => {
    const shortage = shortageOf([two, one], balance)
    expect(shortage && { nonce: shortage.transaction.nonce, cost: shortage.cost, missing: shortage.missing }).toEqual(
      expected,
    )
  })

  test.each([
    ['the fillings are covered to the wei', 440n, null],
    ['one wei is missing', 439n, { nonce: 10, cost: 440n, missing: 1n }],
    ['a filling behind is not wanted for one before it', 150n, { nonce: 10, cost: 440n, missing: 290n }],
  ])('with two missing nonces at 20 wei each: %s', (_, balance, expected) => {
    const filling = { gaps: [{ first: 8, last: 9 }], costOfOne: 20n }
    const shortage = shortageOf([{ ...two, nonce: 10 }, one], balance, filling)
    expect(shortage && { nonce: shortage.transaction.nonce, cost: shortage.cost, missing: shortage.missing }).toEqual(
      expected,
    )
  })

  test('ends with exactly the amount it names, and not with a wei less', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 24n })
    const queue = fc.array(
      fc.record({ value: amount, gasLimit: fc.bigInt({ min: 21_000n, max: 10n ** 7n }), maxFeePerGas: amount }),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(queue, amount, (parts, balance) => {
        const transactions = parts.map((part, nonce) => pendingTransaction({ ...part, nonce }))
        const total = transactions.reduce((sum, next) => sum + highestCost(next), 0n)
        const shortage = shortageOf(transactions, balance)
        expect(shortage === null).toBe(balance >= total)
        if (shortage === null) return
        expect(shortageOf(transactions, balance + shortage.missing)).toBeNull()
        expect(shortageOf(transactions, balance + shortage.missing - 1n)).not.toBeNull()
      }),
    )
  })
})
