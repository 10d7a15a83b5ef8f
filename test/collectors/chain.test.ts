import { describe, expect, test } from 'vitest'
import chain from '../../src/collectors/chain.ts'
import { hashOf } from '../../src/testing.ts'
import { fakeRpc, read, refused } from '../support/fake-rpc.ts'

const now = 1_730_000_000
const hexOf = (number: number) => `0x${number.toString(16)}`
/** A block of a chain that makes one every 12 s and has its 1000th now. */
const blockAt = (number: number) => ({
  number: hexOf(number),
  hash: hashOf(number),
  timestamp: hexOf(now - (1000 - number) * 12),
})
const answers = {
  eth_chainId: '0x1',
  eth_getBlockByNumber: (tag: unknown) => blockAt(tag === 'latest' ? 1000 : Number(tag)),
  web3_clientVersion: 'Geth/v1.17.6',
  eth_syncing: false,
}
type Over = { readonly [Method in keyof typeof answers]?: unknown }
const readWith = (over: Over = {}, options = {}) =>
  read(chain, { rpc: fakeRpc({ ...answers, ...over }), facts: {}, options, now: () => now + 5 })
const headOnly = (head: unknown) => ({
  eth_getBlockByNumber: (tag: unknown) => (tag === 'latest' ? head : blockAt(Number(tag))),
})

test('the head is the pinned block unless another one is asked for', async () => {
  const head = { number: 1000n, hash: hashOf(1000), timestamp: now }
  expect(await readWith({}, { expectedChainId: 1 })).toEqual({
    chainId: 1,
    expectedChainId: 1,
    name: 'Ethereum',
    coin: { symbol: 'ETH', decimals: 18 },
    block: head,
    head,
    observedAt: now + 5,
    blockTimeSeconds: 12,
    clientVersion: 'Geth/v1.17.6',
    isSyncing: false,
    endpointHost: 'rpc.example',
    missing: [],
  })
})

test.each([
  ['what it says', '0x3938700', { blockGasLimit: 60_000_000n }],
  ['nothing, as blocks of some chains say', undefined, {}],
  ['none at all, which no transaction could have had', '0x0', {}],
  ['no number', 'much', {}],
])('how much gas the head holds: %s', async (_, gasLimit, expected) => {
  const { blockGasLimit, ...others } = await readWith(headOnly({ ...blockAt(1000), gasLimit }))
  expect({ ...(blockGasLimit !== undefined && { blockGasLimit }) }).toEqual(expected)
  expect(others.head.number).toBe(1000n)
})

test('an older block is pinned when asked for, and the head stays the head', async () => {
  const { block, head } = await readWith({}, { block: 400n })
  expect(block).toEqual({ number: 400n, hash: hashOf(400), timestamp: now - 7200 })
  expect(head.number).toBe(1000n)
})

test('a block that the endpoint does not know has its own error', async () => {
  const young = { eth_getBlockByNumber: (tag: unknown) => (tag === '0x7d0' ? null : answers.eth_getBlockByNumber(tag)) }
  await expect(readWith(young, { block: 2000n })).rejects.toMatchObject({
    code: 'block-not-found',
    data: { block: { value: '2000' }, head: { value: '1000' } },
  })
})

test('another block than the one asked for is not taken', async () => {
  const wrong = { eth_getBlockByNumber: (tag: unknown) => blockAt(tag === 'latest' ? 1000 : 900) }
  await expect(readWith(wrong, { block: 400n })).rejects.toMatchObject({ code: 'malformed-reply' })
})

test('the clock is read when the head arrives, not after slower answers', async () => {
  let clock = now
  const slow = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    clock += 90
    return 'Geth/v1.17.6'
  }
  const rpc = fakeRpc({ ...answers, web3_clientVersion: slow })
  expect((await read(chain, { rpc, facts: {}, now: () => clock })).observedAt).toBe(now)
})

describe('a head in the future of our clock', () => {
  const ahead = (seconds: number) => {
    const rpc = fakeRpc(answers)
    return read(chain, { rpc, facts: {}, now: () => now - seconds })
  }

  test('by 60 seconds is ordinary', async () => {
    expect((await ahead(60)).missing).toEqual([])
  })

  test('by 61 seconds makes its age unknown', async () => {
    const { missing, head } = await ahead(61)
    expect(head.number).toBe(1000n)
    expect(missing).toMatchObject([
      { about: 'clock', error: { code: 'clocks-disagree', data: { ahead: { type: 'seconds', value: 61 } } } },
    ])
  })
})

test.each([
  ['head 101: measured over 100 blocks', 101, 12],
  ['head 2: measured over one block', 2, 12],
  ['head 1: only the first block, whose time means nothing', 1, null],
  ['head 0: nothing to measure', 0, null],
])('the block time, %s', async (_, head, blockTimeSeconds) => {
  const asked: unknown[] = []
  const getBlock = (tag: unknown) => {
    asked.push(tag)
    if (tag === 'latest') return blockAt(head)
    return Number(tag) > head ? null : blockAt(Number(tag))
  }
  expect((await readWith({ eth_getBlockByNumber: getBlock })).blockTimeSeconds).toBe(blockTimeSeconds)
  expect(asked).not.toContain('0x0')
})

test.each([
  ['pruned', null],
  ['refused', refused('eth_getBlockByNumber')],
  ['later than the head', { ...blockAt(900), timestamp: hexOf(now + 1) }],
])('the block time is unknown when the older block is %s', async (_, older) => {
  const getBlock = (tag: unknown) => (tag === 'latest' ? blockAt(1000) : older)
  expect((await readWith({ eth_getBlockByNumber: getBlock })).blockTimeSeconds).toBeNull()
})

test.each([
  ['false', false, false],
  ['true', true, true],
  ['progress', { currentBlock: '0x1', highestBlock: '0x2' }, true],
  ['null', null, null],
  ['a word', 'no', null],
  ['a refusal', refused('eth_syncing'), null],
])('eth_syncing answered with %s', async (_, reply, isSyncing) => {
  expect((await readWith({ eth_syncing: reply })).isSyncing).toBe(isSyncing)
})

test.each([
  ['a refusal', refused('web3_clientVersion')],
  ['a number', 5],
])('web3_clientVersion answered with %s is unknown', async (_, reply) => {
  expect((await readWith({ web3_clientVersion: reply })).clientVersion).toBeNull()
})

test.each([
  ['chain id null', { eth_chainId: null }],
  ['chain id decimal', { eth_chainId: '1' }],
  ['head null', headOnly(null)],
  ['head a list', headOnly([])],
  ['head without number', headOnly({ ...blockAt(1000), number: null })],
  ['head without hash', headOnly({ ...blockAt(1000), hash: null })],
  ['head with a short hash', headOnly({ ...blockAt(1000), hash: '0x12' })],
  ['head without time', headOnly({ ...blockAt(1000), timestamp: null })],
])('a malformed reply fails the fact: %s', async (_, over) => {
  await expect(readWith(over)).rejects.toMatchObject({ code: 'malformed-reply' })
})

test.each(['eth_chainId', 'eth_getBlockByNumber'] as const)('a refused %s fails the fact', async (method) => {
  await expect(readWith({ [method]: refused(method) })).rejects.toMatchObject({ code: 'rpc-refused' })
})
