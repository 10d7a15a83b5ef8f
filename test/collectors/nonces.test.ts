import { expect, test } from 'vitest'
import nonces from '../../src/collectors/nonces.ts'
import { chain, owner } from '../../src/testing.ts'
import { fakeRpc, pruned, read, refused } from '../support/fake-rpc.ts'

const facts = { chain: chain() }
const node = (latest: unknown, pending: unknown) =>
  fakeRpc({ eth_getTransactionCount: (_account: unknown, tag: unknown) => (tag === 'pending' ? pending : latest) })

test('counts mined and pending transactions, the mined ones at the pinned block', async () => {
  const rpc = node('0x7', '0x9')
  expect(await read(nonces, { rpc, facts })).toEqual({ latest: 7, pending: 9, missing: [] })
  expect(rpc.asked.map(({ params }) => params)).toEqual([
    [owner, '0x1406f40'],
    [owner, 'pending'],
  ])
})

test('an equal pending count is kept as it is', async () => {
  expect(await read(nonces, { rpc: node('0x7', '0x7'), facts })).toEqual({ latest: 7, pending: 7, missing: [] })
})

test('a pending count of a machine that is behind counts nothing as pending', async () => {
  expect((await read(nonces, { rpc: node('0x7', '0x6'), facts })).pending).toBe(7)
})

test('a refused pending tag is unknown, and the mempool is missing with the reason', async () => {
  const refusedTag = await read(nonces, { rpc: node('0x7', refused('eth_getTransactionCount')), facts })
  expect(refusedTag).toMatchObject({
    latest: 7,
    pending: null,
    missing: [{ about: 'mempool', error: { code: 'rpc-refused' } }],
  })
})

test('a past block has no pending count, and the node is not asked for one', async () => {
  const rpc = node('0x3', '0x9')
  const past = chain({ block: { ...chain().block, number: 20_000_000n } })
  expect(await read(nonces, { rpc, facts: { chain: past } })).toMatchObject({
    latest: 3,
    pending: null,
    missing: [{ about: 'mempool', error: { code: 'historical-block', data: { block: { value: '20000000' } } } }],
  })
  expect(rpc.asked.map(({ params }) => params)).toEqual([[owner, '0x1312d00']])
})

test.each([
  ['latest null', null, '0x7'],
  ['latest a number', 7, '0x7'],
  ['latest beyond a safe integer', '0x20000000000000', '0x7'],
  ['pending null', '0x7', null],
  ['pending a word', '0x7', 'many'],
])('a malformed reply fails the fact: %s', async (_, latest, pending) => {
  await expect(read(nonces, { rpc: node(latest, pending), facts })).rejects.toMatchObject({ code: 'malformed-reply' })
})

test('a node without the state at the pinned block fails the fact', async () => {
  const rpc = node(pruned('eth_getTransactionCount'), '0x7')
  await expect(read(nonces, { rpc, facts })).rejects.toMatchObject({ code: 'state-unavailable' })
})
