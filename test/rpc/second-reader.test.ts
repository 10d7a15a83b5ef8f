/** The second stack against a real node, and against one that misbehaves. */
import type { Address } from 'viem'
import { keccak256, pad, toHex } from 'viem/utils'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import type { Reading, SecondAnswer } from '../../src/core/second-opinion.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { createSecondReader } from '../../src/rpc/second-reader.ts'
import { at, hashOf } from '../../src/testing.ts'
import { type Behave, type NodeProxy, pass, startNodeProxy } from '../end-to-end/support/node-proxy.ts'

let node: DevelopmentNode
let proxy: NodeProxy
let behave: Behave = () => pass
let sent: readonly { readonly method: string; readonly params: readonly unknown[] }[] = []
const key = '/v2/key-of-the-test'
const holder = at(0xa11ce)
const block = 1n

/** Returns its word of calldata at 4: what it is asked with. */
const echo = at(0xec40)
const echoCode = '0x6004355f5260205ff3'
const reverting = at(0xdead)
const delegated = at(0xde1e)
const designator = `0xef0100${'12'.repeat(20)}`

beforeAll(async () => {
  node = await startAnvil()
  proxy = await startNodeProxy(node.url, (method, params) => {
    sent = [...sent, { method, params }]
    return behave(method, params)
  })
  await node.send('anvil_setBalance', [holder, toHex(123n)])
  await node.send('anvil_setNonce', [holder, toHex(9n)])
  await node.send('anvil_setCode', [echo, echoCode])
  await node.send('anvil_setCode', [reverting, '0x5f5ffd'])
  await node.send('anvil_setCode', [delegated, designator])
  await node.send('anvil_setStorageAt', [echo, pad('0x1', { size: 32 }), pad('0xabcd', { size: 32 })])
  await node.send('anvil_mine', ['0x1'])
}, 60_000)
beforeEach(() => {
  behave = () => pass
  sent = []
})
afterAll(async () => {
  await proxy?.stop()
  await node?.stop()
})

type Over = { readonly signal?: AbortSignal; readonly timeoutMs?: number; readonly maximumRequests?: number }

function readerAt(url: string, { signal = new AbortController().signal, ...over }: Over = {}) {
  return createSecondReader(createRpcClient({ url, signal, timeoutMs: 400, ...over }), { signal, backoffMs: 1 })
}

const call = (to: Address, signature: string, more: Partial<Extract<Reading, { kind: 'call' }>> = {}): Reading => ({
  kind: 'call',
  to,
  function: signature,
  returns: 'uint256',
  arguments: [],
  block,
  ...more,
})
const balance: Reading = { kind: 'balance', address: holder, block }

async function answer(reading: Reading, reader = readerAt(proxy.url)): Promise<SecondAnswer> {
  const [only] = await reader.read([reading])
  if (only === undefined) throw new Error('there is no answer')
  return only
}

describe('reads as words', () => {
  const echoes = (type: string, given: string) => call(echo, `f(${type})`, { returns: type, arguments: [given] })
  test.each<[string, Reading, string]>([
    ['a number', echoes('uint256', String(2n ** 256n - 1n)), String(2n ** 256n - 1n)],
    ['an address, as EIP-55 spells it', echoes('address', at(0xabcdef)), at(0xabcdef)],
    ['true', echoes('bool', 'true'), 'true'],
    ['false', echoes('bool', 'false'), 'false'],
    ['a balance', balance, '123'],
    ['a nonce', { kind: 'nonce', address: holder, block }, '9'],
    ['no code', { kind: 'code', address: holder, block }, '0x'],
    ['a designator', { kind: 'code', address: delegated, block }, designator],
    ['the hash of code', { kind: 'code-hash', address: echo, block }, `keccak256 ${keccak256(echoCode)}`],
    [
      'a word of storage',
      { kind: 'storage', address: echo, slot: pad('0x1', { size: 32 }), block },
      pad('0xabcd', { size: 32 }),
    ],
    ['the chain', { kind: 'chain-id' }, '31337'],
  ])('%s', async (_, reading, value) => {
    expect(await answer(reading)).toEqual({ kind: 'value', value })
  })

  test('long code, of which only the hash is kept', async () => {
    const code = `0x${'00'.repeat(24)}` as const
    await node.send('anvil_setCode', [at(0x24), code])
    const value = `keccak256 ${keccak256(code)}`
    await node.send('anvil_mine', ['0x1'])
    const { number } = (await node.send('eth_getBlockByNumber', ['latest', false])) as { number: string }
    expect(await answer({ kind: 'code', address: at(0x24), block: BigInt(number) })).toEqual({ kind: 'value', value })
  })

  test('a block, its time, and the fee after it', async () => {
    const { hash, timestamp } = (await node.send('eth_getBlockByNumber', ['0x1', false])) as Record<
      string,
      `0x${string}`
    >
    const time = String(Number(timestamp))
    expect(await answer({ kind: 'block', block })).toEqual({ kind: 'value', value: `1, ${hash}, ${time}` })
    expect(await answer({ kind: 'block-time', block })).toEqual({ kind: 'value', value: time })
    const history = (await node.send('eth_feeHistory', ['0x1', '0x1', []])) as { baseFeePerGas: readonly string[] }
    const value = String(BigInt(history.baseFeePerGas[1] ?? '0x0'))
    expect(await answer({ kind: 'next-base-fee', block })).toEqual({ kind: 'value', value })
  })

  test('what is not there', async () => {
    expect(await answer({ kind: 'block', block: 10n ** 9n })).toEqual({ kind: 'absent' })
    expect(await answer({ kind: 'transaction', hash: hashOf(1) })).toEqual({ kind: 'absent' })
    expect(await answer({ kind: 'log', transaction: hashOf(1), index: 0 })).toEqual({ kind: 'absent' })
  })

  test('a log by its place in the block', async () => {
    const receipt = { logs: [{ logIndex: '0x3', blockNumber: '0x7' }] }
    behave = () => ({ kind: 'answer', result: receipt })
    expect(await answer({ kind: 'log', transaction: hashOf(1), index: 3 })).toEqual({ kind: 'value', value: '7' })
    expect(await answer({ kind: 'log', transaction: hashOf(1), index: 4 })).toEqual({ kind: 'empty' })
  })

  test('a transaction by its block', async () => {
    behave = () => ({ kind: 'answer', result: { blockNumber: '0x7' } })
    expect(await answer({ kind: 'transaction', hash: hashOf(1) })).toEqual({ kind: 'value', value: '7' })
    behave = () => ({ kind: 'answer', result: { blockNumber: null } })
    expect(await answer({ kind: 'transaction', hash: hashOf(1) })).toEqual({ kind: 'value', value: 'pending' })
  })
})

describe('tells apart', () => {
  const allowance = (to: Address) => call(to, 'allowance(address,address)', { arguments: [holder, echo] })

  test('a revert, an empty answer and a zero', async () => {
    expect(await answer(allowance(reverting))).toEqual({ kind: 'reverted' })
    expect(await answer(allowance(holder))).toEqual({ kind: 'empty' })
    behave = () => ({ kind: 'answer', result: pad('0x', { size: 32 }) })
    expect(await answer(allowance(echo))).toEqual({ kind: 'value', value: '0' })
  })

  test.each<[string, ReturnType<Behave>, string]>([
    ['a refusal', { kind: 'refuse', code: -32000, message: 'denied by policy' }, 'rpc-refused'],
    ['pruned state', { kind: 'refuse', code: -32000, message: 'missing trie node 5a7c' }, 'state-unavailable'],
    ['a missing method', { kind: 'refuse', code: -32601, message: 'method not found' }, 'method-not-supported'],
    ['a rate limit', { kind: 'http', status: 429, body: 'slow' }, 'rate-limited'],
    ['HTTP 503', { kind: 'http', status: 503, body: 'busy' }, 'http-status'],
    ['a redirect', { kind: 'http', status: 302, body: '' }, 'http-status'],
    ['no answer in time', { kind: 'hang' }, 'rpc-timeout'],
    ['a broken connection', { kind: 'close' }, 'connection-failed'],
    ['a number that is none', { kind: 'answer', result: 'moon' }, 'invalid-reply'],
    ['null', { kind: 'answer', result: null }, 'invalid-reply'],
    ['an answer to somebody else', { kind: 'http', status: 200, body: '{"id":99,"result":"0x1"}' }, 'invalid-reply'],
    ['no JSON', { kind: 'http', status: 200, body: '<html>' }, 'invalid-reply'],
  ])('%s, without a word of the URL', async (_, how, code) => {
    behave = () => how
    const reading = await answer(balance, readerAt(proxy.url + key))
    expect(reading).toMatchObject({ kind: 'failed', error: { code } })
    expect(JSON.stringify(reading)).not.toContain('key-of-the-test')
  })

  test('answers that cannot be decoded', async () => {
    behave = () => ({ kind: 'answer', result: '0x1234' })
    expect(await answer(allowance(echo))).toMatchObject({ kind: 'failed', error: { code: 'invalid-reply' } })
  })

  test('a function that is none', async () => {
    const odd = call(echo, 'f(', { arguments: [] })
    expect(await answer(odd)).toMatchObject({ kind: 'failed', error: { code: 'invalid-reply' } })
    expect(sent).toEqual([])
  })
})

describe('on the wire', () => {
  test('asks at the block, one read at a time, and nothing else', async () => {
    await readerAt(proxy.url).read([balance, call(echo, 'totalSupply()')])
    expect(sent).toEqual([
      { method: 'eth_getBalance', params: [holder, '0x1'] },
      { method: 'eth_call', params: [{ to: echo, data: '0x18160ddd' }, '0x1'] },
    ])
  })

  test('tries again what passes, and not what a node has said', async () => {
    let failures = 2
    behave = () => (failures-- > 0 ? { kind: 'http', status: 503, body: 'busy' } : pass)
    expect(await answer(balance)).toEqual({ kind: 'value', value: '123' })
    expect(sent).toHaveLength(3)
    sent = []
    behave = () => ({ kind: 'refuse', code: -32000, message: 'denied by policy' })
    await answer(balance)
    expect(sent).toHaveLength(1)
  })

  test('gives a dead endpoint up after a few reads', async () => {
    behave = () => ({ kind: 'close' })
    const answers = await readerAt(proxy.url).read(Array.from({ length: 100 }, () => balance))
    expect(answers).toHaveLength(100)
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['failed']))
    expect(sent.length).toBeLessThan(20)
  })

  test('sends no more than may be sent', async () => {
    const reader = readerAt(proxy.url, { maximumRequests: 2 })
    const answers = await reader.read([balance, balance, balance])
    expect(answers.map((one) => (one.kind === 'failed' ? one.error.code : one.kind))).toEqual([
      'value',
      'value',
      'request-budget-used',
    ])
    expect(reader.requestCount()).toBe(2)
  })

  test('ends when the run is stopped', async () => {
    const stop = new AbortController()
    behave = () => ({ kind: 'hang' })
    const reading = answer(balance, readerAt(proxy.url, { signal: stop.signal, timeoutMs: 60_000 }))
    setTimeout(() => stop.abort(), 50)
    expect(await reading).toMatchObject({ kind: 'failed', error: { code: 'stopped' } })
    const late = readerAt(proxy.url, { signal: stop.signal })
    expect(await answer(balance, late)).toMatchObject({ kind: 'failed', error: { code: 'stopped' } })
  })

  test('goes through a client that the caller holds, with the failures it knows', async () => {
    const { host, endpointId, requestCount, request } = createRpcClient({ url: proxy.url, maximumAttempts: 1 })
    const stop = new AbortController()
    const reader = createSecondReader(
      { host, endpointId, requestCount, request },
      { signal: stop.signal, backoffMs: 1 },
    )
    expect(reader.host).toBe(host)
    expect(await answer(balance, reader)).toEqual({ kind: 'value', value: '123' })
    expect(await answer(call(reverting, 'totalSupply()'), reader)).toEqual({ kind: 'reverted' })
    expect(reader.requestCount()).toBe(2)
    behave = () => ({ kind: 'hang' })
    setTimeout(() => stop.abort(), 50)
    expect(await answer(balance, reader)).toMatchObject({ kind: 'failed', error: { code: 'stopped' } })
    expect(await answer(balance, reader)).toMatchObject({ kind: 'failed', error: { code: 'stopped' } })
  })

  test('reads nothing when there is nothing to read', async () => {
    expect(await readerAt('http://127.0.0.1:1').read([])).toEqual([])
  })
})
