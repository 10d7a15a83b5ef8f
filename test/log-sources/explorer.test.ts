import { afterEach, describe, expect, test } from 'vitest'
import { mergeRanges } from '../../src/domain/block-range.ts'
import { logFilters } from '../../src/domain/log-filters.ts'
import { createLogSource, type LogSourceOptions } from '../../src/log-sources/create-log-source.ts'
import { account, codeOf, discover, head, logAt, matching, question, range, someLogs } from './discoveries.ts'
import { type Explorer, isAboutLogs, otherHash, startExplorer } from './explorer-server.ts'
import type { Answer, HttpServer } from './http-server.ts'

const servers: HttpServer[] = []
afterEach(() => Promise.all(servers.splice(0).map(({ close }) => close())))

const quick = { perSecond: 10_000, backoffMs: 1 }
/** A busy computer delays timers, and a source that is too busy for 65 of these pauses is given up before its sixth refusal. */
const patient = { backoffMs: 20 }
const kinds = [
  ['blockscout', ''],
  ['etherscan', '/v2/api'],
] as const
type Kind = (typeof kinds)[number][0]

async function start(kind: Kind, explorer: Partial<Explorer> = {}, options: LogSourceOptions = {}) {
  const server = await startExplorer({ logs: someLogs, ...explorer })
  servers.push(server)
  const path = kind === 'etherscan' ? '/v2/api' : ''
  const source = createLogSource(`${kind}:${server.url}${path}`, { ...quick, ...options })
  return { server, source, asked: server.asked }
}

const digits = account.slice(2).toLowerCase()
const mentions = (server: HttpServer, text: string) =>
  server.asked.filter((asked) => JSON.stringify(asked).toLowerCase().includes(text.toLowerCase())).length
const insteadOfLogs = (answer: Answer): Partial<Explorer> => ({
  instead: (asked) => (isAboutLogs(asked) ? answer : null),
})
const notOk = (result: string): Answer => ({ body: { status: '0', message: 'NOTOK', result } })

describe.each(kinds)('%s', (kind) => {
  test('finds for every filter what a node would find', async () => {
    const { source, server } = await start(kind)
    const { found, gaps } = await discover(source, question({ filters: logFilters }))
    const expected = logFilters.flatMap((filter) =>
      matching(someLogs, { filter, asked: range(0, head) }).map(
        (log) => `${filter.name} ${Number(log.blockNumber)}:${Number(log.logIndex)}`,
      ),
    )
    expect(expected).toHaveLength(7)
    expect(found).toEqual([...expected].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })))
    expect(gaps).toEqual([])
    expect(source.host).toBe(server.host)
    expect(source.requestCount()).toBe(server.asked.length)
  })

  test('asks for no other blocks than it is told to', async () => {
    const { source, asked } = await start(kind)
    const ranges = () => [range(6, 7), range(9500, head)]
    const { found } = await discover(source, question({ ranges }))
    expect(found).toEqual(['granted 7:2', 'granted 7:300', `granted ${head}:4`])
    const blocks = new Set(asked.filter(isAboutLogs).map(({ query }) => `${query.fromBlock}-${query.toBlock}`))
    expect([...blocks]).toEqual(['6-7', `9500-${head}`])
  })

  test('halves what has as many rows as it lists at most', async () => {
    const logs = Array.from({ length: 2500 }, (_, index) => logAt({ block: index * 3, index: 0 }))
    const { source } = await start(kind, { logs })
    const { found, gaps } = await discover(source, question())
    expect(found).toHaveLength(2500)
    expect(gaps).toEqual([])
    expect(source.requestCount()).toBeLessThan(30)
  })

  test('does not believe a round number of rows: a copy of the API may stop there', async () => {
    const logs = Array.from({ length: 450 }, (_, index) => logAt({ block: index * 7, index: 0 }))
    const { source } = await start(kind, { logs, mostRows: 100 })
    const { found, gaps } = await discover(source, question())
    expect(found).toHaveLength(450)
    expect(gaps).toEqual([])
  })

  test('a block with as many rows as it lists at most is a gap, and what it listed is found', async () => {
    const crowd = Array.from({ length: 1200 }, (_, index) => logAt({ block: 4321, index }))
    const { source } = await start(kind, { logs: [...crowd, logAt({ block: 5, index: 0 })] })
    const { found, gaps, errors } = await discover(source, question())
    expect(gaps).toEqual(['4321-4321 log-source-cut'])
    expect(errors[0]?.data).toMatchObject({ rows: { value: 1000 }, block: { value: '4321' } })
    expect(found).toHaveLength(1001)
  })

  test('999 rows of one block are not cut, 100 may be', async () => {
    const crowd = (block: number, count: number) => Array.from({ length: count }, (_, index) => logAt({ block, index }))
    const whole = await start(kind, { logs: crowd(8, 999) })
    expect((await discover(whole.source, question())).gaps).toEqual([])
    const round = await start(kind, { logs: crowd(8, 100) })
    expect((await discover(round.source, question())).gaps).toEqual(['8-8 log-source-cut'])
  })

  test.each([
    'Query Timeout occured. Please select a smaller result dataset',
    'Result window is too large, PageNo x Offset size must be less than or equal to 10000',
  ])('asks for fewer blocks when it says: %s', async (words) => {
    const { source } = await start(kind, {
      instead: (asked) =>
        isAboutLogs(asked) && Number(asked.query.toBlock) - Number(asked.query.fromBlock) > 3000 ? notOk(words) : null,
    })
    const { found, gaps } = await discover(source, question())
    expect(found).toEqual(['granted 0:0', 'granted 7:2', 'granted 7:300', `granted ${head}:4`])
    expect(gaps).toEqual([])
  })

  test('a rate limit in words is waited for, and is no empty list', async () => {
    const busy = new Set<number>()
    const { source } = await start(kind, {
      instead: (asked, count) => {
        if (!isAboutLogs(asked) || busy.size >= 3) return null
        busy.add(count)
        return notOk('Max calls per sec rate limit reached (3/sec)')
      },
    })
    const { found, gaps } = await discover(source, question())
    expect(found).toHaveLength(4)
    expect(gaps).toEqual([])
  })

  test('a rate limit that stays is a gap, and ends the asking', async () => {
    const { source, asked } = await start(kind, insteadOfLogs({ status: 429, body: 'Too many requests' }), patient)
    const { found, gaps } = await discover(source, question({ filters: logFilters }))
    expect(found).toEqual([])
    expect(gaps).toEqual(Array.from({ length: 3 }, () => `0-${head} source: rate-limited`))
    expect(asked.filter(isAboutLogs)).toHaveLength(6)
  })

  test('a used-up day is refused at once', async () => {
    const { source, asked } = await start(
      kind,
      insteadOfLogs(notOk('Max daily rate limit reached. 110000 (100%) of 100000 day/limit')),
    )
    const { gaps } = await discover(source, question())
    expect(new Set(gaps)).toEqual(new Set([`0-${head} log-source-refused`]))
    expect(asked.filter(isAboutLogs)).toHaveLength(1)
  })

  test('a refusal is quoted without the key, and is not asked for again', async () => {
    const key = 'KEYOFTHETEST1234'
    const { source, asked } = await start(kind, insteadOfLogs(notOk(`Invalid API Key (${key})`)), { key })
    const { gaps, errors } = await discover(source, question())
    expect(asked.filter(isAboutLogs).map(({ query }) => query.apikey)).toEqual([key])
    expect(new Set(gaps)).toEqual(new Set([`0-${head} log-source-refused`]))
    expect(errors[0]?.data.words).toEqual({ type: 'untrusted-text', value: 'NOTOK Invalid API Key (***)' })
    expect(JSON.stringify(errors)).not.toContain(key)
  })

  test.each([
    ['in a field of its own', { error: 'Invalid API key' }],
    ['as JSON-RPC', { jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'Invalid API key' } }],
    ['as a message', { message: 'Invalid API key' }],
  ])('a refusal of every request is quoted, wherever its words stand: %s', async (_, body) => {
    const { source, asked } = await start(kind, { instead: () => ({ body }) })
    const { errors } = await discover(source, question())
    expect(errors[0]).toMatchObject({ code: 'log-source-refused', data: { words: { value: 'Invalid API key' } } })
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['a page for people', 403, '<html>Just a moment...</html>', 'key'],
    ['a refusal without a word', 401, '{}', 'key'],
    ['a plan that is not paid for', 402, '', 'key'],
    ['an address where nothing is', 404, '{"message":"no Route matched with those values"}', 'url'],
    ['what leads elsewhere, which is not followed,', 302, '{"message":"Found"}', 'final'],
    ['another status', 418, '', 'other'],
  ])('%s tells its status, and gives advice by it', async (_, status, body, advice) => {
    const headers = { location: 'http://127.0.0.1:1/' }
    const { source, asked } = await start(kind, insteadOfLogs({ status, headers, body }))
    const { errors } = await discover(source, question())
    expect(errors[0]).toMatchObject({
      code: 'log-source-failed',
      data: { cause: { value: 'http-status' }, status: { value: String(status) }, advice: { value: advice } },
    })
    expect(asked.filter(isAboutLogs)).toHaveLength(1)
  })

  test('a source that fails over long ranges is asked for shorter ones', async () => {
    const { source } = await start(kind, {
      instead: (asked) =>
        isAboutLogs(asked) &&
        asked.query.topic0 === someLogs[0]?.topics[0] &&
        Number(asked.query.toBlock) - Number(asked.query.fromBlock) > 5000
          ? { status: 504, body: 'upstream' }
          : null,
    })
    const { found, gaps } = await discover(source, question())
    expect(found).toHaveLength(4)
    expect(gaps).toEqual([])
  })

  test('a source that fails over everything ends in gaps after a bounded number of requests', async () => {
    const { source, asked } = await start(kind, insteadOfLogs({ status: 500, body: 'oops' }))
    const gaps = await source.discover(question({ filters: logFilters }), { onChunk: () => {} })
    expect(new Set(gaps.map(({ error }) => codeOf(error)))).toEqual(new Set(['source: http-status']))
    for (const filter of logFilters) {
      const own = gaps.filter((gap) => gap.filter === filter)
      expect(mergeRanges(own.map((gap) => gap.range))).toEqual([range(0, head)])
    }
    expect(asked.filter(isAboutLogs).length).toBeLessThanOrEqual(27)
  })

  test.each([
    ['that were not asked for', [logAt({ block: 7, index: 0, account: 5 })]],
    ['of other blocks', [logAt({ block: head + 1, index: 0 })]],
    ['with a malformed address', [logAt({ block: 7, index: 0 }, { address: '0x12' })]],
  ])('rows %s are no answer', async (_, result) => {
    const { source } = await start(kind, insteadOfLogs({ body: { status: '1', message: 'OK', result } }))
    const { found, gaps } = await discover(source, question())
    expect(found).toEqual([])
    expect(new Set(gaps)).toEqual(new Set([`0-${head} source: invalid-reply`]))
  })

  test.each([
    ['a list without a status', { result: [] }, 'source: invalid-reply'],
    ['an empty list that was no empty search', { status: '0', message: 'NOTOK', result: [] }, 'log-source-refused'],
    ['nothing', {}, 'source: invalid-reply'],
  ])('%s is not "nothing there"', async (_, body, code) => {
    const { source } = await start(kind, insteadOfLogs({ body }))
    const { gaps } = await discover(source, question())
    expect(new Set(gaps)).toEqual(new Set([`0-${head} ${code}`]))
  })

  test('text that is not JSON is asked for again, and is no answer', async () => {
    const { source, asked } = await start(kind, insteadOfLogs({ body: '{"status":"1","result":[' }))
    const { gaps } = await discover(source, question())
    expect(new Set(gaps)).toEqual(new Set([`0-${head} source: invalid-reply`]))
    expect(asked.filter(isAboutLogs)).toHaveLength(3)
  })

  test('is told no address when it is about another chain', async () => {
    const { source, server } = await start(kind, { hashOf: otherHash })
    const { gaps } = await discover(source, question({ filters: logFilters }))
    expect(gaps).toEqual(Array.from({ length: 3 }, () => `0-${head} log-source-wrong-chain`))
    expect(mentions(server, digits)).toBe(0)
  })

  test('is told no address when it has none of the blocks', async () => {
    const { source, server } = await start(kind, { newest: -1 })
    const { gaps } = await discover(source, question())
    expect(gaps).toEqual([`0-${head} log-source-chain-unknown`])
    expect(mentions(server, digits)).toBe(0)
  })

  test.each([
    [head, head],
    [head - 1, head - 32],
    [head - 32, head - 32],
    [head - 33, head - 1024],
  ])('with blocks up to %i it is believed up to %i', async (newest, believed) => {
    const { source } = await start(kind, { newest })
    const { found, gaps } = await discover(source, question())
    expect(gaps).toEqual(believed === head ? [] : [`${believed + 1}-${head} log-source-behind`])
    expect(found).toHaveLength(believed === head ? 4 : 3)
  })

  test('a newest block of another branch is left out', async () => {
    const hashOf = (block: number) =>
      block === head ? otherHash(block) : `0x${(0xb10c0000 + block).toString(16).padStart(64, '0')}`
    const { source } = await start(kind, { hashOf })
    expect((await discover(source, question())).gaps).toEqual([`${head - 31}-${head} log-source-behind`])
  })

  test('sends no more requests than it may', async () => {
    const { source, asked } = await start(kind, {}, { maximumRequests: 4 })
    const { gaps } = await discover(source, question({ filters: logFilters }))
    expect(asked).toHaveLength(4)
    expect(gaps.length).toBeGreaterThan(0)
    expect(new Set(gaps)).toEqual(new Set([`0-${head} request-budget-used`]))
  })

  test('keeps to a pace', async () => {
    const { source, asked } = await start(kind, {}, { maximumRps: 50 })
    const startedAt = performance.now()
    await discover(source, question())
    expect(performance.now() - startedAt).toBeGreaterThan((asked.length - 1) * 20 - 5)
  })

  test('ends when the run is stopped', async () => {
    const stop = new AbortController()
    const { source, asked } = await start(kind, {
      instead: (one) => {
        if (isAboutLogs(one)) stop.abort()
        return null
      },
    })
    const { gaps } = await discover(source, question({ filters: logFilters }), { signal: stop.signal })
    expect(new Set(gaps)).toEqual(new Set([`0-${head} stopped`]))
    expect(asked.filter(isAboutLogs)).toHaveLength(1)
  })

  test('tells how many blocks were read', async () => {
    const { source } = await start(kind)
    const seen: string[] = []
    await discover(source, question(), { onProgress: (read, total) => seen.push(`${read} of ${total}`) })
    expect(seen.at(-1)).toBe(`${head + 1} of ${head + 1}`)
    expect(seen).toHaveLength(8)
  })
})

test('Etherscan is told the chain and how many rows are wanted', async () => {
  const { source, asked } = await start('etherscan')
  await discover(source, question({ chainId: 8453 }))
  for (const { query } of asked) expect(query.chainid).toBe('8453')
  for (const { query } of asked.filter(isAboutLogs)) expect(query).toMatchObject({ page: '1', offset: '1000' })
})

test('a Blockscout that has not read all blocks is told no address', async () => {
  const { source, server } = await start('blockscout', { isIndexed: false })
  const { gaps } = await discover(source, question())
  expect(gaps).toEqual([`0-${head} log-source-incomplete`])
  expect(mentions(server, digits)).toBe(0)
})

test('a Blockscout below a path is asked there', async () => {
  const server = await startExplorer({ logs: [], instead: () => ({ status: 404, body: {} }) })
  servers.push(server)
  await discover(createLogSource(`blockscout:${server.url}/1/`, quick), question())
  expect(server.asked.map(({ path }) => path)).toEqual(['/1/api/v2/main-page/indexing-status'])
})
