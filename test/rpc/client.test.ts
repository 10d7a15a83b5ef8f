import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { type ReadMethod, readMethods } from '../../src/core/rpc.ts'
import { createRpcClient, type RpcClientOptions } from '../../src/rpc/client.ts'
import { RpcRefusedError } from '../../src/rpc/errors.ts'
import { type Handler, inTurn, type JsonRpcServer, type Reply, startJsonRpcServer } from '../support/json-rpc-server.ts'

let server: JsonRpcServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function clientOf(reply: Reply | Handler, options: Partial<RpcClientOptions> = {}) {
  const started = await startJsonRpcServer({ '*': reply })
  server = started
  const rpc = createRpcClient({ url: started.url, backoffMs: 1, timeoutMs: 2_000, ...options })
  return { rpc, requests: started.requests, url: started.url }
}

const refused = (code: number, message: string, data?: unknown): Reply => ({ error: { code, message, data } })

/** A client that asks at a path of its own: a client of an earlier server at the same port may still try its luck. */
async function patientOf(reply: Reply | Handler) {
  const path = '/of-this-test'
  const { requests, url } = await clientOf(reply)
  const rpc = createRpcClient({ url: `${url}${path}`, backoffMs: 1, timeoutMs: 2_000 })
  return { rpc, count: () => requests.filter((request) => request.path === path).length }
}

async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    await attempt
  } catch (error) {
    return error
  }
  throw new Error('the request did not fail')
}

describe('a node that answers', () => {
  test('gives the result as it came, and the method and parameters arrive', async () => {
    const { rpc, requests, url } = await clientOf({ result: { number: '0x1' } })
    await expect(rpc.request('eth_getBlockByNumber', ['latest', false])).resolves.toEqual({ number: '0x1' })
    expect(requests[0]).toMatchObject({ method: 'eth_getBlockByNumber', params: ['latest', false] })
    expect(rpc.host).toBe(new URL(url).host)
  })

  test('a null result is a result', async () => {
    const { rpc } = await clientOf({ result: null })
    await expect(rpc.request('eth_getTransactionReceipt', ['0x0'])).resolves.toBeNull()
  })

  test.each(['gzip', 'br'] as const)('%s is decoded', async (encoding) => {
    const result = '0x'.padEnd(100_000, 'ab')
    const { rpc, requests } = await clientOf({ result, encoding })
    await expect(rpc.request('eth_getCode', [])).resolves.toBe(result)
    expect(requests[0]?.headers['accept-encoding']).toBe('gzip, br')
  })

  test('a user and password in the URL become Basic authorization', async () => {
    const { url } = await clientOf({ result: '0x1' })
    const rpc = createRpcClient({ url: `${url.replace('//', '//us%40er:pa%3Ass@')}/v3?x=1` })
    await rpc.request('eth_chainId', [])
    expect(server?.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('us@er:pa:ss').toString('base64')}`)
    expect(server?.requests[0]?.path).toBe('/v3?x=1')
  })

  test('each request is counted and heard of, retries included', async () => {
    const heard: number[] = []
    const { rpc } = await clientOf(inTurn({ status: 429 }, { result: '0x1' }), {
      onRequest: (count) => heard.push(count),
    })
    await rpc.request('eth_chainId', [])
    await rpc.request('eth_chainId', [])
    expect(heard).toEqual([1, 2, 3])
    expect(rpc.requestCount()).toBe(3)
  })

  test('requests at the same time each get their own answer', async () => {
    const { rpc } = await clientOf(({ params }) => ({ result: params[0], delayMs: Number(params[0]) % 7 }))
    const numbers = Array.from({ length: 60 }, (_, index) => index)
    await expect(Promise.all(numbers.map((number) => rpc.request('eth_call', [number])))).resolves.toEqual(numbers)
  })
})

describe('only reads leave the process', () => {
  test.each(readMethods)('%s passes', async (method) => {
    const { rpc } = await clientOf({ result: method })
    await expect(rpc.request(method, [])).resolves.toBe(method)
  })

  test.each([
    'eth_sendTransaction',
    'eth_sendRawTransaction',
    'eth_sign',
    'eth_signTransaction',
    'personal_unlockAccount',
    'anvil_setBalance',
    'debug_setHead',
    'ETH_CALL',
    'toString',
    '__proto__',
  ])('%s is not sent', async (method) => {
    const { rpc, requests } = await clientOf({ result: '0x1' })
    const error = await failureOf(rpc.request(method as ReadMethod, [])) // the type would not let it through
    expect(error).toMatchObject({ name: 'MethodNotAllowedError', code: 'method-not-allowed' })
    expect(requests).toHaveLength(0)
    expect(rpc.requestCount()).toBe(0)
  })
})

describe('a node that limits the rate', () => {
  test.each<[string, Reply]>([
    ['HTTP 429 with a page', { status: 429, body: '<html>Too many</html>' }],
    ['code 429 in an answer with HTTP 200', refused(429, 'exceeded its compute units per second capacity')],
    ['-32005 about a rate', refused(-32005, 'project ID request rate exceeded')],
    ['-32016', refused(-32016, 'over rate limit')],
    ['-32029', refused(-32029, 'Too Many Requests')],
    ['-32007', refused(-32007, '300/second request limit reached - reduce calls per second')],
  ])('%s for ever ends as RateLimitedError after the last attempt', async (_, reply) => {
    const { rpc, requests } = await clientOf(reply, { maximumAttempts: 4 })
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({ name: 'RateLimitedError' })
    expect(requests).toHaveLength(4)
  })

  test('five attempts are made by default', async () => {
    const { rpc, requests } = await clientOf({ status: 429 })
    await failureOf(rpc.request('eth_chainId', []))
    expect(requests).toHaveLength(5)
  })

  test('Retry-After is waited for, then the answer counts', async () => {
    const { rpc } = await clientOf(inTurn({ status: 429, headers: { 'retry-after': '1' } }, { result: '0x1' }))
    const started = performance.now()
    await expect(rpc.request('eth_chainId', [])).resolves.toBe('0x1')
    expect(performance.now() - started).toBeGreaterThan(950)
  })

  test('a Retry-After that names a date is waited for', async () => {
    const inTwoSeconds = new Date(Date.now() + 2_000).toUTCString()
    const { rpc } = await clientOf(inTurn({ status: 429, headers: { 'retry-after': inTwoSeconds } }, { result: '0x1' }))
    const started = performance.now()
    await rpc.request('eth_chainId', [])
    // The header counts whole seconds, so up to one is lost.
    expect(performance.now() - started).toBeGreaterThan(900)
  })

  test('a wait that stands in the words is waited for', async () => {
    const { rpc } = await clientOf(inTurn(refused(-32090, 'Too many requests, retry in 0.3s'), { result: '0x1' }))
    const started = performance.now()
    await rpc.request('eth_chainId', [])
    expect(performance.now() - started).toBeGreaterThan(290)
  })

  test('a refusal that names no wait, or short ones for ever, ends in time', async () => {
    const { rpc, requests } = await clientOf({ status: 429, headers: { 'retry-after': '1' } })
    const started = performance.now()
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({ code: 'rate-limited' })
    expect(performance.now() - started).toBeLessThan(3_500)
    expect(requests).toHaveLength(3)
  })

  test('a used-up monthly quota is not asked again', async () => {
    const { rpc, requests } = await clientOf(refused(-32005, "You've reached your monthly quota limit"))
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({ name: 'RateLimitedError' })
    expect(requests).toHaveLength(1)
  })

  test('-32005 about results is not a rate', async () => {
    const { rpc, requests } = await clientOf(refused(-32005, 'query returned more than 10000 results'))
    expect(await failureOf(rpc.request('eth_getLogs', []))).toMatchObject({ name: 'RpcRefusedError', nodeCode: -32005 })
    expect(requests).toHaveLength(1)
  })
})

describe('a node that asks to wait for longer than anything is waited for', () => {
  const long = (seconds: string): Reply => ({ status: 429, headers: { 'retry-after': seconds } })
  const data = (seconds: number) => ({ wait: { type: 'seconds', value: seconds } })

  test.each<[string, Reply, number]>([
    ['an hour', long('3600'), 3_600],
    ['a second more than the longest', long('61'), 61],
    ['for ever, which is told as ten years', long('99999999999999999999'), 315_360_000],
    ['in its words', refused(-32090, 'Too many requests, retry in 10m0s'), 600],
  ])('%s: it is asked once, and the wait is told', async (_, reply, seconds) => {
    const { rpc, requests } = await clientOf(reply)
    const started = performance.now()
    const failures = [failureOf(rpc.request('eth_chainId', [])), failureOf(rpc.request('eth_chainId', []))]
    for (const failure of await Promise.all(failures)) {
      expect(failure).toMatchObject({ code: 'wait-too-long', data: data(seconds) })
    }
    expect(performance.now() - started).toBeLessThan(900)
    expect(requests).toHaveLength(1)
  })

  test('by a date of its own clock, however wrong ours is', async () => {
    const then = Date.UTC(2001, 0, 1)
    const headers = { date: new Date(then).toUTCString(), 'retry-after': new Date(then + 7_200_000).toUTCString() }
    const { rpc, requests } = await clientOf({ status: 429, headers })
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({ code: 'wait-too-long', data: data(7_200) })
    expect(requests).toHaveLength(1)
  })

  test('exactly the longest is waited for', async () => {
    const { rpc, requests } = await clientOf(inTurn(long('1'), { result: '0x1' }), { longestWaitMs: 1_000 })
    await expect(rpc.request('eth_chainId', [])).resolves.toBe('0x1')
    expect(requests).toHaveLength(2)
  })

  test('other methods are asked all the same, at once', async () => {
    const { rpc, requests } = await clientOf(({ method }) =>
      method === 'eth_getLogs' ? long('3600') : { result: '0x1' },
    )
    expect(await failureOf(rpc.request('eth_getLogs', []))).toMatchObject({ code: 'wait-too-long' })
    const started = performance.now()
    await expect(rpc.request('eth_chainId', [])).resolves.toBe('0x1')
    expect(await failureOf(rpc.request('eth_getLogs', []))).toMatchObject({ code: 'wait-too-long', data: data(3_600) })
    await expect(rpc.request('eth_chainId', [])).resolves.toBe('0x1')
    expect(performance.now() - started).toBeLessThan(900)
    expect(requests.map(({ method }) => method)).toEqual(['eth_getLogs', 'eth_chainId', 'eth_chainId'])
  })

  test('it is asked again when the rest of the wait is not too long any more', async () => {
    const { rpc, requests } = await clientOf(inTurn(long('1'), { result: '0x1' }), { longestWaitMs: 800 })
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({ code: 'wait-too-long' })
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({ code: 'wait-too-long' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    await expect(rpc.request('eth_chainId', [])).resolves.toBe('0x1')
    expect(requests).toHaveLength(2)
  })

  test('calls that travel together are all refused, by one request', async () => {
    const { rpc, requests } = await clientOf(long('3600'))
    const calls = Array.from({ length: 5 }, () => failureOf(rpc.requestTogether('eth_getBalance', ['0x0', '0x1'])))
    const codes = (await Promise.all(calls)).map((error) => (error as { code: string }).code)
    expect(new Set(codes)).toEqual(new Set(['wait-too-long']))
    expect(new Set(requests.map(({ post }) => post)).size).toBe(1)
  })

  test('a request of another library is refused alike, and holds nobody else up', async () => {
    const { rpc, requests } = await clientOf(({ method }) => (method === 'eth_call' ? long('3600') : { result: '0x1' }))
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_call', params: [] })
    const started = performance.now()
    expect(await failureOf(rpc.post(body))).toMatchObject({ code: 'wait-too-long', data: data(3_600) })
    expect(await failureOf(rpc.post(body))).toMatchObject({ code: 'wait-too-long' })
    await expect(rpc.request('eth_chainId', [])).resolves.toBe('0x1')
    expect(performance.now() - started).toBeLessThan(900)
    expect(requests).toHaveLength(2)
  })

  test('a fault of its own is not tried again either, and stays what it is', async () => {
    const { rpc, requests } = await clientOf({ status: 503, headers: { 'retry-after': '3600' } })
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({ code: 'http-status' })
    expect(requests).toHaveLength(1)
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({ code: 'http-status' })
  })
})

describe('the pace', () => {
  test('a refusal for a while ends in an answer, however many wait', async () => {
    let [tokens, filledAt] = [3, performance.now()]
    const limited: Handler = ({ params }) => {
      tokens = Math.min(3, tokens + (performance.now() - filledAt) / 50)
      filledAt = performance.now()
      if (tokens < 1) return { status: 429 }
      tokens--
      return { result: params[0] }
    }
    const { rpc } = await clientOf(limited)
    const numbers = Array.from({ length: 30 }, (_, index) => index)
    await expect(Promise.all(numbers.map((number) => rpc.request('eth_call', [number])))).resolves.toEqual(numbers)
  })

  test('an endpoint that refuses everything ends for all who wait, after few requests', async () => {
    const { rpc, requests } = await clientOf({ status: 429 }, { maximumAttempts: 4 })
    const failures = await Promise.all(Array.from({ length: 50 }, () => failureOf(rpc.request('eth_call', []))))
    expect(new Set(failures.map((error) => (error as { code: string }).code))).toEqual(new Set(['rate-limited']))
    expect(requests).toHaveLength(4)
  })

  test('an endpoint that answered before is given longer', async () => {
    const { rpc, requests } = await clientOf(
      inTurn({ result: '0x1' }, ...Array(7).fill({ status: 429 }), { result: '0x2' }),
    )
    await rpc.request('eth_chainId', [])
    await expect(rpc.request('eth_chainId', [])).resolves.toBe('0x2')
    expect(requests).toHaveLength(9)
  })

  test('a method that is always refused ends, while others are answered', async () => {
    const { rpc } = await clientOf(({ method }) =>
      method === 'eth_getLogs' ? refused(-32005, 'limit exceeded') : { result: '0x1' },
    )
    let isOver = false
    const logs = failureOf(rpc.request('eth_getLogs', [])).finally(() => {
      isOver = true
    })
    while (!isOver) await rpc.request('eth_chainId', [])
    expect(await logs).toMatchObject({ code: 'rate-limited' })
  })

  test('two clients of one endpoint share it, two of another key do not', async () => {
    const { rpc, url } = await clientOf(inTurn({ status: 429, headers: { 'retry-after': '1' } }, { result: '0x1' }))
    const same = createRpcClient({ url })
    const other = createRpcClient({ url: `${url}/v2/another-key` })
    const first = rpc.request('eth_chainId', [])
    await new Promise((resolve) => setTimeout(resolve, 100))
    const started = performance.now()
    await other.request('eth_chainId', [])
    expect(performance.now() - started).toBeLessThan(500)
    await same.request('eth_chainId', [])
    expect(performance.now() - started).toBeGreaterThan(700)
    await first
  })

  test('the user limits it, and it can be read', async () => {
    const { rpc, requests } = await clientOf({ result: '0x1' }, { maximumRps: 20 })
    const started = performance.now()
    await Promise.all(Array.from({ length: 11 }, () => rpc.request('eth_call', [])))
    expect(performance.now() - started).toBeGreaterThanOrEqual(490)
    expect(requests).toHaveLength(11)
    expect(rpc.pace?.()).toEqual({ learned: null, expected: 20 })
  })

  test('what an earlier run learned is where it starts', async () => {
    const { rpc } = await clientOf({ result: '0x1' }, { knownRate: 12 })
    expect(rpc.pace?.()).toEqual({ learned: 12, expected: 12 })
  })

  test('64 requests may be under way', async () => {
    const held: (() => void)[] = []
    let answered = 0
    const { rpc } = await clientOf(async () => {
      // Enough answers to trust the node, then none until 64 are under way.
      if (answered++ < 300 || held.length === 64) return { result: '0x1' }
      await new Promise<void>((resume) => {
        held.push(resume)
        if (held.length === 64) for (const open of held) open()
      })
      return { result: '0x1' }
    })
    const all = Promise.all(Array.from({ length: 500 }, () => rpc.request('eth_call', [])))
    await expect(all).resolves.toHaveLength(500)
  })
})

describe('a budget of requests', () => {
  test('counts every request that is sent, and the next is not', async () => {
    const { rpc, requests } = await clientOf(inTurn({ status: 502 }, { result: '0x1' }), { maximumRequests: 3 })
    await rpc.request('eth_chainId', [])
    await rpc.request('eth_chainId', [])
    expect(await failureOf(rpc.request('eth_call', []))).toMatchObject({
      code: 'request-budget-used',
      message: 'eth_call was not asked: the 3 requests of this run are used up.',
    })
    expect(requests).toHaveLength(3)
    expect(rpc.requestCount()).toBe(3)
  })

  test('holds for requests that wait together', async () => {
    const { rpc, requests } = await clientOf({ result: '0x1' }, { maximumRequests: 50 })
    const results = await Promise.allSettled(Array.from({ length: 200 }, () => rpc.request('eth_call', [])))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
    expect(requests).toHaveLength(50)
  })

  test('ends a request between two of its tries', async () => {
    const { rpc, requests } = await clientOf({ status: 429 }, { maximumRequests: 2 })
    expect(await failureOf(rpc.request('eth_call', []))).toMatchObject({ code: 'request-budget-used' })
    expect(requests).toHaveLength(2)
  })
})

describe('the name of an endpoint', () => {
  const idOf = (url: string) => createRpcClient({ url }).endpointId
  test('is 16 hex digits, the same for the same URL', () => {
    expect(idOf('https://rpc.example/v2/key-one')).toMatch(/^[0-9a-f]{16}$/)
    expect(idOf('https://rpc.example/v2/key-one')).toBe(idOf('https://RPC.example:443/v2/key-one'))
  })

  test('differs by scheme, host, path, query and user', () => {
    const urls = ['https://a.example/x', 'http://a.example/x', 'https://b.example/x', 'https://a.example/y']
    const more = ['https://a.example/x?k=1', 'https://a.example/x?k=2', 'https://me@a.example/x']
    expect(new Set([...urls, ...more].map(idOf)).size).toBe(7)
  })

  test('says nothing about a password', () => {
    expect(idOf('https://me:hunter22@a.example')).toBe(idOf('https://me:other@a.example'))
  })
})

describe('a fault that passes', () => {
  test.each<[string, Reply]>([
    ['HTTP 502', { status: 502, body: 'Bad Gateway' }],
    ['a closed connection', { breaks: 'before' }],
    ['a connection that breaks in the middle', { breaks: 'middle', result: 'x'.repeat(5_000) }],
    ['an internal error without data', refused(-32603, 'Internal error')],
    ['header not found', refused(-32000, 'header not found')],
    [
      'HTTP 503 with an error inside',
      { status: 503, ...refused(-32011, 'no backend is currently healthy to serve traffic') },
    ],
  ])('%s is asked again', async (_, reply) => {
    const { rpc, count } = await patientOf(inTurn(reply, { result: '0x1' }))
    await expect(rpc.request('eth_chainId', [])).resolves.toBe('0x1')
    expect(count()).toBe(2)
  })

  test.each<[string, Reply, object]>([
    ['HTTP 500', { status: 500, body: 'oops' }, { name: 'HttpStatusError', status: 500 }],
    ['a closed connection', { breaks: 'before' }, { name: 'ConnectionError', reason: 'ECONNRESET' }],
    ['an answer cut in the middle', { breaks: 'middle', result: 'x'.repeat(5_000) }, { name: 'ConnectionError' }],
    [
      'a compressed answer cut in the middle',
      { breaks: 'middle', result: 'x'.repeat(5_000), encoding: 'gzip' },
      { name: 'ConnectionError' },
    ],
    ['an internal error', refused(-32603, 'Internal error'), { name: 'RpcRefusedError', nodeCode: -32603 }],
  ])('%s that stays is given up after three attempts', async (_, reply, expected) => {
    const { rpc, count } = await patientOf(reply)
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject(expected)
    expect(count()).toBe(3)
  })
})

describe('a failure that stays is not asked again', () => {
  test.each<[string, Reply, object]>([
    ['a page instead of JSON', { body: '<!doctype html><p>Login' }, { name: 'InvalidReplyError' }],
    ['an empty answer', { body: '' }, { name: 'InvalidReplyError' }],
    ['another id', { result: '0x1', id: 777 }, { name: 'InvalidReplyError' }],
    ['an error for another id', { ...refused(3, 'execution reverted'), id: 777 }, { name: 'InvalidReplyError' }],
    ['the id as text', { result: '0x1', id: '1' }, { name: 'InvalidReplyError' }],
    ['a list', { body: '[{"jsonrpc":"2.0","id":1,"result":"0x1"}]' }, { name: 'InvalidReplyError' }],
    ['neither result nor error', { body: '{"jsonrpc":"2.0","id":1}' }, { name: 'InvalidReplyError' }],
    ['a bare string', { body: '"0x1"' }, { name: 'InvalidReplyError' }],
    ['broken gzip', { body: 'not gzip', headers: { 'content-encoding': 'gzip' } }, { name: 'InvalidReplyError' }],
    ['broken brotli', { body: 'not brotli', headers: { 'content-encoding': 'br' } }, { name: 'InvalidReplyError' }],
    ['an unknown encoding', { body: '{}', headers: { 'content-encoding': 'zstd' } }, { name: 'InvalidReplyError' }],
    ['HTTP 404', { status: 404, body: 'no' }, { name: 'HttpStatusError', status: 404 }],
    ['HTTP 401', { status: 401, body: '{"message":"no"}' }, { name: 'HttpStatusError', status: 401 }],
    ['HTTP 204', { status: 204, body: '' }, { name: 'HttpStatusError', status: 204 }],
    [
      'a revert',
      refused(3, 'execution reverted', '0x08c379a0'),
      { name: 'RpcRefusedError', nodeCode: 3, nodeData: '0x08c379a0' },
    ],
    ['a revert by its words', refused(-32000, 'execution reverted'), { name: 'RpcRefusedError', nodeCode: -32000 }],
    ['an internal error with data', refused(-32603, 'Internal error', 'EVM OutOfGas'), { name: 'RpcRefusedError' }],
    ['an unknown method by its code', refused(-32601, 'nope'), { name: 'MethodNotSupportedError' }],
    ['an unknown method by its words', refused(-32000, 'Method not found'), { name: 'MethodNotSupportedError' }],
    ['a pruned state', refused(-32000, 'missing trie node 1a2b (path )'), { name: 'StateUnavailableError' }],
    ['code 4444', refused(4444, 'pruned history unavailable'), { name: 'StateUnavailableError' }],
    [
      'an archive plan',
      { status: 403, ...refused(-32602, 'Archive requests require a personal token.') },
      { name: 'StateUnavailableError' },
    ],
    [
      'historical state',
      refused(-32000, 'required historical state unavailable (reexec=128)'),
      { name: 'StateUnavailableError' },
    ],
    [
      'an error that is plain text',
      { status: 401, error: 'invalid api key' },
      { name: 'RpcRefusedError', nodeCode: 0, nodeMessage: 'invalid api key' },
    ],
    [
      'an error with a null id',
      { ...refused(-32700, 'parse error'), id: null },
      { name: 'RpcRefusedError', nodeCode: -32700 },
    ],
  ])('%s', async (_, reply, expected) => {
    const { rpc, requests } = await clientOf(reply)
    expect(await failureOf(rpc.request('eth_call', []))).toMatchObject(expected)
    expect(requests).toHaveLength(1)
  })

  test('a redirect is not followed', async () => {
    const elsewhere = await startJsonRpcServer({ '*': { result: '0x1' } })
    const { rpc } = await clientOf({ status: 307, body: '', headers: { location: elsewhere.url } })
    const error = await failureOf(rpc.request('eth_chainId', []))
    await elsewhere.close()
    expect(error).toMatchObject({ name: 'HttpStatusError', status: 307 })
    expect(elsewhere.requests).toHaveLength(0)
  })

  test('nobody listening: the reason is named, and it is asked once', async () => {
    const { rpc, url } = await clientOf({ result: '0x1' })
    await server?.close()
    const error = await failureOf(rpc.request('eth_chainId', []))
    server = undefined
    expect(error).toMatchObject({
      code: 'connection-failed',
      message: `No connection to ${new URL(url).host} (ECONNREFUSED).`,
    })
    expect(rpc.requestCount()).toBe(1)
  })
})

describe('an answer that is too large', () => {
  const options = { maximumResponseBytes: 10_000 }
  const body = (size: number) => '{"jsonrpc":"2.0","id":1,"result":""}'.replace('""', `"${'a'.repeat(size - 36)}"`)

  test('exactly the limit is read', async () => {
    const { rpc } = await clientOf({ body: body(10_000) }, options)
    await expect(rpc.request('eth_getLogs', [])).resolves.toHaveLength(10_000 - 36)
  })

  test.each<[string, Reply]>([
    ['a byte more', { body: body(10_001) }],
    ['a small gzip that unpacks to more', { body: body(5_000_000), encoding: 'gzip' }],
    ['a small brotli that unpacks to more', { body: body(5_000_000), encoding: 'br' }],
  ])('%s is refused', async (_, reply) => {
    const { rpc } = await clientOf(reply, options)
    expect(await failureOf(rpc.request('eth_getLogs', []))).toMatchObject({
      name: 'ReplyTooLargeError',
      code: 'invalid-reply',
    })
  })
})

describe('time', () => {
  test.each<[string, Reply]>([
    ['an answer that never begins', { result: '0x1', delayMs: 5_000 }],
    ['an answer that trickles for ever', { result: '0x1', breaks: 'never' }],
  ])('%s ends as a timeout', async (_, reply) => {
    const { rpc } = await clientOf(reply, { timeoutMs: 100 })
    const started = performance.now()
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({
      code: 'rpc-timeout',
      message: expect.stringContaining('did not answer eth_chainId within 0.1 s'),
    })
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test.each<[string, Reply]>([
    ['while an answer is waited for', { result: '0x1', delayMs: 5_000 }],
    ['between two attempts', { status: 429, headers: { 'retry-after': '20' } }],
  ])('an abort %s ends it at once', async (_, reply) => {
    const controller = new AbortController()
    const { rpc } = await clientOf(reply, { signal: controller.signal, timeoutMs: 20_000 })
    const started = performance.now()
    setTimeout(() => controller.abort(), 50)
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({ code: 'stopped' })
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test('after an abort nothing is sent', async () => {
    const { rpc, requests } = await clientOf({ result: '0x1' }, { signal: AbortSignal.abort() })
    expect(await failureOf(rpc.request('eth_chainId', []))).toMatchObject({ code: 'stopped' })
    expect(rpc.requestCount()).toBe(0)
    expect(requests).toHaveLength(0)
  })
})

describe('the URL stays inside', () => {
  const secrets = ['hunter22', 'operator7', 'k3y-in-the-path', 'k3y-in-the-query']
  const withSecrets = (url: string) =>
    `${url.replace('//', '//operator7:hunter22@')}/v2/k3y-in-the-path?apikey=k3y-in-the-query`
  const everything = (thing: unknown) =>
    [inspect(thing, { depth: 20, showHidden: true }), JSON.stringify(thing), String(thing)].join('\n')

  test.each<[string, Reply]>([
    [
      'a refusal that repeats it',
      ({ path }: { path: string }) => refused(-32000, `no route ${path}`, { url: path }),
    ] as never,
    ['an HTTP error', { status: 404, body: 'k3y-in-the-path' }],
    ['a redirect', { status: 301, body: '', headers: { location: '/k3y-in-the-path' } }],
    ['a page', { body: 'cannot POST /v2/k3y-in-the-path' }],
    ['a closed connection', { breaks: 'before' }],
    ['a timeout', { breaks: 'never', result: '0x1' }],
    ['a rate limit that repeats it', refused(-32005, 'rate limit for k3y-in-the-path exceeded')],
    ['a pruned state that repeats it', refused(-32000, 'missing trie node for operator7:hunter22')],
  ])('in the error of %s', async (_, reply) => {
    const { url } = await clientOf(reply)
    const rpc = createRpcClient({ url: withSecrets(url), backoffMs: 1, timeoutMs: 100 })
    const shown = everything(await failureOf(rpc.request('eth_chainId', [])))
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([])
    expect(shown).toContain(new URL(url).host)
  })

  test('in the error of a refused connection and of an unknown host', async () => {
    const shown = await Promise.all(
      ['http://127.0.0.1:1', 'http://nowhere.invalid'].map(async (url) => {
        const rpc = createRpcClient({ url: withSecrets(url), backoffMs: 1, timeoutMs: 1_000 })
        return everything(await failureOf(rpc.request('eth_chainId', [])))
      }),
    )
    expect(secrets.filter((secret) => shown.join().includes(secret))).toEqual([])
  })

  test('in the client itself', async () => {
    const rpc = createRpcClient({ url: withSecrets('https://rpc.example:8443') })
    expect(secrets.filter((secret) => everything(rpc).includes(secret))).toEqual([])
    expect(rpc.host).toBe('rpc.example:8443')
  })

  test.each([
    ['no URL', 'k3y-in-the-path', 'The RPC URL is not a URL.'],
    [
      'another scheme',
      'wss://operator7:hunter22@rpc.example/k3y-in-the-path',
      'The RPC URL must begin with https:// or http://.',
    ],
    ['a file', 'file:///etc/k3y-in-the-path', 'The RPC URL must begin with https:// or http://.'],
  ])('in the refusal of %s', (_, url, message) => {
    let error: unknown
    try {
      createRpcClient({ url })
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ code: 'invalid-endpoint', message })
    expect(secrets.filter((secret) => everything(error).includes(secret))).toEqual([])
  })
})

test('a refusal keeps the node its own words', async () => {
  const { rpc } = await clientOf(refused(-32000, 'weird words'))
  const error = await failureOf(rpc.request('eth_call', []))
  expect(error).toBeInstanceOf(RpcRefusedError)
  expect(error).toMatchObject({
    message: 'The node refused eth_call (code -32000).',
    nodeMessage: 'weird words',
    data: { nodeMessage: { type: 'untrusted-text', value: 'weird words' } },
  })
})
