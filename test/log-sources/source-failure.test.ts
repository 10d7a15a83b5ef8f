import { afterEach, describe, expect, test } from 'vitest'
import { type CheckupError, type FactError, toFactError } from '../../src/core/errors.ts'
import type { HistorySource } from '../../src/core/history-source.ts'
import type { LogSource } from '../../src/core/log-source.ts'
import { MalformedReplyError } from '../../src/domain/rpc-reply.ts'
import { createLogSource } from '../../src/log-sources/create-log-source.ts'
import {
  SourceBehindError,
  SourceChainUnknownError,
  SourceCutError,
  SourceIncompleteError,
  SourceRefusedError,
  SourceStartsLateError,
  SourceWrongChainError,
} from '../../src/log-sources/errors.ts'
import { createHistorySource } from '../../src/log-sources/history.ts'
import { askSource, tellSource } from '../../src/log-sources/source-failure.ts'
import {
  ConnectionError,
  HttpStatusError,
  InvalidReplyError,
  MethodNotSupportedError,
  RateLimitedError,
  RequestBudgetError,
  RequestStoppedError,
  RpcRefusedError,
  RpcTimeoutError,
  StateUnavailableError,
} from '../../src/rpc/errors.ts'
import {
  EndpointBehindError,
  LogsCutError,
  LogsPrunedError,
  LogsUnconfirmedError,
  ReorganisedError,
} from '../../src/rpc/log-scan/errors.ts'
import { errorHints, errorSentence } from '../../src/words/index.ts'
import { codeOf, question } from './discoveries.ts'
import { type Answer, type HttpServer, startHttpServer } from './http-server.ts'

const host = 'source.example'
const place = { host, method: 'eth_getLogs' }
const another = 'Use another source with --logs-from or --history-url, or none.'
const later = 'Run this check again later.'
const key = 'If it wants a key, set WALLET_CHECKUP_LOGS_KEY, or WALLET_CHECKUP_HISTORY_KEY for --history-url.'

describe('a failure of a source names it, and gives advice about it', () => {
  test.each<[CheckupError, string, readonly string[]]>([
    [
      new ConnectionError(place, 'ECONNREFUSED'),
      'No connection to source.example (ECONNREFUSED).',
      ['Check the URL of the source and your connection.', another],
    ],
    [
      new RpcTimeoutError(place, 5000),
      'source.example did not answer eth_getLogs within 5 seconds.',
      ['Raise --timeout.', another],
    ],
    [new RateLimitedError(place), 'source.example kept refusing eth_getLogs: too many requests.', [later, another]],
    [new HttpStatusError(place, 502), 'source.example answered eth_getLogs with HTTP 502.', [later, another]],
    [new HttpStatusError(place, 403), 'source.example answered eth_getLogs with HTTP 403.', [key, another]],
    [
      new HttpStatusError(place, 404),
      'source.example answered eth_getLogs with HTTP 404.',
      ['Check the URL of the source.', another],
    ],
    [
      new HttpStatusError(place, 301),
      'source.example answered eth_getLogs with HTTP 301.',
      ['The URL leads to another one, which is not followed: give the final URL.', another],
    ],
    [new HttpStatusError(place, 418), 'source.example answered eth_getLogs with HTTP 418.', [another]],
    [
      new InvalidReplyError(place, 'json'),
      'source.example answered eth_getLogs with something unusable: it is not JSON.',
      [another],
    ],
    [
      new MalformedReplyError('a log'),
      'source.example answered getLogs with something unusable: a log is malformed.',
      [another],
    ],
    [
      new MalformedReplyError('eth_getBlockByNumber'),
      'source.example answered eth_getBlockByNumber with something unusable: it cannot be decoded.',
      [another],
    ],
    [
      new RpcRefusedError(place, { code: -32005, message: 'no logs here' }),
      'source.example refused eth_getLogs (code -32005) and said: "no logs here".',
      [another],
    ],
    [
      new RpcRefusedError(place, { code: -32000, message: 'Invalid API key' }),
      'source.example refused eth_getLogs (code -32000) and said: "Invalid API key".',
      [key, another],
    ],
    [
      new RpcRefusedError(place, { code: -32000, message: 'Must be authenticated' }),
      'source.example refused eth_getLogs (code -32000) and said: "Must be authenticated".',
      [key, another],
    ],
    [new MethodNotSupportedError(place), 'source.example does not offer eth_getLogs.', [another]],
    [
      new StateUnavailableError(place, 'pruned'),
      'source.example does not give the logs of these blocks and said: "pruned".',
      [another],
    ],
    [
      new StateUnavailableError(place, 'an archive needs another API key'),
      'source.example does not give the logs of these blocks and said: "an archive needs another API key".',
      [key, another],
    ],
    [
      new StateUnavailableError({ ...place, method: 'eth_getBlockByNumber' }, 'pruned'),
      'source.example no longer has the state that eth_getBlockByNumber asked for.',
      [another],
    ],
    [
      new LogsUnconfirmedError(host),
      'source.example finds no logs in blocks that hold some, so its empty answers cannot be believed.',
      [another],
    ],
    [
      new LogsPrunedError(host, 5n),
      'source.example answers as if there were no logs before block 5, although older blocks hold some.',
      [another],
    ],
    [
      new LogsCutError(1000),
      'The answer for one block has exactly 1,000 logs, where some nodes stop without saying so.',
      [another],
    ],
    [new ReorganisedError(7n), 'Block 7 was replaced by another while its logs were read.', [later, another]],
    [
      new EndpointBehindError(host, 7n),
      'A machine behind source.example does not know block 7 yet, so the newest logs may be missing.',
      [later, another],
    ],
  ])('%s', (error, sentence, hints) => {
    const told = tellSource({ host }, toFactError(error))
    expect(told.code).toBe('log-source-failed')
    expect(told.message).toMatch(/^The source source\.example failed\. (?!The node)/)
    expect(errorSentence(told, 'en')).toBe(`The source source.example failed. ${sentence}`)
    expect(errorSentence(told, 'ja')).toMatch(/^取得先 source\.example から読み取れませんでした。.+[。」]$/)
    expect(errorSentence(told, 'ja')).not.toMatch(/^[^。]+。(?:この)?ノード/)
    expect(errorHints(told, 'en')).toEqual(hints)
    expect(told.hints).toEqual(hints)
    expect(errorHints(told, 'ja')).toHaveLength(hints.length)
    expect(errorHints(told, 'ja').join('')).not.toMatch(/RPC URL|接続先/)
  })

  test.each([
    [new HttpStatusError(place, 401)],
    [new HttpStatusError(place, 402)],
    [new RpcRefusedError(place, { code: -32000, message: 'invalid api key' })],
  ])('a key that has no place in the URL gets one: %s', (error) => {
    const told = tellSource({ host, keyAdvice: 'place' }, toFactError(error))
    expect(errorHints(told, 'en')).toEqual([
      'If it wants a key, write {key} where the key belongs in the URL, and set WALLET_CHECKUP_LOGS_KEY.',
      another,
    ])
    expect(told.hints).toEqual(errorHints(told, 'en'))
    expect(errorHints(told, 'ja')[0]).toBe(
      'キーが必要な場合は、URL内のキーの位置に {key} と書き、WALLET_CHECKUP_LOGS_KEY にキーを設定してください。',
    )
  })

  test('what it did keeps its own values', () => {
    const told = tellSource({ host }, toFactError(new ConnectionError(place, 'ECONNREFUSED')))
    expect(told.data).toMatchObject({
      cause: { value: 'connection-failed' },
      host: { value: host },
      reason: { value: 'ECONNREFUSED' },
    })
  })
})

describe('a refusal of its own gives the same advice wherever it is read', () => {
  test.each<CheckupError>([
    new SourceRefusedError(host, 'no'),
    new SourceWrongChainError(host),
    new SourceChainUnknownError(host),
    new SourceBehindError(host, 7n),
    new SourceStartsLateError(host, 7n),
    new SourceIncompleteError(host),
    new SourceCutError(host, { block: 7n, rows: 1000 }),
  ])('%s', (error) => {
    expect(tellSource({ host }, toFactError(error))).toEqual(toFactError(error))
    expect(errorHints(toFactError(error), 'en')).toEqual(error.hints)
    expect(errorHints(toFactError(error), 'ja')).toHaveLength(error.hints.length)
  })
})

describe('what is not the doing of the source is left as it is', () => {
  test.each<[string, FactError]>([
    ['a run that was stopped', toFactError(new RequestStoppedError(place))],
    ['requests that are used up', toFactError(new RequestBudgetError(place, 10))],
    ['a bug', toFactError(new TypeError('x'))],
  ])('%s', (_, error) => {
    expect(tellSource({ host }, error)).toBe(error)
  })

  test('and is thrown as it came', async () => {
    const bug = new TypeError('x')
    await expect(askSource({ host }, () => Promise.reject(bug))).rejects.toBe(bug)
  })
})

describe('a source of each kind', () => {
  const servers: HttpServer[] = []
  afterEach(() => Promise.all(servers.splice(0).map(({ close }) => close())))

  const options = { perSecond: 10_000, backoffMs: 1, timeoutMs: 100 }
  const kinds: Readonly<Record<string, (url: string) => LogSource>> = {
    blockscout: (url) => createLogSource(`blockscout:${url}`, options),
    etherscan: (url) => createLogSource(`etherscan:${url}/v2/api`, options),
    sqd: (url) => createLogSource(`sqd:${url}/datasets/one`, options),
    rpc: (url) => createLogSource(`rpc:${url}`, options),
  }
  const listBy = (source: HistorySource) =>
    source.list({ ...question(), account: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', fromBlock: 0n, most: 10 })

  async function failureOf(kind: string, url: string): Promise<FactError> {
    if (kind !== 'history') {
      const gaps = (await kinds[kind]?.(url).discover(question(), { onChunk: () => {} })) ?? []
      return gaps[0]?.error ?? expect.unreachable('no gap')
    }
    const source = createHistorySource(url, options)
    return listBy(source).then(() => expect.unreachable('listed'), toFactError)
  }

  const all = [...Object.keys(kinds), 'history']
  const answers: readonly (readonly [string, Answer, string])[] = [
    ['refuses every request for its rate', { status: 429, body: '' }, 'source: rate-limited'],
    ['has a fault', { status: 500, body: 'oops' }, 'source: http-status'],
    ['answers with a page', { body: '<html></html>' }, 'source: invalid-reply'],
    ['takes too long', { body: {}, delayMs: 400 }, 'source: rpc-timeout'],
  ]

  test.each(all.flatMap((kind) => answers.map((answer) => [kind, ...answer] as const)))(
    '%s that %s is what failed',
    async (kind, _, answer, code) => {
      const server = await startHttpServer(() => answer)
      servers.push(server)
      const failure = await failureOf(kind, server.url)
      expect(codeOf(failure)).toBe(code)
      expectTold(failure, server.host)
    },
  )

  test.each(all)('%s that leads elsewhere is told so, and not to want a key', async (kind) => {
    const server = await startHttpServer(() => ({
      status: 302,
      headers: { location: 'http://127.0.0.1:1/' },
      body: '',
    }))
    servers.push(server)
    const failure = await failureOf(kind, server.url)
    expect(codeOf(failure)).toBe('source: http-status')
    expect(errorHints(failure, 'en')).toEqual([
      'The URL leads to another one, which is not followed: give the final URL.',
      another,
    ])
    expectTold(failure, server.host)
  })

  test('rpc that wants a key is named, and not the node', async () => {
    const refusal = { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'invalid api key' } }
    const server = await startHttpServer(() => ({ body: refusal }))
    servers.push(server)
    const failure = await failureOf('rpc', server.url)
    expect(errorSentence(failure, 'en')).toBe(
      `The source ${server.host} failed. ${server.host} refused eth_getBlockByNumber (code -32000) and said: "invalid api key".`,
    )
    expect(errorSentence(failure, 'ja')).toBe(
      `取得先 ${server.host} から読み取れませんでした。${server.host} は eth_getBlockByNumber を拒否しました(コード -32000)。取得先の説明:「invalid api key」`,
    )
    expect(errorHints(failure, 'en')[0]).toContain('write {key} where the key belongs in the URL')
    const keyed = createLogSource(`rpc:${server.url}/{key}`, { ...options, key: 'one' })
    const [gap] = await keyed.discover(question(), { onChunk: () => {} })
    expect(gap && errorHints(gap.error, 'en')[0]).toBe(key)
  })

  test.each(all)('%s that cannot be reached is what failed', async (kind) => {
    const failure = await failureOf(kind, 'http://127.0.0.1:1')
    expect(codeOf(failure)).toBe('source: connection-failed')
    expectTold(failure, '127.0.0.1:1')
  })

  test.each(all)('%s that answers something else is not told as the node', async (kind) => {
    const server = await startHttpServer(() => ({ body: { foo: 1 } }))
    servers.push(server)
    const failure = await failureOf(kind, server.url)
    expect(['log-source-incomplete', 'source: invalid-reply']).toContain(codeOf(failure))
    expect(errorSentence(failure, 'en')).toContain(server.host)
    expect(errorHints(failure, 'en')).toContain(another)
  })

  function expectTold(failure: FactError, where: string): void {
    expect(errorSentence(failure, 'en')).toContain(`The source ${where} failed. `)
    expect(errorSentence(failure, 'ja')).toContain(`取得先 ${where} から読み取れませんでした。`)
    expect(errorHints(failure, 'en')).toContain(another)
    expect(errorHints(failure, 'en').join(' ')).not.toMatch(/RPC URL|endpoint/)
  }
})

test('an answer of the endpoint that cannot be used is not told as the doing of the source', async () => {
  const server = await startHttpServer(() => ({
    body: { hash: `0x${'11'.repeat(32)}`, finished_indexing_blocks: true },
  }))
  const down = () => Promise.reject(new ConnectionError({ ...place, host: 'endpoint.example' }, 'ECONNREFUSED'))
  const asked = question({ rpc: { host: 'endpoint.example', endpointId: '', requestCount: () => 0, request: down } })
  const source = createHistorySource(server.url, { perSecond: 10_000 })
  const listed = source.list({
    ...asked,
    account: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    fromBlock: 0n,
    most: 10,
  })
  await expect(listed).rejects.toMatchObject({ code: 'connection-failed' })
  await server.close()
})
