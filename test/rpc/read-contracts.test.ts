import type { Address, Hex } from 'viem'
import { decodeFunctionData, encodeFunctionResult, multicall3Abi } from 'viem'
import { describe, expect, test } from 'vitest'
import type { ReadMethod, RpcClient } from '../../src/core/rpc.ts'
import {
  ConnectionError,
  HttpStatusError,
  MethodNotSupportedError,
  RateLimitedError,
  RpcRefusedError,
  RpcTimeoutError,
  StateUnavailableError,
} from '../../src/rpc/errors.ts'
import { type CallResult, readContracts } from '../../src/rpc/read-contracts.ts'
import { at } from '../../src/testing.ts'

const aggregateAbi = [multicall3Abi[0]] as const
const place = { host: 'node.example', method: 'eth_call' }
const multicall = '0xca11bde05977b3631167028862be2a173976ca11'
const word = (number: number): Hex => `0x${number.toString(16).padStart(64, '0')}`
const refused = (code: number, message: string, data?: unknown) => new RpcRefusedError(place, { code, message, data })
const call = (number: number, data: Hex = '0x01') => ({ to: at(number), data })
const calls = (count: number) => Array.from({ length: count }, (_, index) => call(index + 1))
const numberOf = (to: Address) => Number(BigInt(to))

type Contract = (to: Address) => { success: boolean; returnData: Hex }
type Asked = { readonly method: ReadMethod; readonly to: string; readonly size: number; readonly block: unknown }

/** A node whose contracts answer by `contract`; `guard` may refuse an eth_call, bundled (size > 1) or alone (size 1). */
function simulate(options: {
  readonly contract?: Contract
  readonly code?: unknown
  readonly guard?: (targets: readonly Address[]) => unknown
  readonly inBundle?: Contract
}) {
  const { contract = (to) => ({ success: true, returnData: word(numberOf(to)) }), code = '0x60', guard } = options
  const asked: Asked[] = []
  const request: RpcClient['request'] = async (method, params) => {
    const [first, block] = params
    if (method === 'eth_getCode') {
      asked.push({ method, to: String(first), size: 0, block })
      if (code instanceof Error) throw code
      return code
    }
    const { to, data } = first as { to: Address; data: Hex } // our own reader asks
    const isBundle = to.toLowerCase() === multicall
    const targets = isBundle
      ? decodeFunctionData({ abi: aggregateAbi, data }).args[0].map(({ target }) => target)
      : [to]
    asked.push({ method, to, size: targets.length, block })
    const instead = guard?.(targets)
    if (instead instanceof Error) throw instead
    if (instead !== undefined) return instead
    if (isBundle) {
      const results = targets.map(options.inBundle ?? contract)
      return encodeFunctionResult({ abi: aggregateAbi, functionName: 'aggregate3', result: results })
    }
    const { success, returnData } = contract(to)
    if (!success) throw refused(3, 'execution reverted', returnData)
    return returnData
  }
  const rpc: RpcClient = { host: place.host, endpointId: 'fa4e', requestCount: () => asked.length, request }
  return { rpc, asked }
}

const statuses = (results: readonly CallResult[]) => results.map(({ status }) => status)
const sizes = (asked: readonly Asked[]) => asked.filter(({ method }) => method === 'eth_call').map(({ size }) => size)

describe('with Multicall3', () => {
  test('many reads are one call at the given block, in order', async () => {
    const { rpc, asked } = simulate({})
    const results = await readContracts(rpc, calls(3), 255n)
    expect(results).toEqual([1, 2, 3].map((number) => ({ status: 'ok', data: word(number) })))
    expect(asked.map(({ method, size, block }) => [method, size, block])).toEqual([
      ['eth_getCode', 0, '0xff'],
      ['eth_call', 3, '0xff'],
    ])
  })

  test('nothing to read asks nothing', async () => {
    const { rpc, asked } = simulate({})
    expect(await readContracts(rpc, [], 1n)).toEqual([])
    expect(asked).toEqual([])
  })

  test('its code is looked for once per block', async () => {
    const { rpc, asked } = simulate({})
    await readContracts(rpc, calls(2), 1n)
    await readContracts(rpc, calls(2), 1n)
    await readContracts(rpc, calls(2), 2n)
    expect(asked.filter(({ method }) => method === 'eth_getCode').map(({ block }) => block)).toEqual(['0x1', '0x2'])
  })

  test.each([
    [400, [400]],
    [401, [400, 1]],
    [1_000, [400, 400, 200]],
  ])('%i reads go in bundles of at most 400', async (count, expected) => {
    const { rpc, asked } = simulate({})
    expect(await readContracts(rpc, calls(count), 1n)).toHaveLength(count)
    expect(sizes(asked)).toEqual(expected)
  })

  test('bundles stay below 100,000 bytes', async () => {
    const { rpc, asked } = simulate({})
    const large = calls(9).map((each): typeof each => ({ ...each, data: `0x${'ab'.repeat(24_000)}` }))
    expect(statuses(await readContracts(rpc, large, 1n))).toEqual(Array(9).fill('ok'))
    expect(sizes(asked)).toEqual([4, 4, 1])
  })

  test('a revert with data, nothing returned, and a value are told apart', async () => {
    const contract: Contract = (to) =>
      [
        { success: false, returnData: '0x08c379a0' as Hex },
        { success: true, returnData: '0x' as Hex },
        { success: true, returnData: word(7) },
      ][numberOf(to) - 1] ?? { success: true, returnData: word(0) }
    const { rpc, asked } = simulate({ contract })
    expect(await readContracts(rpc, calls(3), 1n)).toEqual([
      { status: 'reverted', data: '0x08c379a0' },
      { status: 'empty' },
      { status: 'ok', data: word(7) },
    ])
    expect(sizes(asked)).toEqual([3])
  })

  test('after a failure without data every failed read is asked again alone: it may have lacked gas', async () => {
    const failsInBundle: Contract = (to) =>
      numberOf(to) === 2
        ? { success: false, returnData: '0x' }
        : numberOf(to) === 3
          ? { success: false, returnData: '0xdeadbeef' }
          : { success: true, returnData: word(numberOf(to)) }
    const { rpc, asked } = simulate({ inBundle: failsInBundle })
    expect(await readContracts(rpc, calls(4), 1n)).toEqual(
      [1, 2, 3, 4].map((number) => ({ status: 'ok', data: word(number) })),
    )
    expect(sizes(asked)).toEqual([4, 1, 1])
  })

  test('a plain revert without data stays a revert', async () => {
    const { rpc } = simulate({ contract: () => ({ success: false, returnData: '0x' }) })
    expect(await readContracts(rpc, calls(2), 1n)).toEqual(Array(2).fill({ status: 'reverted', data: '0x' }))
  })

  test.each<[string, unknown]>([
    ['out of gas', refused(-32000, 'out of gas')],
    ['too large', refused(-32000, 'call returned result on length 160064 exceeding --rpc.returndata.limit 100000')],
    ['a timeout of the node', refused(-32000, 'execution aborted (timeout = 5s)')],
    ['a timeout of ours', new RpcTimeoutError(place, 30_000)],
    ['HTTP 413', new HttpStatusError(place, 413)],
    ['a broken connection', new ConnectionError(place, 'ECONNRESET')],
    ['garbage', '0x1234'],
    ['no hex', { hello: 1 }],
    ['an empty answer', '0x'],
    ['too few results', encodeFunctionResult({ abi: aggregateAbi, functionName: 'aggregate3', result: [] })],
  ])('a bundle that ends as %s is halved until one read is to blame', async (_, failure) => {
    // What is no error can only be a wrong bundle: alone, the same read works.
    const isAlwaysToBlame = failure instanceof Error
    const guard = (targets: readonly Address[]) =>
      targets.includes(at(5)) && (targets.length > 1 || isAlwaysToBlame) ? failure : undefined
    const results = await readContracts(simulate({ guard }).rpc, calls(40), 1n)
    const expected = calls(40).map(({ to }) => (to === at(5) && isAlwaysToBlame ? 'failed' : 'ok'))
    expect(statuses(results)).toEqual(expected)
  })

  test.each<[string, Error, string]>([
    ['the rate', new RateLimitedError(place), 'rate-limited'],
    ['the state', new StateUnavailableError(place, 'pruned'), 'state-unavailable'],
    ['the method', new MethodNotSupportedError(place), 'method-not-supported'],
    ['the key', refused(-32000, 'Unauthorized: invalid api key'), 'rpc-refused'],
    ['HTTP 403', new HttpStatusError(place, 403), 'http-status'],
  ])('a bundle refused for %s is not halved, and every read says why', async (_, failure, code) => {
    const { rpc, asked } = simulate({ guard: () => failure })
    const results = await readContracts(rpc, calls(100), 1n)
    expect(results).toEqual(Array(100).fill({ status: 'failed', error: expect.objectContaining({ code }) }))
    expect(sizes(asked)).toEqual([100])
  })

  test.each<[string, Error, number]>([
    ['times out', new RpcTimeoutError(place, 30_000), 20],
    ['answers 502', new HttpStatusError(place, 502), 40],
    ['is gone', new ConnectionError(place, 'ECONNREFUSED'), 20],
  ])('a node that always %s is given up soon, and nothing is dropped', async (_, failure, mostRequests) => {
    const { rpc, asked } = simulate({ guard: () => failure })
    const results = await readContracts(rpc, calls(1_200), 1n)
    expect(statuses(results)).toEqual(Array(1_200).fill('failed'))
    expect(asked.length).toBeLessThan(mostRequests)
  })
})

describe('without Multicall3', () => {
  test.each<[string, unknown]>([
    ['there is no code', '0x'],
    ['its code cannot be read', new StateUnavailableError({ ...place, method: 'eth_getCode' }, 'pruned')],
    ['its code is garbage', null],
  ])('%s: each read is its own call', async (_, code) => {
    const { rpc, asked } = simulate({ code })
    expect(statuses(await readContracts(rpc, calls(30), 1n))).toEqual(Array(30).fill('ok'))
    expect(sizes(asked)).toEqual(Array(30).fill(1))
  })

  test('a single read does not look for it', async () => {
    const { rpc, asked } = simulate({})
    expect(await readContracts(rpc, calls(1), 1n)).toEqual([{ status: 'ok', data: word(1) }])
    expect(asked.map(({ method }) => method)).toEqual(['eth_call'])
  })

  test('no more than eight calls run at once', async () => {
    let running = 0
    let most = 0
    const rpc: RpcClient = {
      host: '',
      endpointId: 'fa4e',
      requestCount: () => 0,
      request: async (method) => {
        if (method === 'eth_getCode') return '0x'
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 1))
        running--
        return word(1)
      },
    }
    expect(statuses(await readContracts(rpc, calls(50), 1n))).toEqual(Array(50).fill('ok'))
    expect(most).toBe(8)
  })

  test('a hundred reverts in a row are a hundred answers', async () => {
    const { rpc } = simulate({ code: '0x', contract: () => ({ success: false, returnData: '0x' }) })
    expect(statuses(await readContracts(rpc, calls(100), 1n))).toEqual(Array(100).fill('reverted'))
  })

  test.each<[string, unknown, CallResult]>([
    ['code 3', refused(3, 'execution reverted', '0xABcd'), { status: 'reverted', data: '0xabcd' }],
    ['words only', refused(-32000, 'execution reverted'), { status: 'reverted', data: '0x' }],
    ['data in an object', refused(-32603, 'reverted', { data: '0x12' }), { status: 'reverted', data: '0x12' }],
    [
      'data after a word',
      refused(-32015, 'VM execution error.', 'Reverted 0x08c379a0'),
      { status: 'reverted', data: '0x08c379a0' },
    ],
    [
      'an invalid opcode, as geth says it',
      refused(-32000, 'invalid opcode: INVALID'),
      { status: 'reverted', data: '0x' },
    ],
    [
      'an invalid opcode, as anvil says it',
      refused(-32603, 'EVM error InvalidFEOpcode'),
      { status: 'reverted', data: '0x' },
    ],
    ['a bad jump', refused(-32000, 'invalid jump destination'), { status: 'reverted', data: '0x' }],
    ['a stack that underflows', refused(-32000, 'stack underflow (0 <=> 1)'), { status: 'reverted', data: '0x' }],
    ['no return data', '0x', { status: 'empty' }],
    ['upper-case hex', '0xAB', { status: 'ok', data: '0xab' }],
  ])('%s', async (_, answer, expected) => {
    const { rpc } = simulate({ guard: () => answer })
    expect(await readContracts(rpc, calls(1), 1n)).toEqual([expected])
  })

  test.each<[string, unknown, string]>([
    ['too little gas', refused(-32000, 'out of gas'), 'rpc-refused'],
    ['too little gas, as one node says it', refused(-32015, 'VM execution error.', 'OutOfGas'), 'rpc-refused'],
    ['null', null, 'malformed-reply'],
    ['odd hex', '0x123', 'malformed-reply'],
    ['a number', 12, 'malformed-reply'],
    ['a timeout', new RpcTimeoutError(place, 1), 'rpc-timeout'],
  ])('%s is a failure, neither empty nor a revert', async (_, answer, code) => {
    const { rpc } = simulate({ guard: () => answer })
    expect(await readContracts(rpc, calls(1), 1n)).toMatchObject([{ status: 'failed', error: { code } }])
  })
})

test('a bug of ours is not taken for a failed read', async () => {
  const { rpc } = simulate({ guard: () => new TypeError('undefined is not a function') })
  await expect(readContracts(rpc, calls(2), 1n)).rejects.toThrow(TypeError)
})
