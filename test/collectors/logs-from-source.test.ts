import { describe, expect, test } from 'vitest'
import logsCollector from '../../src/collectors/logs.ts'
import { toFactError } from '../../src/core/errors.ts'
import type { BlockRange } from '../../src/core/facts.ts'
import type { LogFilter, LogGap } from '../../src/core/log-scan.ts'
import type { LogSource } from '../../src/core/log-source.ts'
import type { Store } from '../../src/core/store.ts'
import { logFilters } from '../../src/domain/log-filters.ts'
import { packLogs, slicePacked } from '../../src/domain/packed-logs.ts'
import { SourceBehindError, SourceRefusedError } from '../../src/log-sources/errors.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { chain } from '../../src/testing.ts'
import { account, type Endpoint, every, range, refused, simulate, word } from '../rpc/log-scan/simulated-endpoint.ts'
import { read } from '../support/fake-rpc.ts'

const head = 10_000
const host = 'explorer.example'
const logs = every(500, head)

/** Lists every log of the filter `granted`, but for the gaps. */
function sourceWith(gapsOf: (filter: LogFilter) => readonly (readonly [BlockRange, Error])[] = () => []) {
  const asked: string[] = []
  const source: LogSource = {
    host,
    requestCount: () => asked.length,
    discover: async ({ filters, accounts, ranges, chainId }, { onChunk }) => {
      expect({ accounts, chainId }).toEqual({ accounts: [account], chainId: 1 })
      const gaps: LogGap[] = []
      for (const filter of filters) {
        gaps.push(...gapsOf(filter).map(([blocks, error]) => ({ filter, range: blocks, error: toFactError(error) })))
        for (const blocks of ranges(filter)) {
          asked.push(`${filter.name} ${blocks.fromBlock}-${blocks.toBlock}`)
          const all = packLogs(logs, { range: range(0, head), topics: [] })
          const own = slicePacked(all, filter.name === 'granted' ? blocks : range(1, 0))
          await onChunk({ filter, accounts, range: blocks, logs: own })
        }
      }
      return gaps
    },
  }
  return { source, asked }
}

const refuses: Partial<Endpoint> = {
  answer: () => {
    throw refused(-32601, 'eth_getLogs is not available')
  },
}
const node = (over: Partial<Endpoint> = refuses) => simulate({ head, logs, ...over })

function check(endpoint: ReturnType<typeof simulate>, logSource?: LogSource, store?: Store) {
  const block = { number: BigInt(head), hash: word(0xb10c0000 + head), timestamp: 1_730_000_000 }
  return read(logsCollector, {
    rpc: endpoint.rpc,
    facts: { chain: chain({ block, head: block }) },
    options: { account },
    ...(logSource !== undefined && { logSource }),
    ...(store !== undefined && { store }),
  })
}

describe('with a source of logs', () => {
  test('the endpoint is not asked for any, and what is found is the same', async () => {
    const { source, asked } = sourceWith()
    const endpoint = node()
    const facts = await check(endpoint, source)
    const { source: named, ...others } = facts
    expect(named).toBe(host)
    expect(others).toEqual(await check(node({})))
    expect(others.approvals.length).toBeGreaterThan(0)
    expect(endpoint.asked).toEqual([])
    expect(asked).toEqual(logFilters.map(({ name }) => `${name} 0-${head}`))
  })

  test('what it did not list is missing, with its reason, and the endpoint is not asked instead', async () => {
    const { source } = sourceWith(() => [[range(100, 199), new SourceRefusedError(host, 'no')]])
    const endpoint = node({})
    const { coverage, missing } = await check(endpoint, source)
    expect(coverage.gaps).toEqual([range(100, 199)])
    expect(missing).toMatchObject([{ error: { code: 'log-source-refused' }, ranges: [range(100, 199)] }])
    expect(endpoint.asked).toEqual([])
  })

  test('the newest blocks that it lacks are asked of the endpoint', async () => {
    const lag = () => [[range(head - 31, head), new SourceBehindError(host, BigInt(head - 32))]] as const
    const endpoint = node({})
    const { coverage, missing } = await check(endpoint, sourceWith(lag).source)
    expect(coverage.gaps).toEqual([])
    expect(missing).toEqual([])
    expect(new Set(endpoint.asked.map(({ fromBlock }) => fromBlock))).toEqual(new Set([BigInt(head - 31)]))
  })

  test('they are missing for its reason when the endpoint refuses', async () => {
    const lag = () => [[range(head - 31, head), new SourceBehindError(host, BigInt(head - 32))]] as const
    const { coverage, missing } = await check(node(), sourceWith(lag).source)
    expect(coverage.gaps).toEqual([range(head - 31, head)])
    expect(missing).toMatchObject([{ error: { code: 'log-source-behind' }, ranges: [range(head - 31, head)] }])
  })

  test.each([
    [1024, true],
    [1025, false],
  ])('%i newest blocks asked of the endpoint: %s', async (blocks, isAsked) => {
    const since = head - blocks + 1
    const lag = () => [[range(since, head), new SourceBehindError(host, BigInt(since - 1))]] as const
    const endpoint = node({})
    const { coverage } = await check(endpoint, sourceWith(lag).source)
    expect(endpoint.asked.length > 0).toBe(isAsked)
    expect(coverage.gaps).toEqual(isAsked ? [] : [range(since, head)])
  })
})

describe('with a store as well', () => {
  test('nothing that the source lists is kept', async () => {
    const store = memoryStore()
    await check(node(), sourceWith().source, store)
    for (const { name } of logFilters) {
      expect(await store.logs.coverage({ chain: 1, filter: name, account })).toEqual([])
    }
    const { source } = await check(node({}), undefined, store)
    expect(source).toBeUndefined()
  })

  test('it is asked only for what the endpoint has not told before', async () => {
    const store = memoryStore()
    const before = await check(node({}), undefined, store)
    const { source, asked } = sourceWith()
    const { source: named, ...after } = await check(node(), source, store)
    expect(asked).toEqual(logFilters.map(({ name }) => `${name} ${head - 63}-${head}`))
    expect(named).toBe(host)
    expect(after).toEqual(before)
  })
})
