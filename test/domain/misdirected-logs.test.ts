import type { Address, Hex } from 'viem'
import { expect, test } from 'vitest'
import { strayedReader } from '../../src/domain/misdirected-logs.ts'
import { isNobody } from '../../src/domain/nobody.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'
import { at, hashOf, owner } from '../../src/testing.ts'

const token = at(0x70)
const word = (number: number): Hex => `0x${number.toString(16).padStart(64, '0')}`

type Given = {
  readonly to: Address
  readonly from?: Address
  readonly amount?: number
  readonly over?: object
  readonly index?: number
}
const logOf = ({ to, from = owner, amount = 5, over = {}, index = 0 }: Given) => ({
  address: token.toLowerCase() as Address,
  topics: [topics.transfer, addressTopic(from), addressTopic(to)] as Hex[],
  data: word(amount),
  blockNumber: 7n,
  transactionHash: hashOf(7),
  logIndex: index,
  ...over,
})
const strayed = (...given: readonly Given[]) => {
  const reader = strayedReader(owner)
  reader.add(given.map(logOf))
  return reader.result()
}

test.each([
  ['to the contract of the token', token],
  ['to the zero address', at(0)],
  ['to the address called dead', at(0xdead)],
])('a transfer %s', (_, to) => {
  expect(strayed({ to })).toEqual([
    { contract: token, to, amount: 5n, log: { block: 7n, transaction: hashOf(7), index: 0 } },
  ])
})

test('an item of a collection has no amount', () => {
  const items = [topics.transfer, addressTopic(owner), addressTopic(token), word(3)]
  expect(strayed({ to: token, over: { topics: items, data: '0x' } })).toMatchObject([{ to: token, amount: null }])
})

test.each<[string, Given]>([
  ['to somebody', { to: at(0xb0b) }],
  ['of nothing', { to: token, amount: 0 }],
  ['of somebody else', { to: token, from: at(1) }],
  ['of another event', { to: token, over: { topics: [topics.approval, addressTopic(owner), addressTopic(token)] } }],
  ['without a recipient', { to: token, over: { topics: [topics.transfer, addressTopic(owner)] } }],
  ['with half of an amount', { to: token, over: { data: '0x05' } }],
])('not one %s', (_, given) => {
  expect(strayed(given)).toEqual([])
})

const inBlock = (block: number, given: Omit<Given, 'over'>): Given => ({
  ...given,
  over: { blockNumber: BigInt(block), transactionHash: hashOf(block) },
})

test('each transaction of a token and recipient, so that none hides another', () => {
  const older = inBlock(6, { to: token, amount: 1 })
  expect(strayed(older, inBlock(8, { to: token, amount: 2 }), inBlock(7, { to: at(0), amount: 9 }))).toMatchObject([
    { to: at(0), amount: 9n },
    { to: token, amount: 2n, log: { block: 8n } },
    { to: token, amount: 1n, log: { block: 6n } },
  ])
})

test.each([
  ['before', [98, 2]],
  ['after', [2, 98]],
])('a fee %s what it is taken from, in one transaction: the larger amount is the one that was sent', (_, amounts) => {
  const logs = amounts.map((amount, index) => ({ to: token, amount, index }))
  expect(strayed(...logs)).toMatchObject([{ amount: 98n }])
  expect(strayed(...logs.toReversed())).toEqual(strayed(...logs))
})

test('a hundred transactions of each, and that there are older ones', () => {
  const many = Array.from({ length: 101 }, (_, index) => inBlock(index + 1, { to: token }))
  const all = strayed(...many.slice(1))
  expect([all.length, all.filter(({ hasOlder }) => hasOlder)]).toEqual([100, []])
  const newest = strayed(...many)
  expect(newest).toHaveLength(100)
  expect(newest.filter(({ hasOlder }) => hasOlder)).toMatchObject([{ log: { block: 2n } }])
})

test.each([
  ['0x000000000000000000000000000000000000dEaD', true],
  ['0xdEAD000000000000000042069420694206942069', true],
  ['0x0000000000000000000000000000000000000001', false],
] as const)('%s is nobody: %s', (address, expected) => {
  expect(isNobody(address)).toBe(expected)
})
