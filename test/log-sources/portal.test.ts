import { afterEach, describe, expect, test } from 'vitest'
import { logFilters } from '../../src/domain/log-filters.ts'
import { createLogSource, type LogSourceOptions } from '../../src/log-sources/create-log-source.ts'
import { accountAt } from '../rpc/log-scan/simulated-endpoint.ts'
import {
  account,
  discover,
  hashOfBlock,
  head,
  matching,
  question,
  type RpcLog,
  range,
  someLogs,
  word,
} from './discoveries.ts'
import { otherHash } from './explorer-server.ts'
import { type Answer, type Asked, type HttpServer, startHttpServer } from './http-server.ts'

const servers: HttpServer[] = []
afterEach(() => Promise.all(servers.splice(0).map(({ close }) => close())))

type Query = {
  readonly fromBlock: number
  readonly toBlock: number
  readonly logs: readonly Readonly<Record<string, readonly string[]>>[]
}
type Portal = {
  readonly logs?: readonly RpcLog[]
  readonly newest?: number
  readonly first?: number | null
  readonly hashOf?: (block: number) => string
  /** The most blocks that it looks at for one answer. */
  readonly mostBlocks?: number
  readonly instead?: (query: Query, count: number) => Answer | null
}

async function start(portal: Portal = {}, options: LogSourceOptions = {}) {
  let count = 0
  const server = await startHttpServer((asked) => answer(portal, asked, count++))
  servers.push(server)
  const url = `sqd:${server.url}/datasets/ethereum-mainnet`
  const source = createLogSource(url, { perSecond: 10_000, backoffMs: 1, ...options })
  const streams = () => server.asked.filter(isAboutLogs).map(({ body }) => body as Query)
  return { server, source, streams }
}

const isAboutLogs = ({ body }: Asked) => body !== null && (body as Query).logs.length > 0
const digits = account.slice(2).toLowerCase()

function answer(portal: Portal, asked: Asked, count: number): Answer {
  const { first = 0, newest = head } = portal
  if (asked.path === '/datasets/ethereum-mainnet/metadata') {
    return {
      body: {
        dataset: 'ethereum-mainnet',
        aliases: [],
        real_time: true,
        ...(first !== null && { start_block: first }),
      },
    }
  }
  if (asked.path !== '/datasets/ethereum-mainnet/stream') return { status: 404, body: 'Unknown dataset: x' }
  const query = asked.body as Query
  if (isAboutLogs(asked)) {
    const instead = portal.instead?.(query, count)
    if (instead !== null && instead !== undefined) return instead
  }
  return query.fromBlock > newest ? { status: 204, body: '' } : { body: stream(portal, query) }
}

/** The blocks with logs, and always the first and the last that were looked at. */
function stream(
  { logs = someLogs, newest = head, mostBlocks = 1e9, hashOf = hashOfBlock }: Portal,
  query: Query,
): string {
  const { fromBlock } = query
  const last = Math.min(query.toBlock, newest, fromBlock + mostBlocks - 1)
  const found = logs.filter(({ blockNumber, topics }) => {
    const isRight = query.logs.some((one) =>
      Object.entries(one).every(([key, words]) => words.includes(topics[Number(key.slice(-1))] ?? '')),
    )
    return isRight && Number(blockNumber) >= fromBlock && Number(blockNumber) <= last
  })
  const numbers = new Set([fromBlock, ...found.map(({ blockNumber }) => Number(blockNumber)), last])
  const lines = [...numbers]
    .sort((a, b) => a - b)
    .map((number) => {
      const own = found.filter(({ blockNumber }) => Number(blockNumber) === number)
      const rows = own.map(({ address, topics, data, transactionHash, logIndex }) => ({
        address,
        topics,
        data,
        transactionHash,
        logIndex: Number(logIndex),
      }))
      return JSON.stringify({ header: { number, hash: hashOf(number) }, ...(rows.length > 0 && { logs: rows }) })
    })
  return `${lines.join('\n')}\n`
}

const all = logFilters
  .flatMap((filter) =>
    matching(someLogs, { filter, asked: range(0, head) }).map(
      (log) => `${filter.name} ${Number(log.blockNumber)}:${Number(log.logIndex)}`,
    ),
  )
  .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))

describe('a portal', () => {
  test('finds in one stream for every filter what a node would find', async () => {
    const { source, streams } = await start()
    const { found, gaps } = await discover(source, question({ filters: logFilters }))
    expect(found).toEqual(all)
    expect(gaps).toEqual([])
    expect(streams()).toHaveLength(1)
  })

  test('is asked about several accounts in one stream', async () => {
    const { source, streams } = await start()
    const { found } = await discover(source, question({ accounts: [account, accountAt(3)] }))
    const own = all.filter((place) => place.startsWith('granted '))
    expect(found).toEqual([...own.slice(0, -1), 'granted 9002:0', ...own.slice(-1)])
    expect(streams()).toHaveLength(1)
    expect(source.mostAccounts).toBe(500)
  })

  test('is asked for the rest when it ends early', async () => {
    const { source, streams } = await start({ mostBlocks: 3000 })
    const { found, gaps } = await discover(source, question({ filters: logFilters }))
    expect(found).toEqual(all)
    expect(gaps).toEqual([])
    expect(streams().map(({ fromBlock }) => fromBlock)).toEqual([0, 3000, 6000, 9000])
  })

  test('reads only the blocks that each filter asks for', async () => {
    const { source, streams } = await start()
    const ranges = ({ name }: { readonly name: string }) => (name === 'received' ? [range(9000, head)] : [range(5, 10)])
    const { found } = await discover(source, question({ filters: logFilters, ranges }))
    expect(found).toEqual(['granted 7:2', 'granted 7:300', 'received 9000:0'])
    expect(streams().map((one) => [one.fromBlock, one.toBlock, one.logs.length])).toEqual([
      [5, 10, 2],
      [9000, head, 1],
    ])
  })

  test('is asked for fewer blocks when an answer takes too long', async () => {
    const slow = ({ fromBlock, toBlock }: Query) => toBlock - fromBlock > 3000
    const { source } = await start(
      { instead: (query) => (slow(query) ? { body: '', delayMs: 500 } : null) },
      { timeoutMs: 100 },
    )
    const { found, gaps } = await discover(source, question({ filters: logFilters }))
    expect(found).toEqual(all)
    expect(gaps).toEqual([])
  })

  test('one that always takes too long ends in a gap', async () => {
    const { source, streams } = await start({ instead: () => ({ body: '', delayMs: 500 }) }, { timeoutMs: 30 })
    expect((await discover(source, question())).gaps).toEqual([`0-${head} source: rpc-timeout`])
    expect(streams().length).toBeLessThan(8)
  })

  test('proves its key in a header, and shows it nowhere', async () => {
    const key = 'sqd_portal_k1_TESTSECRET'
    const { source, server } = await start({ instead: () => ({ status: 403, body: `no grant for ${key}` }) }, { key })
    const { errors } = await discover(source, question())
    expect(server.asked.every(({ headers }) => headers.authorization === `Bearer ${key}`)).toBe(true)
    expect(errors[0]).toMatchObject({
      code: 'log-source-refused',
      data: { words: { value: 'HTTP 403 no grant for ***' } },
    })
    expect(JSON.stringify(errors)).not.toContain(key)
  })

  test.each([
    [302, '', 'final'],
    [402, '', 'key'],
    [403, '\n<!doctype html><title>Just a moment...</title>', 'key'],
    [404, 'Unknown dataset', 'url'],
  ])('HTTP %i without words of its own gives advice by the status', async (status, body, advice) => {
    const headers = { location: 'http://127.0.0.1:1/' }
    const { source } = await start({ instead: () => ({ status, headers, body }) })
    const { errors } = await discover(source, question())
    expect(errors[0]).toMatchObject({
      code: 'log-source-failed',
      data: { cause: { value: 'http-status' }, status: { value: String(status) }, advice: { value: advice } },
    })
  })

  test('too many requests are waited for', async () => {
    const instead = (_: unknown, count: number) => (count < 4 ? { status: 429, body: 'Too many requests' } : null)
    // So that a timer that comes late does not end it.
    const { source } = await start({ instead }, { backoffMs: 20 })
    expect((await discover(source, question({ filters: logFilters }))).found).toEqual(all)
  })

  test('is told no address when it is about another chain', async () => {
    const { source, server } = await start({ hashOf: otherHash })
    expect((await discover(source, question())).gaps).toEqual([`0-${head} log-source-wrong-chain`])
    expect(JSON.stringify(server.asked)).not.toContain(digits)
  })

  test('is told no address when there is no such data set', async () => {
    const { server } = await start()
    const source = createLogSource(`sqd:${server.url}/datasets/other`, { perSecond: 10_000, backoffMs: 1 })
    const { errors } = await discover(source, question())
    expect(errors[0]).toMatchObject({
      code: 'log-source-failed',
      data: { status: { value: '404' }, advice: { value: 'url' } },
    })
    expect(JSON.stringify(server.asked)).not.toContain(digits)
  })

  test('what it does not have yet is a gap', async () => {
    const { source } = await start({ newest: head - 5 })
    const { gaps } = await discover(source, question())
    expect(gaps).toEqual([`${head - 31}-${head} log-source-behind`])
  })

  test('what came before its first block is a gap', async () => {
    const { source } = await start({ first: 6 })
    const { found, gaps } = await discover(source, question())
    expect(gaps).toEqual(['0-5 log-source-starts-late'])
    expect(found).toEqual(['granted 7:2', 'granted 7:300', `granted ${head}:4`])
  })

  test('one that does not tell its first block is read from the first', async () => {
    const { source, streams } = await start({ first: null })
    expect((await discover(source, question())).gaps).toEqual([])
    expect(streams()[0]?.fromBlock).toBe(0)
  })

  test('a head that moves back while it is read is a gap', async () => {
    const { source } = await start({
      mostBlocks: 5000,
      instead: ({ fromBlock }) => (fromBlock >= 5000 ? { status: 204, body: '' } : null),
    })
    expect((await discover(source, question())).gaps).toEqual([`5000-${head} log-source-behind`])
  })

  test('another branch at the end of the stream is a gap', async () => {
    const { source } = await start({
      instead: (query) => ({ body: stream({ hashOf: otherHash }, query) }),
    })
    const { found, gaps } = await discover(source, question())
    expect(found).toEqual([])
    expect(gaps).toEqual([`0-${head} log-source-behind`])
  })

  const line = (number: number, over: object = {}) =>
    JSON.stringify({ header: { number, hash: hashOfBlock(number) }, ...over })
  test.each([
    ['no block at all', ''],
    ['a line that was cut', `${line(0)}\n${line(7).slice(0, 20)}`],
    ['blocks out of order', `${line(0)}\n${line(9)}\n${line(8)}`],
    ['another first block', `${line(3)}\n${line(head)}`],
    ['blocks after the last', `${line(0)}\n${line(head + 1)}`],
    ['a block without a hash', '{"header":{"number":0}}'],
    ['a number that is none', '{"header":{"number":"0","hash":"0x"}}'],
    ['a list', '[]'],
  ])('%s is no answer', async (_, body) => {
    const { source } = await start({ instead: () => ({ body }) })
    const { found, gaps } = await discover(source, question())
    expect(found).toEqual([])
    expect(gaps).toEqual([`0-${head} source: invalid-reply`])
  })

  test('digits of either case are the same topic', async () => {
    const shout = (text: string) => text.replace(/0x[0-9a-f]+/g, (digits) => `0x${digits.slice(2).toUpperCase()}`)
    const { source } = await start({
      instead: (query) => ({ body: stream({}, query).replace(/"topics":\[[^\]]+\]/g, shout) }),
    })
    const { found, gaps } = await discover(source, question({ filters: logFilters }))
    expect(found).toEqual(all)
    expect(gaps).toEqual([])
  })

  const [{ topics: askedTopics } = { topics: [] }] = someLogs
  const row = (topics: unknown) => ({ address: account, topics, data: '0x', logIndex: 0, transactionHash: word(1) })
  test.each([
    ['of another account', [askedTopics[0], word(0xbad), word(0xb0b)]],
    ['of another event', [word(0xeee), askedTopics[1], word(0xb0b)]],
    ['with the account in another place', [askedTopics[0], word(0xb0b), askedTopics[1]]],
    ['without topics', []],
    ['with something else for topics', 'topics'],
  ])('a row %s means that another question was answered', async (_, topics) => {
    const asked = row(askedTopics)
    const body = `${line(0, { logs: [asked] })}\n${line(head, { logs: [row(topics)] })}`
    const { source } = await start({ instead: () => ({ body }) })
    const { found, errors, gaps } = await discover(source, question())
    expect(found).toEqual([])
    expect(gaps).toEqual([`0-${head} source: invalid-reply`])
    expect(errors[0]).toMatchObject({ data: { problem: { value: 'another' } } })
  })

  test('a malformed log is no answer', async () => {
    const [{ topics } = { topics: [] }] = someLogs
    const body = line(0, { logs: [{ address: '0x12', topics, data: '0x', logIndex: 0, transactionHash: '0x' }] })
    const { source } = await start({ instead: () => ({ body }) })
    expect((await discover(source, question())).gaps).toEqual([`0-${head} source: invalid-reply`])
  })

  test('ends when the run is stopped', async () => {
    const stop = new AbortController()
    const { source, streams } = await start({
      mostBlocks: 100,
      instead: () => {
        stop.abort()
        return null
      },
    })
    const { gaps } = await discover(source, question(), { signal: stop.signal })
    expect(gaps).toEqual([`0-${head} stopped`])
    expect(streams()).toHaveLength(1)
  })

  test('tells how many blocks were read', async () => {
    const { source } = await start({ mostBlocks: 4000 })
    const seen: string[] = []
    await discover(source, question(), { onProgress: (read, total) => seen.push(`${read} of ${total}`) })
    expect(seen).toEqual(['4000 of 10001', '8000 of 10001', '10001 of 10001'])
  })
})
