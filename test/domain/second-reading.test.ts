import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Evidence } from '../../src/core/finding.ts'
import { agreesWith, readingOf } from '../../src/domain/second-reading.ts'
import { at, hashOf, owner } from '../../src/testing.ts'

const read = (method: string, over: object = {}): Evidence => ({
  kind: 'read',
  method,
  block: '7',
  value: '5',
  ...over,
})
const call = (signature: string, over: object = {}): Evidence => ({
  kind: 'call',
  to: at(1),
  function: signature,
  arguments: [],
  block: '7',
  value: '5',
  ...over,
})
const designator = `0xef0100${'a'.repeat(40)}`

describe('evidence becomes a reading:', () => {
  test.each<[string, Evidence, object | null]>([
    ['a balance of the account', read('eth_getBalance'), { kind: 'balance', address: owner, block: 7n }],
    [
      'a nonce of somebody else',
      read('eth_getTransactionCount', { address: at(2) }),
      { kind: 'nonce', address: at(2) },
    ],
    ['code', read('eth_getCode', { value: designator }), { kind: 'code' }],
    ['a hash of code', read('eth_getCode', { value: `keccak256 ${hashOf(1)}` }), { kind: 'code-hash' }],
    ['a word of storage', read('eth_getStorageAt', { slot: hashOf(3) }), { kind: 'storage', slot: hashOf(3) }],
    ['storage without its place', read('eth_getStorageAt'), null],
    ['the chain', read('eth_chainId', { block: 'latest' }), { kind: 'chain-id' }],
    ['the time of a block', read('eth_getBlockByNumber'), { kind: 'block-time', block: 7n }],
    ['a next base fee', read('eth_feeHistory'), { kind: 'next-base-fee', block: 7n }],
    ['a market price', read('eth_gasPrice'), null],
    ['the newest state', read('eth_getBalance', { block: 'latest' }), null],
    ['a waiting transaction', read('txpool_content', { block: 'pending', value: hashOf(9) }), { kind: 'transaction' }],
    ['a pending count', read('eth_getTransactionCount', { block: 'pending' }), null],
    ['an answer of one of two endpoints', read('eth_getBalance', { host: 'a.example' }), null],
    ['an allowance', call('allowance(address,address)'), { kind: 'call', returns: 'uint256', block: 7n }],
    ['the first two words of Permit2', call('allowance(address,address,address)'), { returns: 'uint160,uint48' }],
    ['a function that nobody knows', call('power(address)'), null],
    ['one that says what it returns', call('power(address)', { returns: 'int256' }), { returns: 'int256' }],
    ['a log', { kind: 'log', block: '7', transaction: hashOf(1), index: 2 }, { kind: 'log', index: 2 }],
    ['a transaction', { kind: 'transaction', hash: hashOf(1), block: '7' }, { kind: 'transaction', hash: hashOf(1) }],
    ['a list', { kind: 'list', name: 'x', date: '2026' }, null],
  ])('%s', (_, evidence, reading) => {
    const made = readingOf(evidence, owner)
    if (reading === null) expect(made).toBeNull()
    else expect(made).toMatchObject(reading)
  })
})

describe('the second answer', () => {
  test.each<[string, Evidence, string, boolean]>([
    ['the same digits', call('totalSupply()'), '5', true],
    ['other digits', call('totalSupply()'), '50', false],
    [
      'an address in another spelling',
      call('ownerOf(uint256)', { value: `0x${'Aa'.repeat(20)}` }),
      `0x${'aa'.repeat(20)}`,
      true,
    ],
    ['the block of a log', { kind: 'log', block: '7', transaction: hashOf(1), index: 2 }, '7', true],
    ['another block of a log', { kind: 'log', block: '7', transaction: hashOf(1), index: 2 }, '8', false],
    ['the block of a transaction', { kind: 'transaction', hash: hashOf(1), block: '7' }, '7', true],
    ['a mined one that waits', { kind: 'transaction', hash: hashOf(1), block: '7' }, 'pending', false],
    ['one without a block, mined by now', { kind: 'transaction', hash: hashOf(1), block: null }, '7', true],
    ['a waiting one, mined by now', read('txpool_content', { block: 'pending', value: hashOf(9) }), '8', true],
    ['any delegate', read('eth_getCode', { value: '0xef0100 and the delegate' }), designator, true],
    ['no delegate', read('eth_getCode', { value: '0xef0100 and the delegate' }), '0x', false],
    ['the hash of code', read('eth_getCode', { value: `keccak256 ${hashOf(1)}` }), `keccak256 ${hashOf(1)}`, true],
  ])('%s', (_, evidence, value, agrees) => {
    expect(agreesWith(evidence, { kind: 'value', value })).toBe(agrees)
  })

  test('a revert and an empty answer are no value, and nothing at all says nothing', () => {
    const evidence = call('totalSupply()', { value: '0' })
    expect(agreesWith(evidence, { kind: 'reverted' })).toBe(false)
    expect(agreesWith(evidence, { kind: 'empty' })).toBe(false)
    expect(agreesWith(evidence, { kind: 'absent' })).toBeNull()
    const error = { code: 'rpc-refused', message: 'no', data: {}, hints: [] }
    expect(agreesWith(evidence, { kind: 'failed', error })).toBeNull()
  })
})

test('every view function that the evidence of a rule names can be read again', () => {
  const root = resolve(import.meta.dirname, '../..')
  const files = ['rules', 'src/domain'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== 'second-reading.ts')
      .map((file) => readFileSync(join(root, folder, file), 'utf8'))
      .filter((source) => /kind: 'call'/.test(source)),
  )
  const named = new Set(
    files.flatMap((source) =>
      [...source.matchAll(/'([a-z]\w*\((?:[a-z]\w*(?:,[a-z]\w*)*)?\))'/g)].map(([, name = '']) => name),
    ),
  )
  expect(named.size).toBeGreaterThan(8)
  expect([...named].filter((name) => readingOf(call(name), owner) === null)).toEqual([])
})
