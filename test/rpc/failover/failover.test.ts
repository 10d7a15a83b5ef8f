import { afterEach, describe, expect, test } from 'vitest'
import { toFactError } from '../../../src/core/errors.ts'
import type { ReadMethod, RpcClient } from '../../../src/core/rpc.ts'
import { createRpcClient } from '../../../src/rpc/client.ts'
import {
  ConnectionError,
  HttpStatusError,
  InvalidReplyError,
  MethodNotSupportedError,
  RateLimitedError,
  ReplyTooLargeError,
  RequestBudgetError,
  RequestStoppedError,
  RpcRefusedError,
  RpcTimeoutError,
} from '../../../src/rpc/errors.ts'
import { createFailover } from '../../../src/rpc/failover/failover.ts'
import { hashOf, owner } from '../../../src/testing.ts'
import { errorSentence } from '../../../src/words/index.ts'
import { type JsonRpcServer, startJsonRpcServer } from '../../support/json-rpc-server.ts'

type Answer = unknown | ((params: readonly unknown[]) => unknown)
type Node = RpcClient & { readonly asked: readonly string[]; readonly params: readonly (readonly unknown[])[] }

/** Answers of one method each; an error is thrown. Another chain or block than that of `nodeAt` is in `over`. */
function nodeAt(name: string, over: { readonly [Method in ReadMethod]?: Answer } = {}): Node {
  const asked: string[] = []
  const params: (readonly unknown[])[] = []
  const answers: Readonly<Record<string, Answer>> = {
    eth_chainId: '0x1',
    eth_getBlockByNumber: { number: '0x64', hash: hashOf(100), timestamp: '0x1' },
    eth_getBalance: `0x${name.length}`,
    ...over,
  }
  return {
    host: name,
    endpointId: `id of ${name}`,
    requestCount: () => asked.length,
    asked,
    params,
    request: async (method, given) => {
      asked.push(method)
      params.push(given)
      const answer = answers[method]
      const result = typeof answer === 'function' ? answer(given) : answer
      if (result instanceof Error) throw result
      return result
    },
  }
}

const place = { host: 'a', method: 'eth_getBalance' }
const dead = new ConnectionError(place, 'ECONNREFUSED')
const balanceOf = (rpc: RpcClient) => rpc.request('eth_getBalance', [owner, '0x64'])
const begin = async (rpc: RpcClient) => {
  await rpc.request('eth_chainId', [])
  await rpc.request('eth_getBlockByNumber', ['latest', false])
}
const impatient = { pausesMs: [1, 1] }

describe('the next endpoint goes on, for the rest of the run', () => {
  test.each<[string, Error]>([
    ['no connection', dead],
    ['no key', new HttpStatusError(place, 401)],
    ['no permission', new HttpStatusError(place, 403)],
    ['no permission, said in JSON-RPC', new RpcRefusedError(place, { code: -32000, message: 'no', httpStatus: 403 })],
    ['another address', new HttpStatusError(place, 308)],
    ['no patience left with its rate', new RateLimitedError(place)],
  ])('after %s', async (_, error) => {
    let isBack = false
    const first = nodeAt('a', { eth_getBalance: () => (isBack ? '0xbac' : error) })
    const second = nodeAt('bb')
    const switches: unknown[] = []
    const rpc = createFailover([first, second], { onSwitch: (change) => switches.push(change) })
    await begin(rpc)
    expect([rpc.host, rpc.endpointId]).toEqual(['a', 'id of a'])
    expect(await balanceOf(rpc)).toBe('0x2')
    isBack = true
    expect(await balanceOf(rpc)).toBe('0x2')
    expect(first.asked.filter((method) => method === 'eth_getBalance')).toHaveLength(1)
    expect([rpc.host, rpc.endpointId]).toEqual(['bb', 'id of bb'])
    expect(switches).toEqual([{ from: 'a', to: 'bb', error }])
    expect(second.asked).toEqual(['eth_chainId', 'eth_getBlockByNumber', 'eth_getBalance', 'eth_getBalance'])
    expect(rpc.endpoints?.()).toEqual([
      { host: 'a', requests: 3, failure: toFactError(error) },
      { host: 'bb', requests: 4 },
    ])
    expect(rpc.requestCount()).toBe(7)
  })

  test('all that were under way are asked again there, and it is compared once', async () => {
    const second = nodeAt('bb')
    const rpc = createFailover([nodeAt('a', { eth_getBalance: dead }), second])
    await begin(rpc)
    expect(await Promise.all(Array.from({ length: 20 }, () => balanceOf(rpc)))).toEqual(Array(20).fill('0x2'))
    expect(second.asked.filter((method) => method === 'eth_chainId')).toHaveLength(1)
  })

  test('and after that one the third', async () => {
    const rpc = createFailover([
      nodeAt('a', { eth_getBalance: dead }),
      nodeAt('bb', { eth_getBalance: dead }),
      nodeAt('ccc'),
    ])
    await begin(rpc)
    expect(await balanceOf(rpc)).toBe('0x3')
    expect(rpc.host).toBe('ccc')
  })

  test('one that cannot be reached is passed over', async () => {
    const rpc = createFailover([
      nodeAt('a', { eth_getBalance: dead }),
      nodeAt('bb', { eth_chainId: dead }),
      nodeAt('ccc'),
    ])
    await begin(rpc)
    expect(await balanceOf(rpc)).toBe('0x3')
  })

  test('from the very first question on', async () => {
    const rpc = createFailover([nodeAt('a', { eth_chainId: dead }), nodeAt('bb')])
    expect(await rpc.request('eth_chainId', [])).toBe('0x1')
    expect(rpc.host).toBe('bb')
  })
})

describe('what is no reason to leave', () => {
  test.each<[string, Error]>([
    ['a refusal of the request', new RpcRefusedError(place, { code: -32000, message: 'execution reverted' })],
    ['an answer that is too large', new ReplyTooLargeError(place)],
    ['requests that are used up', new RequestBudgetError(place, 10)],
    ['a run that was stopped', new RequestStoppedError(place)],
    ['a request that is too large', new HttpStatusError(place, 413)],
    ['a bug of ours', new TypeError('undefined')],
  ])('%s', async (_, error) => {
    const second = nodeAt('bb')
    const rpc = createFailover([nodeAt('a', { eth_getBalance: error }), second])
    await begin(rpc)
    await expect(balanceOf(rpc)).rejects.toBe(error)
    expect(rpc.host).toBe('a')
    expect(second.asked).toEqual([])
  })

  test('when there is nobody else, the failure is what it was', async () => {
    const rpc = createFailover([nodeAt('a', { eth_getBalance: dead })])
    await expect(balanceOf(rpc)).rejects.toBe(dead)
  })

  test('when nobody else can be reached, the first is asked again the next time', async () => {
    let isBack = false
    const first = nodeAt('a', { eth_getBalance: () => (isBack ? '0xbac' : dead) })
    const rpc = createFailover([first, nodeAt('bb', { eth_chainId: new ConnectionError(place, 'ENOTFOUND') })])
    await begin(rpc)
    await expect(balanceOf(rpc)).rejects.toBe(dead)
    isBack = true
    expect(await balanceOf(rpc)).toBe('0xbac')
  })
})

describe('an endpoint that is busy, or asked for too much', () => {
  const doubts: readonly (readonly [string, Error])[] = [
    ['a timeout', new RpcTimeoutError(place, 30_000)],
    ['HTTP 503', new HttpStatusError(place, 503)],
    ['a page that is no JSON', new InvalidReplyError(place, 'json')],
  ]

  test.each(doubts)('%s: this one request is asked elsewhere', async (_, error) => {
    let calls = 0
    const first = nodeAt('a', { eth_getBalance: () => (calls++ === 0 ? error : '0xaaa') })
    const rpc = createFailover([first, nodeAt('bb')])
    await begin(rpc)
    expect(await balanceOf(rpc)).toBe('0x2')
    expect(await balanceOf(rpc)).toBe('0xaaa')
    expect(rpc.host).toBe('a')
  })

  test.each(doubts)('%s three times without an answer between: it is left', async (_, error) => {
    const rpc = createFailover([nodeAt('a', { eth_getBalance: error }), nodeAt('bb')])
    await begin(rpc)
    for (const host of ['a', 'a', 'bb']) {
      expect(await balanceOf(rpc)).toBe('0x2')
      expect(rpc.host).toBe(host)
    }
  })

  test.each(doubts)(
    '%s of a search for logs is told, so that it asks for fewer blocks; the third time it is left',
    async (_, error) => {
      const rpc = createFailover([nodeAt('a', { eth_getLogs: error }), nodeAt('bb', { eth_getLogs: [] })])
      await begin(rpc)
      const logs = () => rpc.request('eth_getLogs', [{}])
      await expect(logs()).rejects.toBe(error)
      await expect(logs()).rejects.toBe(error)
      expect(await logs()).toEqual([])
      expect(rpc.host).toBe('bb')
    },
  )
})

describe('a method that an endpoint does not have', () => {
  const lacking = (method: string) => new MethodNotSupportedError({ host: 'a', method })

  test('is asked elsewhere, then there at once, and nothing else is', async () => {
    const first = nodeAt('a', { eth_getLogs: lacking('eth_getLogs') })
    const second = nodeAt('bb', { eth_getLogs: [] })
    const rpc = createFailover([first, second])
    await begin(rpc)
    await rpc.request('eth_getLogs', [{}])
    await rpc.request('eth_getLogs', [{}])
    expect(await balanceOf(rpc)).toBe('0x1')
    expect(rpc.host).toBe('a')
    expect(first.asked.filter((method) => method === 'eth_getLogs')).toHaveLength(1)
  })

  test('is asked of each once when nobody has it', async () => {
    const error = lacking('trace_filter')
    const second = nodeAt('bb', { trace_filter: lacking('trace_filter') })
    const rpc = createFailover([nodeAt('a', { trace_filter: error }), second])
    await begin(rpc)
    await expect(rpc.request('trace_filter', [{}])).rejects.toBe(error)
    await expect(rpc.request('trace_filter', [{}])).rejects.toBe(error)
    expect(second.asked.filter((method) => method === 'trace_filter')).toHaveLength(1)
  })

  test.each(['web3_clientVersion', 'eth_syncing'] as const)(
    '%s is nothing that another can say for it',
    async (method) => {
      const error = lacking(method)
      const second = nodeAt('bb', { [method]: 'another' })
      const rpc = createFailover([nodeAt('a', { [method]: error }), second])
      await begin(rpc)
      await expect(rpc.request(method, [])).rejects.toBe(error)
      expect(second.asked).toEqual([])
    },
  )
})

describe('an endpoint that disagrees is not used', () => {
  const failing = () => nodeAt('a', { eth_getBalance: dead })
  const after = async (second: Node, chainId?: number) => {
    const rpc = createFailover([failing(), second], { ...impatient, ...(chainId !== undefined && { chainId }) })
    await begin(rpc)
    return balanceOf(rpc)
  }
  const lagging = { eth_getBlockByNumber: null }

  test.each([
    ['another chain', { eth_chainId: '0x5' }, 'it serves chain 5, not chain 1'],
    ['a chain id that is none', { eth_chainId: null }, 'it serves chain ?, not chain 1'],
    ['no such block', lagging, 'it does not have block 100'],
    [
      'another block of that number',
      { eth_getBlockByNumber: { number: '0x64', hash: hashOf(666) } },
      'its block 100 is another one',
    ],
  ])('%s', async (_, over, words) => {
    const second = nodeAt('bb', over)
    const failure = await after(second).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'endpoint-disagrees', cause: dead })
    expect(errorSentence(toFactError(failure), 'en')).toBe(
      `bb was to take the place of an endpoint that failed, but ${words}, so it was not used.`,
    )
    expect(errorSentence(toFactError(failure), 'ja')).toMatch(
      /^失敗した接続先の代わりになるはずの bb は、.*使っていません。$/,
    )
    // It never learned whom the run is about.
    expect(JSON.stringify(second.params)).not.toContain(owner)
  })

  test('and the next one is', async () => {
    const rpc = createFailover([failing(), nodeAt('bb', { eth_chainId: '0x5' }), nodeAt('ccc')], impatient)
    await begin(rpc)
    expect(await balanceOf(rpc)).toBe('0x3')
  })

  test('it is compared once, however often the first one fails', async () => {
    const second = nodeAt('bb', { eth_chainId: '0x5' })
    const rpc = createFailover([failing(), second], impatient)
    await begin(rpc)
    for (let time = 0; time < 3; time++)
      await expect(balanceOf(rpc)).rejects.toMatchObject({ code: 'endpoint-disagrees' })
    expect(second.asked).toEqual(['eth_chainId'])
  })

  test('and who is gone is not asked again: every further read fails at once, with the reason', async () => {
    const first = failing()
    const second = nodeAt('bb', { eth_chainId: '0x5' })
    const rpc = createFailover([first, second], impatient)
    await begin(rpc)
    await expect(balanceOf(rpc)).rejects.toMatchObject({ code: 'endpoint-disagrees', cause: dead })
    const asked = first.asked.length
    for (const method of ['eth_getBalance', 'eth_getLogs', 'eth_getCode'] as const)
      await expect(rpc.request(method, [owner, '0x64'])).rejects.toMatchObject({ code: 'endpoint-disagrees' })
    expect([first.asked.length, second.asked.length]).toEqual([asked, 1])
  })

  test('one that was only slow is asked again, though nobody else may answer', async () => {
    let isSlow = true
    const first = nodeAt('a', { eth_getBalance: () => (isSlow ? new RpcTimeoutError(place, 30_000) : '0xbac') })
    const rpc = createFailover([first, nodeAt('bb', { eth_chainId: '0x5' })], impatient)
    await begin(rpc)
    for (let time = 0; time < 4; time++)
      await expect(balanceOf(rpc)).rejects.toMatchObject({ code: 'endpoint-disagrees' })
    isSlow = false
    expect(await balanceOf(rpc)).toBe('0xbac')
  })

  test('one that only lacks a method is asked for all others, though nobody else may answer', async () => {
    const first = nodeAt('a', { eth_getLogs: new MethodNotSupportedError(place) })
    const rpc = createFailover([first, nodeAt('bb', { eth_chainId: '0x5' })], impatient)
    await begin(rpc)
    await expect(rpc.request('eth_getLogs', [{}])).rejects.toMatchObject({ code: 'endpoint-disagrees' })
    expect(await balanceOf(rpc)).toBe('0x1')
  })

  test('one that hears of the block a little later is waited for', async () => {
    let times = 0
    const block = { number: '0x64', hash: hashOf(100) }
    const second = nodeAt('bb', { eth_getBlockByNumber: () => (++times < 3 ? null : block) })
    expect(await after(second)).toBe('0x2')
    expect(times).toBe(3)
  })

  test('before the first has said which chain it is, the one that was asked for counts', async () => {
    const rpc = createFailover([nodeAt('a', { eth_chainId: dead }), nodeAt('bb', { eth_chainId: '0x5' })], {
      chainId: 1,
    })
    await expect(rpc.request('eth_chainId', [])).rejects.toMatchObject({ code: 'endpoint-disagrees' })
  })

  test('what counts is the block that state is read at, not a newer one', async () => {
    const headerOf = ([tag]: readonly unknown[]) =>
      tag === 'latest' ? { number: '0xc8', hash: hashOf(200) } : { number: '0x64', hash: hashOf(100) }
    const first = nodeAt('a', { eth_getBlockByNumber: headerOf, eth_getCode: dead })
    const second = nodeAt('bb', {
      eth_getBlockByNumber: ([tag]: readonly unknown[]) => (tag === '0x64' ? headerOf([]) : null),
      eth_getCode: '0x',
    })
    const rpc = createFailover([first, second], impatient)
    await begin(rpc)
    await rpc.request('eth_getBlockByNumber', ['0x64', false])
    expect(await rpc.request('eth_getCode', [owner, '0x64'])).toBe('0x')
  })
})

describe('over HTTP', () => {
  const servers: JsonRpcServer[] = []
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))
  const start = async (handlers: Parameters<typeof startJsonRpcServer>[0]) => {
    const server = await startJsonRpcServer(handlers)
    servers.push(server)
    return server
  }
  const sound = { eth_chainId: { result: '0x1' }, eth_getBalance: { result: '0x2' } }
  const over = (...all: readonly JsonRpcServer[]) => {
    const [first, ...rest] = all.map(({ url }) => createRpcClient({ url, backoffMs: 1, timeoutMs: 200 }))
    if (first === undefined) throw new Error('no server')
    return createFailover([first, ...rest])
  }

  test('rate limits without end: after its own patience the next goes on, and each keeps its own pace', async () => {
    const limited = await start({
      eth_chainId: { result: '0x1' },
      '*': { status: 429, headers: { 'retry-after': '0' } },
    })
    const rpc = over(limited, await start(sound))
    await rpc.request('eth_chainId', [])
    expect(await Promise.all(Array.from({ length: 8 }, () => balanceOf(rpc)))).toEqual(Array(8).fill('0x2'))
    const asked = limited.requests.length
    await balanceOf(rpc)
    expect(limited.requests.length).toBe(asked)
    expect(rpc.pace?.().learned).toBeNull()
  })

  test('a wait of an hour: the next goes on at once, and the first is not asked again', async () => {
    const limited = await start({
      eth_chainId: { result: '0x1' },
      '*': { status: 429, headers: { 'retry-after': '3600' } },
    })
    const rpc = over(limited, await start(sound))
    await rpc.request('eth_chainId', [])
    const started = performance.now()
    expect(await Promise.all(Array.from({ length: 8 }, () => balanceOf(rpc)))).toEqual(Array(8).fill('0x2'))
    expect(performance.now() - started).toBeLessThan(1_000)
    const asked = limited.requests.length
    await balanceOf(rpc)
    expect(limited.requests.length).toBe(asked)
    const [left, other] = rpc.endpoints?.() ?? []
    expect(left?.failure).toMatchObject({ code: 'wait-too-long', data: { wait: { type: 'seconds', value: 3_600 } } })
    expect(other).not.toHaveProperty('failure')
  })

  test('HTTP 502 is tried again at the first, then asked elsewhere', async () => {
    const broken = await start({ eth_chainId: { result: '0x1' }, '*': { status: 502, body: 'Bad Gateway' } })
    const rpc = over(broken, await start(sound))
    await rpc.request('eth_chainId', [])
    expect(await balanceOf(rpc)).toBe('0x2')
    expect(broken.requests.filter(({ method }) => method === 'eth_getBalance')).toHaveLength(3)
  })

  test('one that is not there is left at once', async () => {
    const gone = await start(sound)
    await gone.close()
    const rpc = over(gone, await start(sound))
    expect(await balanceOf(rpc)).toBe('0x2')
  })
})
