import { describe, expect, test } from 'vitest'
import fees from '../../src/collectors/fees.ts'
import { chain } from '../../src/testing.ts'
import { fakeRpc, read, refused } from '../support/fake-rpc.ts'

const facts = { chain: chain() }
/** Two blocks with transactions and an empty one between them. */
const history = {
  oldestBlock: '0x1',
  baseFeePerGas: ['0x64', '0x6e', '0x78', '0x82'],
  gasUsedRatio: [0.5, 0, 1],
  reward: [
    ['0x1', '0x2', '0x3'],
    ['0x0', '0x0', '0x0'],
    ['0x3', '0x4', '0x9'],
  ],
}
const node = (over: object = {}) => fakeRpc({ eth_feeHistory: history, eth_gasPrice: '0x8c', ...over })
const readWith = (over: object = {}) => read(fees, { rpc: node(over), facts })
const withHistory = (over: object) => ({ eth_feeHistory: { ...history, ...over } })

test('the next base fee is the last one; tips are medians over the blocks that had transactions', async () => {
  expect(await readWith()).toEqual({
    nextBaseFee: 130n,
    blobBaseFee: null,
    gasPrice: 140n,
    tips: { p10: 2n, p50: 3n, p90: 6n },
    blocks: 2,
    pace: null,
    missing: [],
  })
})

test('a past block has no market, and nothing is asked', async () => {
  const rpc = node()
  const past = chain({ block: { ...chain().block, number: 20_000_000n } })
  expect(await read(fees, { rpc, facts: { chain: past } })).toMatchObject({
    nextBaseFee: null,
    gasPrice: null,
    tips: null,
    missing: [{ about: 'fees', error: { code: 'historical-block' } }],
  })
  expect(rpc.asked).toEqual([])
})

test('it asks for 20 blocks up to the head of the run, which findings name', async () => {
  const rpc = node()
  await read(fees, { rpc, facts })
  expect(rpc.asked).toContainEqual({ method: 'eth_feeHistory', params: ['0x14', '0x1406f40', [10, 50, 90]] })
})

test('a chain of one block', async () => {
  const short = { baseFeePerGas: ['0x64', '0x58'], gasUsedRatio: [0.25], reward: [['0x1', '0x2', '0x3']] }
  expect(await readWith(withHistory(short))).toMatchObject({
    nextBaseFee: 88n,
    tips: { p10: 1n, p50: 2n, p90: 3n },
    blocks: 1,
  })
})

test('empty blocks have no tips', async () => {
  expect(await readWith(withHistory({ gasUsedRatio: [0, 0, 0] }))).toMatchObject({
    tips: null,
    blocks: 0,
    pace: null,
    missing: [],
  })
})

test.each([
  ['leaves the base fees out', undefined],
  ['gives null', null],
  ['gives zeros', ['0x0', '0x0', '0x0', '0x0']],
])('a chain without EIP-1559 that %s has a gas price and tips', async (_, baseFeePerGas) => {
  expect(await readWith(withHistory({ baseFeePerGas }))).toEqual({
    nextBaseFee: null,
    blobBaseFee: null,
    gasPrice: 140n,
    tips: { p10: 2n, p50: 3n, p90: 6n },
    blocks: 2,
    pace: null,
    missing: [],
  })
})

test('a node without eth_feeHistory on a chain without base fees misses nothing', async () => {
  const over = { eth_feeHistory: refused('eth_feeHistory'), eth_getBlockByNumber: { number: '0x1' } }
  expect(await readWith(over)).toEqual({
    nextBaseFee: null,
    blobBaseFee: null,
    gasPrice: 140n,
    tips: null,
    blocks: 0,
    pace: null,
    missing: [],
  })
})

test('without a fee history it is that head that tells of base fees', async () => {
  const rpc = node({ eth_feeHistory: refused('eth_feeHistory'), eth_getBlockByNumber: { number: '0x1' } })
  await read(fees, { rpc, facts })
  expect(rpc.asked).toContainEqual({ method: 'eth_getBlockByNumber', params: ['0x1406f40', false] })
})

test.each([
  ['whose head has a base fee', { eth_getBlockByNumber: { number: '0x1', baseFeePerGas: '0x64' } }],
  ['whose head is refused', { eth_getBlockByNumber: refused('eth_getBlockByNumber') }],
])('a refused eth_feeHistory on a chain %s is missing', async (_, over) => {
  expect(await readWith({ eth_feeHistory: refused('eth_feeHistory'), ...over })).toMatchObject({
    nextBaseFee: null,
    gasPrice: 140n,
    missing: [{ about: 'fees', error: { code: 'rpc-refused', data: { method: { value: 'eth_feeHistory' } } } }],
  })
})

test('neither base fee nor gas price is missing', async () => {
  const over = withHistory({ baseFeePerGas: null })
  expect(await readWith({ ...over, eth_gasPrice: refused('eth_gasPrice') })).toMatchObject({
    gasPrice: null,
    missing: [{ about: 'fees', error: { code: 'rpc-refused', data: { method: { value: 'eth_gasPrice' } } } }],
  })
})

test('a refused gas price does not matter where there is a base fee', async () => {
  expect(await readWith({ eth_gasPrice: refused('eth_gasPrice') })).toMatchObject({
    nextBaseFee: 130n,
    gasPrice: null,
    missing: [],
  })
})

test.each([
  ['no object', { eth_feeHistory: null }],
  ['no gas ratios', withHistory({ gasUsedRatio: undefined })],
  ['no blocks at all', withHistory({ gasUsedRatio: [], reward: [], baseFeePerGas: ['0x1'] })],
  ['a gas ratio in hex', withHistory({ gasUsedRatio: ['0x1', 0, 1] })],
  ['a negative gas ratio', withHistory({ gasUsedRatio: [-0.1, 0, 1] })],
  ['no tips', withHistory({ reward: null })],
  ['tips of fewer blocks', withHistory({ reward: history.reward.slice(1) })],
  ['two tips for three percentiles', withHistory({ reward: [['0x1', '0x2'], ...history.reward.slice(1)] })],
  ['a tip that is a number', withHistory({ reward: [[1, '0x2', '0x3'], ...history.reward.slice(1)] })],
  ['base fees without the next one', withHistory({ baseFeePerGas: history.baseFeePerGas.slice(1) })],
  ['a base fee that is null', withHistory({ baseFeePerGas: ['0x64', null, '0x78', '0x82'] })],
  ['no oldest block', withHistory({ oldestBlock: undefined })],
  ['a gas price that is a number', { eth_gasPrice: 140 }],
  ['a head that is null', { eth_feeHistory: refused('eth_feeHistory'), eth_getBlockByNumber: null }],
])('a malformed reply fails the fact: %s', async (_, over) => {
  await expect(readWith(over)).rejects.toMatchObject({ code: 'malformed-reply' })
})

describe('the base fee of blobs', () => {
  test.each([
    ['is the last one', ['0x5', '0x6', '0x7', '0x8'], 8n],
    ['is a wei at the least', ['0x1', '0x1', '0x1', '0x1'], 1n],
    ['is not told by zeros, as before EIP-4844 and on roll-ups', ['0x0', '0x0', '0x0', '0x0'], null],
    ['is not told by nothing', undefined, null],
    ['is not told by null', null, null],
    ['is not told by an empty list', [], null],
    ['is not told by one that lacks the next block', ['0x5', '0x6', '0x7'], null],
  ])('%s', async (_, baseFeePerBlobGas, blobBaseFee) => {
    expect(await readWith(withHistory({ baseFeePerBlobGas }))).toMatchObject({
      nextBaseFee: 130n,
      blobBaseFee,
      missing: [],
    })
  })

  test('that is no number is a malformed answer', async () => {
    await expect(readWith(withHistory({ baseFeePerBlobGas: ['0x5', '0x6', '0x7', 8] }))).rejects.toMatchObject({
      code: 'malformed-reply',
    })
  })
})
