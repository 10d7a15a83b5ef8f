/** Clients that somebody else holds: the same questions, our words for their errors, nothing of their URL. */
import { FetchRequest, JsonRpcProvider, Network } from 'ethers'
import { createPublicClient, http } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAnvil } from '../../fixtures/chains/anvil.ts'
import type { ReadMethod, RpcClient } from '../../src/core/rpc.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import {
  ConnectionError,
  HttpStatusError,
  InvalidReplyError,
  MethodNotAllowedError,
  MethodNotSupportedError,
  RateLimitedError,
  RpcRefusedError,
  RpcTimeoutError,
  StateUnavailableError,
} from '../../src/rpc/errors.ts'
import { fromEthers } from '../../src/rpc/from-ethers.ts'
import { fromViem } from '../../src/rpc/from-viem.ts'
import { type Behaviour, type NodeProxy, pass, startNodeProxy } from '../end-to-end/support/node-proxy.ts'

let node: Awaited<ReturnType<typeof startAnvil>>
let proxy: NodeProxy
let behaviour: Behaviour = pass
beforeAll(async () => {
  node = await startAnvil()
  proxy = await startNodeProxy(node.url, () => behaviour)
}, 60_000)
afterAll(async () => {
  await proxy?.stop()
  await node?.stop()
})

const key = '/v2/key-of-the-test'

function ethersClient(url: string): RpcClient {
  const request = new FetchRequest(url)
  request.timeout = 500
  request.setThrottleParams({ maxAttempts: 1, slotInterval: 1 })
  const network = Network.from(31337)
  return fromEthers(new JsonRpcProvider(request, network, { staticNetwork: network, batchMaxCount: 1 }))
}

const viemClient = (url: string): RpcClient =>
  fromViem(createPublicClient({ transport: http(url, { retryCount: 0, timeout: 500 }) }))

const clients = [
  ['ethers', ethersClient],
  ['viem', viemClient],
] as const

async function failureOf(client: RpcClient, method: ReadMethod = 'eth_getBalance') {
  try {
    return await client.request(method, [`0x${'0'.repeat(40)}`, 'latest'])
  } catch (error) {
    return error
  }
}

describe.each(clients)('a client of %s', (library, clientOf) => {
  test('answers as our own does', async () => {
    behaviour = pass
    const held = clientOf(proxy.url)
    const own = createRpcClient({ url: proxy.url })
    for (const [method, params] of [
      ['eth_chainId', []],
      ['eth_getBlockByNumber', ['0x0', false]],
      ['eth_getCode', [`0x${'1'.repeat(40)}`, 'latest']],
    ] as const) {
      expect(await held.request(method, params)).toEqual(await own.request(method, params))
    }
    expect(held.requestCount()).toBe(3)
    expect([held.host, held.endpointId]).toEqual([own.host, own.endpointId])
  })

  test('lets no method through that is not a read', async () => {
    behaviour = pass
    const before = proxy.asked()
    const held = clientOf(proxy.url)
    for (const method of ['eth_sendRaw' + 'Transaction', 'eth_accounts', 'anvil_setBalance']) {
      await expect(held.request(method as ReadMethod, [])).rejects.toBeInstanceOf(MethodNotAllowedError)
    }
    expect(held.requestCount()).toBe(0)
    expect(proxy.asked()).toEqual(before)
  })

  test.each([
    ['a refusal', { kind: 'refuse', code: -32000, message: 'request denied by policy' }, RpcRefusedError],
    ['an internal error', { kind: 'refuse', code: -32603, message: 'boom' }, RpcRefusedError],
    [
      'a missing method',
      { kind: 'refuse', code: -32601, message: 'the method does not exist' },
      MethodNotSupportedError,
    ],
    ['pruned state', { kind: 'refuse', code: -32000, message: 'missing trie node 5a7c' }, StateUnavailableError],
    ['a rate limit in words', { kind: 'refuse', code: -32005, message: 'too many requests' }, RateLimitedError],
    ['a rate limit by status', { kind: 'http', status: 429, body: 'slow' }, RateLimitedError],
    ['a status', { kind: 'http', status: 503, body: 'busy' }, HttpStatusError],
    ['a broken connection', { kind: 'close' }, ConnectionError],
    ['a page', { kind: 'http', status: 200, body: '<html>' }, InvalidReplyError],
    ['no answer', { kind: 'hang' }, RpcTimeoutError],
  ] as const)('says of %s what it is', async (_, how, kind) => {
    behaviour = how
    const error = await failureOf(clientOf(proxy.url + key))
    expect(error).toBeInstanceOf(kind)
    expect(JSON.stringify([error, String(error)])).not.toContain('key-of-the-test')
  })

  test('keeps the words of a revert, and its data', async () => {
    behaviour = pass
    // A contract that reverts with 32 bytes: PUSH1 1, PUSH0, MSTORE, PUSH1 32, PUSH0, REVERT.
    const to = `0x${'9'.repeat(40)}`
    await node.send('anvil_setCode', [to, '0x60015f5260205ffd'])
    const reverted = async (client: RpcClient) => {
      try {
        return await client.request('eth_call', [{ to }, 'latest'])
      } catch (error) {
        if (!(error instanceof RpcRefusedError)) throw error
        return [error.nodeCode, error.nodeMessage, error.nodeData]
      }
    }
    expect(await reverted(clientOf(proxy.url))).toEqual(await reverted(createRpcClient({ url: proxy.url })))
  })

  test('never repeats a URL that the node repeats', async () => {
    behaviour = { kind: 'refuse', code: -32000, message: `no such plan for ${proxy.url}${key}` }
    const error = await failureOf(clientOf(proxy.url + key))
    expect(error).toMatchObject({ nodeMessage: expect.stringMatching(/^no such plan for /) })
    expect(JSON.stringify(error)).not.toContain('key-of-the-test')
  })

  test(`is known as ${library} where it tells no URL`, () => {
    const silent = { send: async () => null, request: async () => null }
    const held = library === 'ethers' ? fromEthers(silent) : fromViem(silent)
    expect(held.host).toBe(library)
    expect(held.endpointId).toMatch(/^[0-9a-f]{16}$/)
  })
})

test('an error that names itself as its cause still ends', async () => {
  const round = Object.assign(new Error('round'), { code: 'ECONNRESET' })
  round.cause = round
  const held = fromViem({ request: () => Promise.reject(round) })
  expect(await failureOf(held)).toMatchObject({ code: 'connection-failed', reason: 'ECONNRESET' })
})

test('an answer without its own number is no answer', async () => {
  behaviour = { kind: 'http', status: 200, body: '{"jsonrpc":"2.0","id":987654,"result":"0x1"}' }
  expect(await failureOf(ethersClient(proxy.url))).toBeInstanceOf(InvalidReplyError)
})

test('an error that is thrown as a word is a broken connection without a reason', async () => {
  const held = fromEthers({ send: () => Promise.reject('no') })
  expect(await failureOf(held)).toMatchObject({ code: 'connection-failed', reason: 'unknown reason' })
})
