import fc from 'fast-check'
import type { Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import {
  ConnectionError,
  HttpStatusError,
  InvalidReplyError,
  MethodNotSupportedError,
  RateLimitedError,
  RequestStoppedError,
  RpcRefusedError,
  RpcTimeoutError,
  StateUnavailableError,
} from '../../src/rpc/errors.ts'
import type { CallResult } from '../../src/rpc/read-contracts.ts'
import { readMany } from '../../src/rpc/read-many.ts'
import type { FixedRead } from '../../src/rpc/read-program/packing.ts'
import { at } from '../../src/testing.ts'
import { type Behaviour, type Contracts, programNode, type Way } from '../support/program-node.ts'

const place = { host: 'node.example', method: 'eth_call' }
const refused = (code: number, message: string) => new RpcRefusedError(place, { code, message })
const word = (number: number | bigint) => number.toString(16).padStart(64, '0')
const balanceOf = (to: number): FixedRead => ({ to: at(to), data: `0x70a08231${word(0xbeef)}`, words: 1 })
const balances = (count: number) => Array.from({ length: count }, (_, index) => balanceOf(index + 1))

/** Every contract returns its own number: never zero, so that a zero can only be made up. */
const numbers: Contracts = (to) => ({ returns: `0x${word(BigInt(to))}` })
const own = (count: number): readonly CallResult[] =>
  Array.from({ length: count }, (_, index) => ({ status: 'ok', data: `0x${word(BigInt(at(index + 1)))}` }))
const waysOf = (seen: readonly { way: Way }[]) => seen.map(({ way }) => way)
const sizesOf = (seen: readonly { reads: number }[]) => seen.map(({ reads }) => reads)

describe('a node that runs the program', () => {
  test('answers reads of different kinds in one request, in order, at the block', async () => {
    const allowance = (to: number, spender: number): FixedRead => ({
      to: at(to),
      data: `0xdd62ed3e${word(0xbeef)}${word(spender)}`,
      words: 1,
    })
    const inPermit2 = (token: number): FixedRead => ({
      to: at(0x22),
      data: `0x927da105${word(0xbeef)}${word(token)}${word(5)}`,
      words: 3,
    })
    const contracts: Contracts = (_, data) => ({ returns: `0x${word(BigInt(`0x${data.slice(-2)}`)).repeat(3)}` })
    const { rpc, seen } = programNode({ contracts })
    const reads = [allowance(1, 7), inPermit2(8), balanceOf(1), allowance(2, 9), inPermit2(10)]
    const expected = [word(7), word(5).repeat(3), word(0xef), word(9), word(5).repeat(3)]
    expect(await readMany(rpc, reads, 255n)).toEqual(expected.map((data) => ({ status: 'ok', data: `0x${data}` })))
    expect(seen).toMatchObject([{ way: 'override', reads: 5, block: '0xff' }])
  })

  test('takes 10,000 balances in two requests of at most 50 bytes a read', async () => {
    const { rpc, seen } = programNode({ contracts: numbers })
    expect(await readMany(rpc, balances(10_000), 1n)).toEqual(own(10_000))
    expect(sizesOf(seen)).toEqual([5_000, 5_000])
    expect(seen.reduce((sum, { bytes }) => sum + bytes, 0) / 10_000).toBeLessThanOrEqual(50)
  })

  test('goes on where its gas ended, and is asked for little more than it took', async () => {
    const { rpc, seen } = programNode({ contracts: numbers, gasForReads: 450 })
    expect(await readMany(rpc, balances(2_000), 1n)).toEqual(own(2_000))
    expect(sizesOf(seen)).toEqual([2_000, 507, 507, 507, 200])
  })

  test.each<[string, Behaviour, CallResult, number]>([
    ['nothing', { returns: '0x' }, { status: 'empty' }, 0],
    ['a revert without data', { reverts: '0x' }, { status: 'reverted', data: '0x' }, 0],
    ['a revert with data', { reverts: '0x08c379a0' }, { status: 'reverted', data: '0x08c379a0' }, 1],
    ['less than a word', { returns: '0x01' }, { status: 'ok', data: '0x01' }, 1],
    ['more than a word', { returns: `0x${word(5)}abcd` }, { status: 'ok', data: `0x${word(5)}` }, 0],
    ['a value that takes more gas', { starved: `0x${word(5)}ab` }, { status: 'ok', data: `0x${word(5)}` }, 1],
  ])('a contract that answers %s: as a call of its own says', async (_, behaviour, expected, plainCalls) => {
    const contracts: Contracts = (to, data) => (to === at(2) ? behaviour : numbers(to, data))
    const { rpc, seen } = programNode({ contracts })
    expect(await readMany(rpc, balances(3), 1n)).toEqual(own(3).toSpliced(1, 1, expected))
    expect(waysOf(seen)).toEqual(['override', ...Array(plainCalls).fill('plain')])
  })

  test('a contract that no call can read fails alone', async () => {
    const contracts: Contracts = (to, data) =>
      to === at(2) ? { refuses: refused(-32000, 'out of gas') } : numbers(to, data)
    const [first, second, third] = await readMany(programNode({ contracts }).rpc, balances(3), 1n)
    expect([first, third]).toEqual([own(3)[0], own(3)[2]])
    expect(second).toMatchObject({ status: 'failed', error: { code: 'rpc-refused' } })
  })

  test.each([
    ['one read', balances(1)],
    [
      'reads that the program cannot do',
      [1, 2, 3].map((to) => ({ to: at(to), data: '0x1234' as Hex, words: 1 as const })),
    ],
  ])('is not asked for %s', async (_, reads) => {
    const { rpc, seen } = programNode({ contracts: numbers })
    expect(await readMany(rpc, reads, 1n)).toEqual(own(reads.length))
    expect(new Set(waysOf(seen))).toEqual(new Set(['plain']))
  })

  test('is not asked for nothing', async () => {
    const { rpc, seen } = programNode({ contracts: numbers })
    expect(await readMany(rpc, [], 1n)).toEqual([])
    expect(seen).toEqual([])
  })
})

describe('a node that does not run it', () => {
  const withoutOverrides: readonly (readonly [string, unknown])[] = [
    ['ignores the code', '0x'],
    ['answers zeros', `0x${word(0)}`],
    ['answers something else', null],
    ['takes no third parameter', refused(-32602, 'too many arguments, want at most 2')],
    ['does not support it', refused(-32000, 'unsupported: upgrade to a paid plan')],
    ['forbids it', new HttpStatusError(place, 403)],
    ['refuses without a reason', refused(-32000, 'no')],
  ]

  test.each(withoutOverrides)('%s: the program goes as creation code', async (_, answer) => {
    const tamper = (honest: Hex, { way }: { way: Way }) => (way === 'override' ? answer : honest)
    const { rpc, seen } = programNode({ contracts: numbers, tamper })
    expect(await readMany(rpc, balances(40), 1n)).toEqual(own(40))
    expect(waysOf(seen).at(-1)).toBe('creation')
    expect(seen.length).toBeLessThanOrEqual(3)
  })

  test.each(withoutOverrides)('%s either way: plain calls read it', async (_, answer) => {
    const { rpc, seen } = programNode({ contracts: numbers, tamper: () => answer })
    expect(await readMany(rpc, balances(40), 1n)).toEqual(own(40))
    expect(waysOf(seen).filter((way) => way === 'plain')).toHaveLength(40)
    expect(seen.length).toBeLessThanOrEqual(44)
  })

  test('is not tried again the same way', async () => {
    const tamper = (honest: Hex, { way }: { way: Way }) => (way === 'override' ? '0x' : honest)
    const { rpc, seen } = programNode({ contracts: numbers, tamper })
    await readMany(rpc, balances(2), 1n)
    await readMany(rpc, balances(3), 2n)
    expect(waysOf(seen)).toEqual(['override', 'creation', 'creation'])
  })

  test('creation code takes as many as fit', async () => {
    const tamper = (honest: Hex, { way }: { way: Way }) => (way === 'override' ? '0x' : honest)
    const { rpc, seen } = programNode({ contracts: numbers, tamper })
    expect(await readMany(rpc, balances(6_000), 1n)).toEqual(own(6_000))
    expect(sizesOf(seen.slice(1))).toEqual([2_422, 2_422, 1_156])
  })
})

describe('a node that takes only so much', () => {
  test.each<[string, Error]>([
    ['a body too large', new HttpStatusError(place, 413)],
    ['a timeout of the node', refused(-32000, 'execution aborted (timeout = 5s)')],
    ['out of gas', refused(-32000, 'intrinsic gas too low')],
    ['a timeout of ours', new RpcTimeoutError(place, 30_000)],
    ['a broken answer', new InvalidReplyError(place, 'json')],
  ])('by %s: is asked for less, then for more again', async (_, failure) => {
    const tamper = (honest: Hex, { reads }: { reads: number }) => (reads > 1_000 ? failure : honest)
    const { rpc, seen } = programNode({ contracts: numbers, tamper })
    expect(await readMany(rpc, balances(5_000), 1n)).toEqual(own(5_000))
    expect(sizesOf(seen).slice(0, 3)).toEqual([5_000, 16, 128])
    expect(Math.max(...sizesOf(seen).slice(3))).toBeGreaterThanOrEqual(500)
    expect(seen.length).toBeLessThanOrEqual(17)
  })

  test('a cut answer is asked for again in smaller pieces', async () => {
    const tamper = (honest: Hex) => (honest.length > 2_000 ? honest.slice(0, 2_000) : honest)
    const { rpc, seen } = programNode({ contracts: numbers, tamper })
    await readMany(rpc, balances(3), 1n)
    expect(await readMany(rpc, balances(300), 1n)).toEqual(own(300))
    expect(new Set(waysOf(seen))).toEqual(new Set(['override']))
  })
})

describe('a node that is no help', () => {
  test.each<[string, Error, string]>([
    ['refuses the rate', new RateLimitedError(place), 'rate-limited'],
    ['has no eth_call', new MethodNotSupportedError(place), 'method-not-supported'],
    ['is asked no more', new RequestStoppedError(place), 'stopped'],
  ])('and %s is asked once, and every read says why', async (_, failure, code) => {
    const { rpc, seen } = programNode({ contracts: numbers, tamper: () => failure })
    const results = await readMany(rpc, balances(500), 1n)
    expect(results).toEqual(Array(500).fill({ status: 'failed', error: expect.objectContaining({ code }) }))
    expect(seen).toHaveLength(1)
  })

  test.each<[string, Error, string]>([
    ['lost the state', new StateUnavailableError(place, 'pruned'), 'state-unavailable'],
    ['never answers', new RpcTimeoutError(place, 30_000), 'rpc-timeout'],
    ['breaks off', new ConnectionError(place, 'ECONNRESET'), 'connection-failed'],
    ['is broken', new HttpStatusError(place, 502), 'http-status'],
  ])('and %s is given up soon', async (_, failure, code) => {
    const contracts: Contracts = () => ({ refuses: failure })
    const { rpc, seen } = programNode({ contracts, tamper: () => failure })
    const results = await readMany(rpc, balances(1_000), 1n)
    expect(results).toEqual(Array(1_000).fill({ status: 'failed', error: expect.objectContaining({ code }) }))
    expect(waysOf(seen).filter((way) => way !== 'plain').length).toBeLessThanOrEqual(2)
  })

  test('and only drops large requests still answers plain calls', async () => {
    const { rpc } = programNode({ contracts: numbers, tamper: () => new ConnectionError(place, 'ECONNRESET') })
    expect(await readMany(rpc, balances(100), 1n)).toEqual(own(100))
  })
})

test('whatever is done to an answer of the program, no read becomes another value', async () => {
  const edit = fc.record({ start: fc.nat(400), removed: fc.nat(400), added: fc.array(fc.nat(255), { maxLength: 80 }) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(edit), { maxLength: 6 }),
      fc.integer({ min: 2, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      async (edits, count, gasForReads) => {
        let next = 0
        const tamper = (honest: Hex) => {
          const change = edits[next++] ?? null
          if (change === null) return honest
          const bytes = honest.slice(2).match(/../g) ?? []
          const added = change.added.map((value) => value.toString(16).padStart(2, '0'))
          return `0x${bytes.toSpliced(change.start, change.removed, ...added).join('')}`
        }
        const { rpc } = programNode({ contracts: numbers, gasForReads, tamper })
        expect(await readMany(rpc, balances(count), 1n)).toEqual(own(count))
      },
    ),
  )
})

test('a bug of ours is not taken for a failed read', async () => {
  const { rpc } = programNode({ contracts: numbers, tamper: () => new TypeError('undefined is not a function') })
  await expect(readMany(rpc, balances(2), 1n)).rejects.toThrow(TypeError)
})
