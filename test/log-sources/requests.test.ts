import { afterEach, describe, expect, test } from 'vitest'
import { createRequests, type Limits } from '../../src/log-sources/requests.ts'
import { type Answer, type HttpServer, startHttpServer } from './http-server.ts'

const servers: HttpServer[] = []
afterEach(() => Promise.all(servers.splice(0).map(({ close }) => close())))

async function start(answer: (count: number) => Answer = () => ({ body: {} })) {
  const arrivedAt: number[] = []
  const server = await startHttpServer(() => {
    arrivedAt.push(performance.now())
    return answer(arrivedAt.length)
  })
  servers.push(server)
  const requestsOf = (
    { perSecond = 10_000, ...limits }: Limits = {},
    { key = null as string | null, path = '' } = {},
  ) => createRequests({ perSecond, backoffMs: 1, ...limits, url: `${server.url}${path}`, key, method: 'getLogs' })
  /** How long after the first could have left each arrived, at the least: nothing but a burst is early. */
  const began = performance.now()
  const areApart = (milliseconds: number) =>
    arrivedAt.every((at, index) => at - began >= index * milliseconds - timerMs)
  return { arrivedAt, areApart, requestsOf }
}

type Sender = ReturnType<typeof createRequests>
const send = ({ send: ask }: Sender, signal?: AbortSignal) => ask({ path: '/', signal, read: ({ status }) => status })
const times = (count: number, once: () => Promise<unknown>) => Promise.allSettled(Array.from({ length: count }, once))
const codesOf = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.map((result) => (result.status === 'fulfilled' ? 'ok' : (result.reason as { code: string }).code))

/** What a clock may be coarse. */
const timerMs = 2

describe('the pace of a source', () => {
  test('requests at the same time leave one by one, not at once', async () => {
    const { arrivedAt, areApart, requestsOf } = await start()
    const requests = requestsOf({ perSecond: 100, maximumRps: 20 })
    await times(8, () => send(requests))
    expect(arrivedAt).toHaveLength(8)
    expect(areApart(50)).toBe(true)
  })

  test('those who come later keep to it as well', async () => {
    const { areApart, requestsOf } = await start()
    const requests = requestsOf({ perSecond: 20 })
    await send(requests)
    await times(3, () => send(requests))
    expect(areApart(50)).toBe(true)
  })

  test('whatever a source is asked for, by the same key, is one pace', async () => {
    const { arrivedAt, areApart, requestsOf } = await start()
    const limits = { perSecond: 20 }
    const [logs, list] = [
      requestsOf(limits, { key: 'KEY', path: '/a' }),
      requestsOf(limits, { key: 'KEY', path: '/b' }),
    ]
    await Promise.all([times(3, () => send(logs)), times(3, () => send(list))])
    expect(arrivedAt).toHaveLength(6)
    expect(areApart(50)).toBe(true)
  })

  test('another key has its own', async () => {
    const { areApart, requestsOf } = await start()
    const [one, other] = [requestsOf({ perSecond: 2 }, { key: 'ONE' }), requestsOf({ perSecond: 2 }, { key: 'OTHER' })]
    await Promise.all([send(one), send(other)])
    expect(areApart(500)).toBe(false)
  })
})

describe('a source that is too busy', () => {
  test('makes everybody wait for as long as it says', async () => {
    const { arrivedAt, requestsOf } = await start((count) =>
      count === 2 ? { status: 429, headers: { 'retry-after': '1' }, body: '' } : { body: {} },
    )
    const requests = requestsOf()
    await send(requests)
    await times(4, () => send(requests))
    const [, refusedAt = 0] = arrivedAt
    expect(arrivedAt.filter((at) => at > refusedAt + 200).length).toBeGreaterThanOrEqual(1)
    expect(arrivedAt.filter((at) => at > refusedAt + 200 && at < refusedAt + 1000 - timerMs)).toEqual([])
  })

  test('and stays so is given up by all who wait, after few requests', async () => {
    const { arrivedAt, requestsOf } = await start(() => ({ status: 429, body: '' }))
    // So that a timer that comes late does not end it before the sixth.
    const requests = requestsOf({ backoffMs: 20 })
    expect(new Set(codesOf(await times(20, () => send(requests))))).toEqual(new Set(['rate-limited']))
    expect(arrivedAt).toHaveLength(6)
  })

  test('and asks to wait for an hour is not asked again, by nobody, and the wait is told', async () => {
    const { arrivedAt, requestsOf } = await start(() => ({ status: 429, headers: { 'retry-after': '3600' }, body: '' }))
    const requests = requestsOf()
    expect(new Set(codesOf(await times(20, () => send(requests))))).toEqual(new Set(['wait-too-long']))
    await expect(send(requests)).rejects.toMatchObject({ data: { wait: { type: 'seconds', value: 3_600 } } })
    expect(arrivedAt).toHaveLength(1)
  })

  test('and asks to wait for a moment again and again is given up in time', async () => {
    const { arrivedAt, requestsOf } = await start(() => ({ status: 429, headers: { 'retry-after': '1' }, body: '' }))
    expect(codesOf(await times(1, () => send(requestsOf())))).toEqual(['rate-limited'])
    expect(arrivedAt).toHaveLength(3)
  })

  test('and has a fault for an hour is not tried again', async () => {
    const { arrivedAt, requestsOf } = await start(() => ({ status: 503, headers: { 'retry-after': '61' }, body: '' }))
    expect(codesOf(await times(1, () => send(requestsOf())))).toEqual(['http-status'])
    expect(arrivedAt).toHaveLength(1)
  })

  test('a fault passes with the third try, and not with a fourth', async () => {
    const { arrivedAt, requestsOf } = await start((count) => ({ status: count === 3 ? 200 : 503, body: {} }))
    const requests = requestsOf()
    expect(await send(requests)).toBe(200)
    expect(codesOf(await times(1, () => send(requests)))).toEqual(['http-status'])
    expect(arrivedAt).toHaveLength(6)
  })
})

describe('the most requests', () => {
  test('hold for requests at the same time, retries included', async () => {
    const { arrivedAt, requestsOf } = await start((count) => ({ status: count === 1 ? 503 : 200, body: {} }))
    const requests = requestsOf({ maximumRequests: 5 })
    const codes = codesOf(await times(9, () => send(requests)))
    expect(arrivedAt).toHaveLength(5)
    expect(requests.requestCount()).toBe(5)
    expect(codes.filter((code) => code === 'ok')).toHaveLength(4)
    expect(codes.filter((code) => code === 'request-budget-used')).toHaveLength(5)
  })
})

test('whoever is stopped while waiting leaves at once, and takes nobody else along', async () => {
  const { arrivedAt, requestsOf } = await start()
  const requests = requestsOf({ perSecond: 4 })
  const stop = new AbortController()
  await send(requests)
  const results = times(1, () => send(requests, stop.signal))
  const other = send(requests)
  const started = performance.now()
  stop.abort()
  expect(codesOf(await results)).toEqual(['stopped'])
  expect(performance.now() - started).toBeLessThan(200)
  expect(await other).toBe(200)
  expect(arrivedAt).toHaveLength(2)
  expect(requests.requestCount()).toBe(2)
})
