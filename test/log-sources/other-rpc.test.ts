import { afterEach, expect, test } from 'vitest'
import { logFilters } from '../../src/domain/log-filters.ts'
import { createLogSource } from '../../src/log-sources/create-log-source.ts'
import { simulate } from '../rpc/log-scan/simulated-endpoint.ts'
import { type Handler, type JsonRpcServer, startJsonRpcServer } from '../support/json-rpc-server.ts'
import { account, discover, head, question, someLogs } from './discoveries.ts'
import { otherHash } from './explorer-server.ts'

const servers: JsonRpcServer[] = []
afterEach(() => Promise.all(servers.splice(0).map(({ close }) => close())))

async function start(handlers: Readonly<Record<string, Handler>> = {}) {
  const node = simulate({ head, logs: someLogs })
  const pass: Handler = async ({ method, params }) => ({
    result: await node.rpc.request(method as 'eth_getLogs', params),
  })
  const server = await startJsonRpcServer({ '*': pass, ...handlers })
  servers.push(server)
  const source = createLogSource(`rpc:${server.url}/v3/{key}`, { key: 'a-key-of-the-test', backoffMs: 1 })
  return { server, source }
}

test('another node is scanned as the endpoint itself would be', async () => {
  const { source, server } = await start()
  const { found, gaps } = await discover(source, question({ filters: logFilters }))
  expect(found).toHaveLength(7)
  expect(gaps).toEqual([])
  expect(source.requestCount()).toBe(server.requests.length)
  expect(server.requests.every(({ path }) => path === '/v3/a-key-of-the-test')).toBe(true)
})

test('its refusals are gaps without the key', async () => {
  const error = { code: -32601, message: 'eth_getLogs is not for a-key-of-the-test' }
  const { source } = await start({ eth_getLogs: () => ({ error }) })
  const { found, gaps, errors } = await discover(source, question())
  expect(found).toEqual([])
  expect(gaps).toEqual([`0-${head} source: method-not-supported`])
  expect(JSON.stringify(errors)).not.toContain('a-key-of-the-test')
})

test('it is told no address when it serves another chain', async () => {
  const { source, server } = await start({
    eth_getBlockByNumber: ({ params }) => ({ result: { number: params[0], hash: otherHash(Number(params[0])) } }),
  })
  expect((await discover(source, question())).gaps).toEqual([`0-${head} log-source-wrong-chain`])
  expect(JSON.stringify(server.requests)).not.toContain(account.slice(2).toLowerCase())
})

test.each([
  ['null', { result: null }],
  ['a refusal', { error: { code: -32000, message: 'header not found' } }],
])('blocks that it answers with %s are not there yet', async (_, reply) => {
  const node = simulate({ head, logs: someLogs })
  const { source } = await start({
    eth_getBlockByNumber: async ({ params }) =>
      Number(params[0]) > head - 10 ? reply : { result: await node.rpc.request('eth_getBlockByNumber', params) },
  })
  const { gaps } = await discover(source, question())
  expect(gaps).toEqual([`${head - 31}-${head} log-source-behind`])
})

test('the most requests are for all questions together', async () => {
  const node = simulate({ head, logs: someLogs })
  const { server } = await start({
    eth_getLogs: async ({ params: [asked] }) => {
      const { fromBlock, toBlock } = asked as Record<string, string>
      if (Number(toBlock) - Number(fromBlock) >= 1000) return { error: { code: -32602, message: 'max 1000 blocks' } }
      return { result: await node.rpc.request('eth_getLogs', [asked]) }
    },
  })
  const source = createLogSource(`rpc:${server.url}/`, { backoffMs: 1, maximumRequests: 10 })
  const ends = await Promise.all([question(), question(), question()].map((asked) => discover(source, asked)))
  ends.push(await discover(source, question()))
  expect(server.requests).toHaveLength(10)
  expect(source.requestCount()).toBe(10)
  for (const { gaps } of ends) expect(gaps.some((gap) => gap.endsWith(' request-budget-used'))).toBe(true)
})

test('a question that is stopped ends its own requests only', async () => {
  const { source } = await start({
    eth_getLogs: async ({ params }) => {
      await new Promise((resolve) => setTimeout(resolve, 200))
      return { result: await simulate({ head, logs: someLogs }).rpc.request('eth_getLogs', params) }
    },
  })
  const stop = new AbortController()
  const [stopped, other] = [discover(source, question(), { signal: stop.signal }), discover(source, question())]
  setTimeout(() => stop.abort(), 50)
  expect((await stopped).gaps).toEqual([`0-${head} stopped`])
  expect((await other).gaps).toEqual([])
  expect((await discover(source, question())).gaps).toEqual([])
})

test('one that cannot be reached is a gap', async () => {
  const source = createLogSource('rpc:http://127.0.0.1:1/', { backoffMs: 1 })
  expect((await discover(source, question())).gaps).toEqual([`0-${head} source: connection-failed`])
})
