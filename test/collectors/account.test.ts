import { keccak256 } from 'viem/utils'
import { expect, test } from 'vitest'
import account from '../../src/collectors/account.ts'
import { at, chain, owner } from '../../src/testing.ts'
import { type FakeRpc, fakeRpc, pruned, read, refused } from '../support/fake-rpc.ts'

const facts = { chain: chain() }
const delegate = at(0xde1e)
const designator = `0xef0100${delegate.slice(2).toLowerCase()}`

/** A node with this code at the account, and this answer for any other address. */
const node = (code: unknown, elsewhere: unknown = '0x') =>
  fakeRpc({
    eth_getBalance: '0xde0b6b3a7640000',
    eth_getCode: (address: unknown) => (address === owner ? code : elsewhere),
  })
const readAt = (rpc: FakeRpc) => read(account, { rpc, facts })

test('a plain account has a balance and no code', async () => {
  expect(await readAt(node('0x'))).toEqual({
    address: owner,
    ensName: null,
    balance: 10n ** 18n,
    code: { kind: 'none' },
    missing: [],
  })
})

test('every read is at the pinned block, not at the head', async () => {
  const rpc = node(designator, '0x6001')
  const pinned = { ...chain().block, number: 20_000_000n }
  await read(account, { rpc, facts: { chain: chain({ block: pinned }) } })
  expect(rpc.asked.map(({ method, params }) => [method, ...params])).toEqual([
    ['eth_getBalance', owner, '0x1312d00'],
    ['eth_getCode', owner, '0x1312d00'],
    ['eth_getCode', delegate, '0x1312d00'],
  ])
})

test('the ENS name it was found by is kept', async () => {
  const named = await read(account, { rpc: node('0x'), facts, options: { ensName: 'name.example' } })
  expect(named.ensName).toBe('name.example')
})

test.each([
  ['code of a contract', '0x6001', { kind: 'contract', codeHash: keccak256('0x6001') }],
  ['a delegate with code', designator, { kind: 'delegated', delegate, delegateCodeHash: keccak256('0x60aa') }],
  ['a designator in capitals', `0xEF0100${delegate.slice(2).toUpperCase()}`, { kind: 'delegated', delegate }],
  ['a byte less than a designator', designator.slice(0, -2), { kind: 'contract' }],
  ['a byte more than a designator', `${designator}00`, { kind: 'contract' }],
  ['another version byte', designator.replace('ef0100', 'ef0101'), { kind: 'contract' }],
])('%s', async (_, code, expected) => {
  const read = await readAt(node(code, '0x60aa'))
  expect(read.code).toMatchObject(expected)
  expect(read.missing).toEqual([])
})

test('a delegate without code has no code hash, and nothing is missing', async () => {
  const read = await readAt(node(designator, '0x'))
  expect(read.code).toEqual({ kind: 'delegated', delegate, delegateCodeHash: null })
  expect(read.missing).toEqual([])
})

test("a refusal to show the delegate's code is missing, with its reason", async () => {
  const read = await readAt(node(designator, refused('eth_getCode')))
  expect(read.code).toEqual({ kind: 'delegated', delegate, delegateCodeHash: null })
  expect(read.missing).toMatchObject([{ about: 'delegate-code', error: { code: 'rpc-refused' } }])
})

test.each([
  ['balance null', { eth_getBalance: null, eth_getCode: '0x' }],
  ['balance a number', { eth_getBalance: 5, eth_getCode: '0x' }],
  ['code null', { eth_getBalance: '0x0', eth_getCode: null }],
  ['code of half a byte', { eth_getBalance: '0x0', eth_getCode: '0x600' }],
])('a malformed reply fails the fact: %s', async (_, answers) => {
  await expect(readAt(fakeRpc(answers))).rejects.toMatchObject({ code: 'malformed-reply' })
})

test('a malformed code of the delegate fails the fact', async () => {
  await expect(readAt(node(designator, 7))).rejects.toMatchObject({ code: 'malformed-reply' })
})

test.each(['eth_getBalance', 'eth_getCode'] as const)(
  'a node without the state for %s fails the fact',
  async (method) => {
    const answers = { eth_getBalance: '0x0', eth_getCode: '0x', [method]: pruned(method) }
    await expect(readAt(fakeRpc(answers))).rejects.toMatchObject({ code: 'state-unavailable' })
  },
)
