import { afterEach, describe, expect, test } from 'vitest'
import { decodeCollection, encodeCollection, gather, gatherMany, judgeCollection, judgeMany } from '../../src/index.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { at, hashOf, owner } from '../../src/testing.ts'
import type { Handler, JsonRpcServer, Request } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const servers: JsonRpcServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))
const start = async (over: Readonly<Record<string, Handler>> = {}) => {
  const server = await startSmallChain({ over })
  servers.push(server)
  return server
}

/** So small that a scan of the small chain takes many requests. */
const mostBlocks = 50
const rangeOf = ({ params: [filter] }: Request) => {
  const { fromBlock = '0x0', toBlock = '0x0' } = filter as { readonly fromBlock?: string; readonly toBlock?: string } // our own client wrote it
  return { from: Number(fromBlock), to: Number(toBlock) }
}
const logs: Handler = (request) => {
  const { from, to } = rangeOf(request)
  if (to - from + 1 > mostBlocks) {
    return { error: { code: -32000, message: `block range is too wide, the maximum is ${mostBlocks} blocks` } }
  }
  return { result: [] }
}
const askedLogs = (server: JsonRpcServer) => server.requests.filter(({ method }) => method === 'eth_getLogs')
/** Goes away while it is asked for logs the given time. */
const startDying = async (time: number) => {
  let asked = 0
  const server = await start({
    eth_getLogs: (request) => {
      if (++asked >= time) void server.close()
      return asked >= time ? { breaks: 'before' } : logs(request)
    },
  })
  return server
}
const hostOf = ({ url }: JsonRpcServer) => new URL(url).host

/** What nobody caught, in place of the test runner's own listeners. */
async function uncaughtIn(run: () => Promise<void>): Promise<readonly unknown[]> {
  const others = process.listeners('uncaughtException')
  const uncaught: unknown[] = []
  process.removeAllListeners('uncaughtException').on('uncaughtException', (error) => uncaught.push(error))
  try {
    await run()
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const listener of others) process.on('uncaughtException', listener)
  }
  return uncaught
}

test('what a listener throws is thrown outside, and ends neither a read nor another listener', async () => {
  const first = await startDying(6)
  const second = await start({ eth_getLogs: logs })
  const heard: unknown[] = []
  const failing = (words: string) => () => {
    throw new Error(words)
  }
  const asked = { rpcUrl: first.url, failoverUrls: [second.url] }
  const uncaught = await uncaughtIn(async () => {
    const gathered = await gatherMany([
      { ...asked, address: owner, onFailover: failing('pager'), onProgress: failing('screen') },
      { ...asked, address: at(2), onFailover: (change) => heard.push(change) },
    ])
    const report = judgeMany(gathered, { failOn: 'never' })
    expect(report.result.summary).toMatchObject({ complete: true, exitCode: 0 })
  })
  expect(heard).toEqual([{ from: hostOf(first), to: hostOf(second) }])
  expect(new Set(uncaught.map(String))).toEqual(new Set(['Error: pager', 'Error: screen']))
})

describe('an endpoint that dies half-way in a search for logs', () => {
  test('is left for the next: everything is read, and both are in the report', async () => {
    const first = await startDying(6)
    const second = await start({ eth_getLogs: logs })
    const collection = await gather({ address: owner, rpcUrl: first.url, failoverUrls: [second.url] })
    const report = judgeCollection(collection, { failOn: 'never' })
    expect(report.result.summary).toMatchObject({ complete: true, exitCode: 0 })
    const { logs: facts } = collection.facts
    expect(facts.status === 'ok' && facts.value.coverage).toEqual({ fromBlock: 0n, toBlock: 1000n, gaps: [] })
    expect(askedLogs(second).length).toBeGreaterThan(10)
    expect(report.run.endpoints).toEqual([
      // Some left for it when it was gone already.
      {
        host: hostOf(first),
        requests: expect.toSatisfy((count) => count >= first.requests.length),
        failure: expect.objectContaining({ code: 'connection-failed' }),
      },
      { host: hostOf(second), requests: second.requests.length, role: 'failover' },
    ])
    expect(decodeCollection(encodeCollection(collection))).toEqual(collection)
  })

  test('alone leaves the rest missing', async () => {
    const first = await startDying(6)
    const report = judgeCollection(await gather({ address: owner, rpcUrl: first.url }))
    expect(report.result.summary).toMatchObject({ complete: false, exitCode: 3 })
  })

  test('teaches nothing about the one that takes its place', async () => {
    const learnedFrom = async (rpcUrl: string, failoverUrls: readonly string[]) => {
      const store = memoryStore()
      const learned: unknown[] = []
      const learn = async (...given: Parameters<typeof store.endpoints.learn>) => void learned.push(given)
      const watched = { ...store, endpoints: { ...store.endpoints, learn } }
      await gather({ address: owner, rpcUrl, failoverUrls, store: watched })
      return learned
    }
    const second = await start({ eth_getLogs: logs })
    expect(await learnedFrom(second.url, [])).toHaveLength(1)
    expect(await learnedFrom((await startDying(6)).url, [second.url])).toEqual([])
  })

  test('is left by all accounts together, and each request is counted once', async () => {
    const first = await startDying(6)
    const second = await start({ eth_getLogs: logs })
    const endpoints = { rpcUrl: first.url, failoverUrls: [second.url] }
    const gathered = await gatherMany([1, 2, 3].map((place) => ({ address: at(place), ...endpoints })))
    const report = judgeMany(gathered, { failOn: 'never' })
    expect(report.result.summary).toMatchObject({ complete: true, exitCode: 0 })
    expect(report.run.endpoints).toEqual([
      // Some left for it when it was gone already.
      {
        host: hostOf(first),
        requests: expect.toSatisfy((count) => count >= first.requests.length),
        failure: expect.objectContaining({ code: 'connection-failed' }),
      },
      { host: hostOf(second), requests: second.requests.length, role: 'failover' },
    ])
  })
})

describe('who listens for a change of the endpoint', () => {
  test('hears of it once, with hosts alone, however many targets share it', async () => {
    const [first, second] = [await startDying(1), await start({ eth_getLogs: logs })]
    const heard: unknown[] = []
    const onFailover = (change: unknown) => void heard.push(change)
    const endpoints = { rpcUrl: `${first.url}/key-one`, failoverUrls: [`${second.url}/key-two`], onFailover }
    await gatherMany([1, 2, 3].map((place) => ({ address: at(place), ...endpoints })))
    expect(heard).toEqual([{ from: hostOf(first), to: hostOf(second) }])
  })

  test('hears nothing while the first answers', async () => {
    const heard: unknown[] = []
    const endpoints = { rpcUrl: (await start({ eth_getLogs: logs })).url, failoverUrls: [(await start()).url] }
    await gather({ address: owner, ...endpoints, onFailover: (change) => void heard.push(change) })
    expect(heard).toEqual([])
  })
})

describe('a next endpoint that is about something else is told nothing', () => {
  test.each<[string, Readonly<Record<string, Handler>>]>([
    ['another chain', { eth_chainId: () => ({ result: '0x5' }) }],
    ['another block', { eth_getBlockByNumber: () => ({ result: { number: '0x3e8', hash: hashOf(666) } }) }],
  ])('%s', async (_, over) => {
    const first = await startDying(1)
    const second = await start(over)
    const report = judgeCollection(await gather({ address: owner, rpcUrl: first.url, failoverUrls: [second.url] }))
    expect(report.result.summary).toMatchObject({ complete: false, exitCode: 3 })
    expect(JSON.stringify(report.result)).toContain('endpoint-disagrees')
    expect(JSON.stringify(second.requests).toLowerCase()).not.toContain(owner.slice(2).toLowerCase())
  })
})

test('one that is gone is asked no more when nobody may take its place: the rest fails at once, with the reason', async () => {
  const gone: Handler = () => ({ breaks: 'before' })
  const state = ['eth_getLogs', 'eth_getBalance', 'eth_call', 'eth_getCode', 'eth_getStorageAt']
  const first = await start(Object.fromEntries(state.map((method) => [method, gone])))
  const other = await start({ eth_chainId: () => ({ result: '0x5' }) })
  const { facts } = await gather({ address: owner, rpcUrl: first.url, failoverUrls: [other.url] })
  const failed = Object.values(facts).flatMap((fact) => (fact.status === 'failed' ? [fact.error.code] : []))
  expect(failed.length).toBeGreaterThan(5)
  expect([...new Set(failed)].sort()).toEqual(['endpoint-disagrees', 'needed-fact-failed'])
  expect(first.requests.length).toBeLessThan(60)
  expect(other.requests.map(({ method }) => method)).toEqual(['eth_chainId'])
})

test('the endpoint that begins a run is the one that its facts name', async () => {
  const gone = await start()
  await gone.close()
  const second = await start()
  const { facts } = await gather({ address: owner, rpcUrl: gone.url, failoverUrls: [second.url], chainId: 31_337 })
  expect(facts.chain).toMatchObject({ status: 'ok', value: { endpointHost: hostOf(second) } })
})

test.each([
  ['an endpoint named twice', { rpcUrl: 'http://127.0.0.1:9', failoverUrls: ['http://127.0.0.1:9'] }, 'failoverUrls'],
  [
    'a second opinion of one that may answer itself',
    { rpcUrl: 'http://127.0.0.1:9', failoverUrls: ['http://127.0.0.1:8'], secondRpcUrl: 'http://127.0.0.1:8' },
    'secondRpcUrl',
  ],
])('%s is refused before anything is asked', async (_, options, option) => {
  await expect(gather({ address: owner, ...options })).rejects.toMatchObject({
    code: 'invalid-option',
    data: { option: { value: option } },
  })
})
