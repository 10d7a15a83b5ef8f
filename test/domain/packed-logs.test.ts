import type { Hex } from 'viem'
import { getAddress } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { DamagedLogsError } from '../../src/domain/log-rows.ts'
import {
  concatPacked,
  emptyPacked,
  packLogs,
  readPacked,
  selectAccount,
  slicePacked,
} from '../../src/domain/packed-logs.ts'
import { MalformedReplyError } from '../../src/domain/rpc-reply.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'
import { hashOf } from '../../src/testing.ts'

const owner = '0x00000000000000000000000000000000000000aa'
const other = '0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'
const token = '0xcccccccccccccccccccccccccccccccccccccccc'
const hex = (number: number) => `0x${number.toString(16)}`

/** A log as a node writes it. */
const log = (block: number, index: number, over: Readonly<Record<string, unknown>> = {}) => ({
  address: token,
  topics: [topics.approval, addressTopic(owner), addressTopic(other)],
  data: hashOf(500),
  blockNumber: hex(block),
  blockHash: hashOf(block),
  transactionHash: hashOf(block * 1000 + index),
  transactionIndex: '0x0',
  logIndex: hex(index),
  removed: false,
  ...over,
})

const asked = { range: { fromBlock: 0n, toBlock: 1_000_000n }, topics: [] }
const pack = (...logs: readonly unknown[]) => packLogs(logs, asked)
type Asked = [name: string, choice: readonly (readonly Hex[] | null)[]]
const places = (packed: ReturnType<typeof pack>) =>
  [...readPacked(packed)].map(({ blockNumber, logIndex }) => `${blockNumber}:${logIndex}`)

describe('packLogs', () => {
  test('a log comes back as it was sent, without its block hash', () => {
    expect([...readPacked(pack(log(100, 7)))]).toEqual([
      {
        address: token,
        topics: [topics.approval, addressTopic(owner), addressTopic(other)],
        data: hashOf(500),
        blockNumber: 100n,
        transactionHash: hashOf(100_007),
        logIndex: 7,
      },
    ])
  })

  test.each([
    ['no data', '0x'],
    ['one word of zero', `0x${'0'.repeat(64)}`],
    ['one whole word', `0x${'f'.repeat(64)}`],
    ['31 bytes', `0x${'00'.repeat(31)}`],
    ['two words', `0x${'0'.repeat(127)}1`],
  ])('data: %s', (_, data) => {
    expect([...readPacked(pack(log(1, 1, { data })))]).toMatchObject([{ data }])
  })

  test.each([0, 1, 2, 3, 4])('%i topics', (count) => {
    const given = [topics.approval, addressTopic(owner), hashOf(2n ** 200n), addressTopic(other)].slice(0, count)
    expect([...readPacked(pack(log(1, 1, { topics: given })))]).toMatchObject([{ topics: given }])
  })

  test('capitals become lower case, for the filter too', () => {
    const spelled = log(1, 1, { address: getAddress(token), topics: [topics.approval.toUpperCase().replace('X', 'x')] })
    const packed = packLogs([spelled], { ...asked, topics: [[topics.approval]] })
    expect([...readPacked(packed)]).toMatchObject([{ address: token, topics: [topics.approval] }])
  })

  test('rows are sorted by block and index, and the same log twice is one', () => {
    const packed = pack(log(9, 1), log(2, 5), log(9, 0), log(2, 5))
    expect(places(packed)).toEqual(['2:5', '9:0', '9:1'])
    expect(packed.count).toBe(3)
  })

  test('more logs than are read together', () => {
    const logs = Array.from({ length: 400 }, (_, place) => log(100 + place, 0, { data: hashOf(place) }))
    const read = [...readPacked(pack(...logs))]
    expect(read.map(({ data }) => data)).toEqual(logs.map(({ data }) => data))
    const spoiled = logs.with(399, log(499, 0, { transactionHash: `0x${'0'.repeat(63)}g` }))
    expect(() => pack(...spoiled)).toThrow(MalformedReplyError)
  })

  test.each([
    ['not a list', {}],
    ['null', null],
    ['a log that is null', [null]],
    ['a short address', [log(1, 1, { address: '0xcc' })]],
    ['an address that is no hex', [log(1, 1, { address: `0x${'g'.repeat(40)}` })]],
    ['letters outside ASCII whose low byte is a digit', [log(1, 1, { data: `0x${'\u0131'.repeat(64)}` })]],
    ['five topics', [log(1, 1, { topics: Array(5).fill(hashOf(1)) })]],
    ['a topic of 31 bytes', [log(1, 1, { topics: [`0x${'1'.repeat(62)}`] })]],
    ['a topic that is a number', [log(1, 1, { topics: [1] })]],
    ['topics that are text', [log(1, 1, { topics: 'none' })]],
    ['an address with a capital X', [log(1, 1, { address: token.replace('x', 'X') })]],
    ['a topic without 0x', [log(1, 1, { topics: ['1'.repeat(66)] })]],
    ['a transaction that is no hex', [log(1, 1, { transactionHash: `0x${'0'.repeat(63)}g` })]],
    ['an 0x among the digits of a topic', [log(1, 1, { topics: [`0x${'0x'.repeat(32)}`] })]],
    ['long data that is no hex', [log(1, 1, { data: `0x${'0'.repeat(99_999)}g` })]],
    ['long data that is not ASCII', [log(1, 1, { data: `0x${'0'.repeat(99_998)}\u0131\u0131` })]],
    ['half a byte of long data', [log(1, 1, { data: `0x${'0'.repeat(99_999)}` })]],
    ['half a byte of data', [log(1, 1, { data: '0x123' })]],
    ['data without 0x', [log(1, 1, { data: '12' })]],
    ['no data field', [log(1, 1, { data: undefined })]],
    ['a decimal block number', [log(1, 1, { blockNumber: 1 })]],
    ['a block number without digits', [log(1, 1, { blockNumber: '0x' })]],
    ['a pending log', [log(1, 1, { blockNumber: null })]],
    ['a block beyond what a number holds', [log(1, 1, { blockNumber: '0x20000000000000' })]],
    ['an index beyond 32 bits', [log(1, 1, { logIndex: '0x100000000' })]],
    ['a short transaction hash', [log(1, 1, { transactionHash: '0x12' })]],
    ['no block hash', [log(1, 1, { blockHash: null })]],
    ['a removed log', [log(1, 1, { removed: true })]],
    ['a block after the asked ones', [log(1_000_001, 1)]],
    ['two logs at one place', [log(1, 1), log(1, 1, { transactionHash: hashOf(9) })]],
    ['two hashes of one block', [log(1, 1), log(1, 2, { blockHash: hashOf(9) })]],
  ])('refuses %s', (_, reply) => {
    expect(() => packLogs(reply, asked)).toThrow(MalformedReplyError)
  })

  test.each([
    ['anything', []],
    ['anything at each place', [null, null, null, null]],
    ['its event', [[topics.transfer, topics.approval]]],
    ['its event and owner', [[topics.approval], [addressTopic(other), addressTopic(owner)]]],
    ['its spender', [null, null, [addressTopic(other)]]],
  ] satisfies Asked[])('takes a log when asked for %s', (_, choice) => {
    expect(packLogs([log(1, 1)], { ...asked, topics: choice }).count).toBe(1)
  })

  test.each([
    ['another event', [[topics.transfer]]],
    ['another owner', [[topics.approval], [addressTopic(other)]]],
    ['an event that ends alike', [[`0x${'11'.repeat(28)}${topics.approval.slice(-8)}`]]],
    ['a topic that is the owner behind other bytes', [null, [`0x01${addressTopic(owner).slice(4)}`]]],
    ['a fourth topic', [null, null, null, [addressTopic(owner)]]],
    ['none of no owners', [[topics.approval], []]],
  ] satisfies Asked[])('refuses a log when asked for %s', (_, choice) => {
    expect(() => packLogs([log(1, 1)], { ...asked, topics: choice })).toThrow(/not asked for/)
  })

  test('refuses a block before the asked ones', () => {
    const range = { fromBlock: 5n, toBlock: 9n }
    expect(() => packLogs([log(4, 1)], { ...asked, range })).toThrow(/outside the asked blocks/)
  })
})

describe('parts', () => {
  test('concatPacked sorts and keeps each log once', () => {
    const packed = concatPacked([pack(log(5, 0), log(6, 0)), emptyPacked, pack(log(1, 0), log(5, 0))])
    expect(places(packed)).toEqual(['1:0', '5:0', '6:0'])
    expect(packed.count).toBe(3)
    expect(concatPacked([])).toEqual(emptyPacked)
  })

  test('selectAccount keeps the logs with the account at that place', () => {
    const swapped = log(2, 0, { topics: [topics.approval, addressTopic(other), addressTopic(owner)] })
    const packed = pack(log(1, 0), swapped, log(3, 0, { topics: [topics.approval] }))
    expect(places(selectAccount(packed, 1, owner))).toEqual(['1:0'])
    expect(places(selectAccount(packed, 2, owner))).toEqual(['2:0'])
    expect(places(selectAccount(packed, 2, getAddress(other)))).toEqual(['1:0'])
    expect(selectAccount(packed, 3, owner).count).toBe(0)
  })

  test('a word that ends in the account is not the account', () => {
    const packed = pack(log(1, 0, { topics: [topics.approval, `0x01${addressTopic(owner).slice(4)}`] }))
    expect(selectAccount(packed, 1, owner).count).toBe(0)
  })

  test.each([
    [{ fromBlock: 2n, toBlock: 3n }, ['2:0', '2:1', '3:0']],
    [{ fromBlock: 4n, toBlock: 8n }, []],
    [{ fromBlock: 0n, toBlock: 99n }, ['1:0', '2:0', '2:1', '3:0', '9:0']],
    [{ fromBlock: 9n, toBlock: 9n }, ['9:0']],
  ])('slicePacked keeps blocks %o', (range, kept) => {
    const sliced = slicePacked(pack(log(1, 0), log(2, 0), log(2, 1), log(3, 0), log(9, 0)), range)
    expect(places(sliced)).toEqual(kept)
    expect(sliced.count).toBe(kept.length)
  })

  test.each([
    ['a row that is cut', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1)],
    ['a row without a length', (bytes: Uint8Array) => new Uint8Array(bytes.length)],
    ['topics beyond the end of the row', (bytes: Uint8Array) => bytes.map((byte, at) => (at === 14 ? 7 : byte))],
  ])('damaged bytes are noticed: %s', (_, damage) => {
    const { bytes } = pack(log(1, 0, { topics: [] }))
    expect(() => [...readPacked({ bytes: damage(bytes), count: 1 })]).toThrow(DamagedLogsError)
  })
})
