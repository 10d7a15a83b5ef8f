import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeReceipt, decodeTransaction } from '../../src/domain/transaction.ts'
import { at, hashOf } from '../../src/testing.ts'

const mined = {
  blockNumber: '0x10',
  from: at(0xa).toLowerCase(),
  gas: '0x5208',
  gasPrice: '0x5',
  hash: hashOf(1),
  input: '0xABCDEF01',
  nonce: '0x3',
  to: at(0xb).toLowerCase(),
  type: '0x0',
  value: '0x1',
}
const receipt = {
  transactionHash: hashOf(1),
  blockNumber: '0x10',
  status: '0x1',
  gasUsed: '0x5208',
  effectiveGasPrice: '0x5',
}
const transaction = { hash: hashOf(1), block: 16n }
const recorded = JSON.parse(readFileSync(new URL('../../fixtures/rpc/receipts.json', import.meta.url), 'utf8'))

test('a mined legacy transaction', () => {
  expect(decodeTransaction(mined)).toEqual({
    hash: hashOf(1),
    from: at(0xa),
    nonce: 3,
    to: at(0xb),
    value: 1n,
    gasLimit: 21_000n,
    input: '0xabcdef01',
    block: 16n,
    maxFeePerGas: 5n,
    maxPriorityFeePerGas: 5n,
    maxFeePerBlobGas: null,
    isLegacy: true,
    hasAuthorizations: false,
  })
})

test('the fee limits of a typed transaction are read, not the price it pays', () => {
  const typed = { ...mined, type: '0x2', maxFeePerGas: '0x9', maxPriorityFeePerGas: '0x1' }
  expect(decodeTransaction(typed)).toMatchObject({ maxFeePerGas: 9n, maxPriorityFeePerGas: 1n, isLegacy: false })
})

const limits = { maxFeePerGas: '0x9', maxPriorityFeePerGas: '0x1' }

test.each([
  ['of two blobs', { type: '0x3', blobVersionedHashes: [hashOf(1), hashOf(2)] }, 262_144n],
  ['of a mined one whose blobs the node does not list', { type: '0x3' }, undefined],
  ['of a pending one', { type: '0x3', blockNumber: null, blobVersionedHashes: [hashOf(1)] }, 131_072n],
  ['of none, listed for every type', { type: '0x2', blobVersionedHashes: [] }, undefined],
])('blob gas %s', (_, over, blobGas) => {
  expect(decodeTransaction({ ...mined, ...limits, maxFeePerBlobGas: '0x1', ...over }).blobGas).toBe(blobGas)
})

test.each([
  ['that are no list', { blobVersionedHashes: '0x01' }],
  ['that are no hashes', { blobVersionedHashes: ['0x01'] }],
  ['that are nothing', { blobVersionedHashes: [null] }],
  ['that a pending transaction does not name', { blockNumber: null }],
  ['that are none in a pending transaction', { blockNumber: null, blobVersionedHashes: [] }],
])('blobs %s are malformed', (_, over) => {
  const broken = { ...mined, ...limits, maxFeePerBlobGas: '0x1', type: '0x3', ...over }
  expect(() => decodeTransaction(broken)).toThrow(expect.objectContaining({ code: 'malformed-reply' }))
})

test('blobs are named by their hashes, in their order', () => {
  const two = { ...mined, ...limits, maxFeePerBlobGas: '0x1', type: '0x3', blobVersionedHashes: [hashOf(2), hashOf(1)] }
  expect(decodeTransaction(two).blobVersionedHashes).toEqual([hashOf(2), hashOf(1)])
  expect(decodeTransaction({ ...two, blobVersionedHashes: null })).not.toHaveProperty('blobVersionedHashes')
})

describe('an access list', () => {
  const listed = { address: at(0x70), storageKeys: [hashOf(1), hashOf(2)] }

  test.each([['0x1'], ['0x2'], ['0x4']])('of type %s is kept as it is', (type) => {
    const bare = { address: at(0x71), storageKeys: [] }
    expect(decodeTransaction({ ...mined, ...limits, type, accessList: [listed, bare] }).accessList).toEqual([
      listed,
      bare,
    ])
  })

  test.each([[[]], [null], [undefined]])('that is empty, or not given, is absent: %j', (accessList) => {
    expect(decodeTransaction({ ...mined, ...limits, type: '0x2', accessList })).not.toHaveProperty('accessList')
  })

  test.each([
    ['0x'],
    [[{ address: at(1) }]],
    [[{ address: '0x1', storageKeys: [] }]],
    [[{ ...listed, storageKeys: ['0x1'] }]],
  ])('of another shape is malformed: %j', (accessList) => {
    const broken = { ...mined, ...limits, type: '0x2', accessList }
    expect(() => decodeTransaction(broken)).toThrow(expect.objectContaining({ code: 'malformed-reply' }))
  })
})

test.each([
  ['type 2', { ...limits, type: '0x2' }, false],
  [
    'type 2, as nodes that name the list for every type give it',
    { ...limits, type: '0x2', authorizationList: [] },
    false,
  ],
  ['type 4', { ...limits, type: '0x4', authorizationList: [{ nonce: '0x0' }] }, true],
  ['type 4, by a node that leaves the list out', { ...limits, type: '0x4' }, true],
  ["a roll-up's own type with a list", { ...limits, type: '0x7a', authorizationList: [{ nonce: '0x0' }] }, true],
])('whether it carries EIP-7702 authorisations: %s', (_, over, hasAuthorizations) => {
  expect(decodeTransaction({ ...mined, ...over })).toMatchObject({ hasAuthorizations })
})

test('a transaction of a type that roll-ups add, without fee limits, has its gas price', () => {
  expect(decodeTransaction({ ...mined, type: '0x7e', gasPrice: '0x0' })).toMatchObject({
    maxFeePerGas: 0n,
    isLegacy: true,
  })
})

test.each([
  ['a success', {}, { succeeded: true, dataFee: 0n, gasUsed: 21_000n, effectiveGasPrice: 5n, block: 16n }],
  ['a failure', { status: '0x0' }, { succeeded: false }],
  ['an OP-stack data fee', { l1Fee: '0x64' }, { dataFee: 100n }],
  ['an OP-stack data fee of null, as for deposits', { l1Fee: null }, { dataFee: 0n }],
  ["Arbitrum's data gas, which the gas used already holds", { gasUsedForL1: '0x400' }, { dataFee: 0n, dataGas: 1024n }],
  ['no blobs, counted', { blobGasUsed: '0x0' }, { blobFee: 0n }],
  // 21000 gas × 1,000,047 / 10^6 = 21000.987, rounded down.
  [
    'an operator fee of Isthmus',
    { operatorFeeScalar: '0xf426f', operatorFeeConstant: '0x5' },
    { operatorFee: 21_005n },
  ],
  ['one without a constant', { operatorFeeScalar: '0xf426f' }, { operatorFee: 21_000n }],
  ['one without a scalar', { operatorFeeConstant: '0x5' }, { operatorFee: 5n }],
  [
    'an operator fee of Jovian',
    { operatorFeeScalar: '0x3', operatorFeeConstant: '0x5', daFootprintGasScalar: '0x190' },
    { operatorFee: 21_000n * 3n * 100n + 5n },
  ],
])('a receipt: %s', (_, over, expected) => {
  expect(decodeReceipt({ ...receipt, ...over }, transaction)).toMatchObject(expected)
})

test.each([
  ['a deposit, which pays on the parent chain', { type: '0x7e', operatorFeeScalar: '0x1', operatorFeeConstant: '0x1' }],
  ['none charged', { operatorFeeScalar: null, operatorFeeConstant: null }],
])('a receipt without an operator fee: %s', (_, over) => {
  expect(decodeReceipt({ ...receipt, ...over }, transaction)).not.toHaveProperty('operatorFee')
})

test.each([
  ['opStack', { gasUsed: 46_109n, effectiveGasPrice: 1_000_252n, dataFee: 5_000_000_000n }],
  [
    'opStackIsthmus',
    { gasUsed: 46_109n, effectiveGasPrice: 1_000_252n, dataFee: 5_000_000_000n, operatorFee: 92_218n + 1_000n },
  ],
  [
    'opStackJovian',
    { gasUsed: 46_109n, effectiveGasPrice: 1_000_252n, dataFee: 5_000_000_000n, operatorFee: 9_221_801_000n },
  ],
  ['arbitrum', { gasUsed: 80_000n, effectiveGasPrice: 10_000_000n, dataFee: 0n, dataGas: 30_000n }],
  ['blobs', { gasUsed: 21_000n, effectiveGasPrice: 20n * 10n ** 9n, dataFee: 0n, blobFee: 262_144n * 10n ** 9n }],
] as const)('a recorded receipt: %s', (kind, paid) => {
  const reply = recorded[kind]
  const block = BigInt(reply.blockNumber)
  expect(decodeReceipt(reply, { hash: reply.transactionHash, block })).toEqual({ block, succeeded: true, ...paid })
})

test.each([
  ['absent', undefined],
  ['null', null],
])('a receipt from before Byzantium (status %s) says neither success nor failure', (_, status) => {
  expect(() => decodeReceipt({ ...receipt, status }, transaction)).toThrow(
    expect.objectContaining({ code: 'receipt-without-status' }),
  )
})

test.each([
  ['another transaction', { transactionHash: hashOf(2) }],
  ['another block', { blockNumber: '0x11' }],
  ['block null', { blockNumber: null }],
  ['status 2', { status: '0x2' }],
  ['status a boolean', { status: true }],
  ['gas used absent', { gasUsed: undefined }],
  ['gas price absent', { effectiveGasPrice: undefined }],
  ['data fee in decimals', { l1Fee: '100' }],
  ['data gas in decimals', { gasUsedForL1: 100 }],
  ['blob gas without a price', { blobGasUsed: '0x20000' }],
  ['operator fee in decimals', { operatorFeeScalar: 100 }],
  ['its constant in decimals', { operatorFeeConstant: '100' }],
])('a malformed receipt throws: %s', (_, over) => {
  expect(() => decodeReceipt({ ...receipt, ...over }, transaction)).toThrow(
    expect.objectContaining({ code: 'malformed-reply' }),
  )
})

test.each(['hash', 'from', 'nonce', 'value', 'gas', 'input', 'gasPrice'])(
  'a transaction without %s throws',
  (field) => {
    expect(() => decodeTransaction({ ...mined, [field]: undefined })).toThrow(
      expect.objectContaining({ code: 'malformed-reply' }),
    )
  },
)
