import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shuffled } from '../../src/testing/shuffle.ts'
import { at, facts, hashOf, mempool, pendingTransaction, safeAccount } from '../../src/testing.ts'

const seeds = [1, 2, 3, 4, 5, 6]

test('nothing is lost and nothing added, at any depth', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer())), fc.nat(), (lists, seed) => {
      const sorted = (data: readonly (readonly number[])[]) => data.map((list) => list.toSorted()).sort()
      expect(sorted(shuffled(lists, seed))).toEqual(sorted(lists))
    }),
  )
})

test('one seed gives one order, and the data that was given keeps its own', () => {
  const list = Array.from({ length: 20 }, (_, index) => index)
  expect(shuffled(list, 7)).toEqual(shuffled(list, 7))
  expect(shuffled(list, 7)).not.toEqual(list)
  expect(list.at(0)).toBe(0)
})

test('seed 0 turns every list around', () => {
  const transactions = [pendingTransaction({ nonce: 1 }), pendingTransaction({ nonce: 2 })]
  const turned = shuffled(facts({ mempool: mempool({ transactions }) }), 0)
  expect(turned.mempool.transactions.map(({ nonce }) => nonce)).toEqual([2, 1])
})

test('every place is met by every item, for small seeds as well', () => {
  const places = Array.from({ length: 40 }, (_, seed) => shuffled([1, 2, 3], seed + 1).join(''))
  expect(new Set(places).size).toBe(6)
})

test('what a transaction lists has the order of the transaction, or it would be another one', () => {
  const accessList = [1, 2, 3].map((index) => ({ address: at(index), storageKeys: [hashOf(index), hashOf(9)] }))
  const pending = pendingTransaction({ accessList, blobVersionedHashes: [hashOf(1), hashOf(2), hashOf(3)] })
  for (const seed of [0, ...seeds]) expect(shuffled(pending, seed)).toEqual(pending)
})

test('owners and modules of a Safe have the order of the contract, which its calls need', () => {
  const safe = safeAccount()
  for (const seed of seeds) expect(shuffled(safe, seed).owners).toEqual(safe.owners)
})
