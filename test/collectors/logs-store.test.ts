import { describe, expect, test } from 'vitest'
import type { BlockRange } from '../../src/core/facts.ts'
import type { LogChunk } from '../../src/core/log-scan.ts'
import type { ReadMethod, RpcClient } from '../../src/core/rpc.ts'
import type { Store } from '../../src/core/store.ts'
import { blockCount, mergeRanges, subtractRanges } from '../../src/domain/block-range.ts'
import { logFilters } from '../../src/domain/log-filters.ts'
import { emptyPacked } from '../../src/domain/packed-logs.ts'
import { ConnectionError, StateUnavailableError } from '../../src/rpc/errors.ts'
import { scanLogs } from '../../src/rpc/log-scan/scan.ts'
import { BlocksNotKeptError } from '../../src/store/errors.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import {
  account,
  accountAt,
  logAt,
  place,
  type Question,
  type RpcLog,
  range,
  refused,
  requestFor,
  simulate,
  word,
} from '../rpc/log-scan/simulated-endpoint.ts'
import { cap, check, endpoint, limited } from '../support/logs-run.ts'

/** The blocks that were asked for, answered or not: of all filters, or of the one with the account at this place. */
const asked = ({ asked }: ReturnType<typeof simulate>, place?: number) => {
  const own = asked.filter(({ position }) => place === undefined || position === place)
  return mergeRanges(own.map(({ fromBlock, toBlock }) => ({ fromBlock, toBlock })))
}
const approvalsOf = (logs: Awaited<ReturnType<typeof check>>) => logs.approvals.map(({ log }) => log.block)
const keyOf = (filter: string) => ({ chain: 1, filter, account })

describe('a second run', () => {
  test('asks for the new blocks and 64 old ones, and finds what a run without a store finds', async () => {
    const store = memoryStore()
    await check({ store, rpc: endpoint(10_000).rpc, head: 10_000 })
    const later = endpoint(10_700)
    const logs = await check({ store, rpc: later.rpc, head: 10_700 })
    expect(asked(later)).toEqual([range(9_937, 10_700)])
    expect(later.asked).toHaveLength(3)
    expect(logs).toEqual(await check({ rpc: endpoint(10_700).rpc, head: 10_700 }))
    expect(logs.approvals.length).toBeGreaterThan(0)
  })

  test('a day later takes one request per filter and cap, and three round trips', async () => {
    const store = memoryStore()
    await check({ store, rpc: endpoint(10_000).rpc, head: 10_000 })
    const later = endpoint(17_200)
    const { rpc, rounds } = countRounds(later.rpc)
    expect((await check({ store, rpc, head: 17_200 })).missing).toEqual([])
    expect(later.asked).toHaveLength(3 * Math.ceil((7_200 + 64) / cap))
    expect(rounds()).toBeLessThanOrEqual(3)
  })

  test('of the same block asks for the margin alone', async () => {
    const store = memoryStore()
    const first = await check({ store, rpc: endpoint(10_000).rpc, head: 10_000 })
    const again = endpoint(10_000)
    expect(await check({ store, rpc: again.rpc, head: 10_000 })).toEqual(first)
    expect(asked(again)).toEqual([range(9_937, 10_000)])
  })

  test('with an earlier first block reads what is before, and nothing between', async () => {
    const store = memoryStore()
    await check({ store, rpc: endpoint(10_000).rpc, head: 10_000, fromBlock: 8_000n })
    const wider = endpoint(10_000)
    const logs = await check({ store, rpc: wider.rpc, head: 10_000 })
    expect(asked(wider)).toEqual([range(0, 7_999), range(9_937, 10_000)])
    expect(logs).toEqual(await check({ rpc: endpoint(10_000).rpc, head: 10_000 }))
  })

  test('keeps to what the chain calls final where that is older than 64 blocks', async () => {
    const store = memoryStore()
    const withFinal = (head: number, final: number) => {
      const node = endpoint(head)
      const request = (method: ReadMethod, params: readonly unknown[]) =>
        node.rpc.request(method, params[0] === 'finalized' ? [`0x${final.toString(16)}`, false] : params)
      return { ...node, rpc: { ...node.rpc, request } }
    }
    await check({ store, rpc: withFinal(10_000, 9_100).rpc, head: 10_000 })
    const later = withFinal(10_010, 9_110)
    await check({ store, rpc: later.rpc, head: 10_010 })
    expect(asked(later)).toEqual([range(9_101, 10_010)])
  })

  test('uses the range limit that the first one learned, and does not learn it anew', async () => {
    const store = memoryStore()
    const learned: unknown[] = []
    const endpoints = {
      ...store.endpoints,
      learn: async (...given: Parameters<Store['endpoints']['learn']>) => {
        learned.push(given)
        await store.endpoints.learn(...given)
      },
    }
    const watched = { ...store, endpoints }
    await check({ store: watched, rpc: endpoint(10_000).rpc, head: 10_000 })
    const limits = { maximumBlocks: 1_000n, maximumLogs: null, maximumTopics: null, requestsPerSecond: null }
    expect(learned).toEqual([['00000000000000aa', limits]])
    const later = endpoint(12_000)
    await check({ store: watched, rpc: later.rpc, head: 12_000 })
    expect(later.asked.every((question) => blockCount(question) <= 1_000n)).toBe(true)
    expect(learned).toHaveLength(1)
  })

  test('an endpoint that answered nothing teaches nothing', async () => {
    const store = memoryStore()
    const refuse = () => {
      throw refused(-32602, 'block range is too wide, the maximum is 10 blocks')
    }
    await check({ store, rpc: endpoint(10_000, { answer: refuse }).rpc, head: 10_000 })
    expect(await store.endpoints.limits('00000000000000aa')).toBe(null)
  })
})

/** Requests that one after the other waited for an earlier answer. */
function countRounds(rpc: RpcClient) {
  let answered = 0
  let most = 0
  const request: RpcClient['request'] = async (method, params) => {
    const round = answered + 1
    most = Math.max(most, round)
    try {
      // Longer than the work between two requests, so that what is sent together is answered together.
      await new Promise((resolve) => setTimeout(resolve, 40))
      return await rpc.request(method, params)
    } finally {
      answered = Math.max(answered, round)
    }
  }
  return { rpc: { ...rpc, request }, rounds: () => most }
}

describe('another chain with the same id', () => {
  const hashHere = (block: number) => word(0xdee0000 + block)
  const elsewhere = (head: number) =>
    simulate({
      head,
      logs: [],
      answer: limited,
      onHeader: (block) =>
        Number.isNaN(block) ? null : { number: `0x${block.toString(16)}`, hash: hashHere(block), logsBloom: '0x00' },
    })

  test('is known by its block: what was kept is dropped, and everything read anew', async () => {
    const store = memoryStore()
    await check({ store, rpc: endpoint(10_000).rpc, head: 10_000 })
    const other = elsewhere(11_000)
    const logs = await check({ store, rpc: other.rpc, head: 11_000, hash: hashHere(11_000) })
    expect(asked(other)).toEqual([range(0, 11_000)])
    expect(logs).toMatchObject({ approvals: [], missing: [] })
    expect(await store.checkpoint.get(1)).toEqual({ number: 10_936n, hash: hashHere(10_936) })
  })

  test('that is too short to tell leaves the store alone', async () => {
    const store = memoryStore()
    await check({ store, rpc: endpoint(10_000).rpc, head: 10_000 })
    const other = simulate({
      head: 5_000,
      logs: [],
      onHeader: (block) =>
        block <= 5_000 ? { number: `0x${block.toString(16)}`, hash: hashHere(block), logsBloom: '0x00' } : new Error(),
    })
    const request: RpcClient['request'] = async (method, params) =>
      method === 'eth_getBlockByNumber' && Number(params[0]) > 5_000 ? null : other.rpc.request(method, params)
    const logs = await check({ store, rpc: { ...other.rpc, request }, head: 5_000, hash: hashHere(5_000) })
    expect(asked(other)).toEqual([range(0, 5_000)])
    expect(logs).toMatchObject({ approvals: [], missing: [] })
    expect(await store.checkpoint.get(1)).toEqual({ number: 9_936n, hash: word(0xb10c0000 + 9_936) })
    expect(await store.logs.coverage(keyOf('granted'))).toEqual([range(0, 9_936)])
  })

  test('may have left logs without a checkpoint: they are not trusted', async () => {
    const store = memoryStore()
    for (const filter of logFilters) {
      await store.logs.write({ chain: 1, filter, accounts: [account], range: range(0, 9_000), logs: emptyPacked })
    }
    const again = endpoint(10_000)
    const logs = await check({ store, rpc: again.rpc, head: 10_000 })
    expect(asked(again)).toEqual([range(0, 10_000)])
    expect(logs).toEqual(await check({ rpc: endpoint(10_000).rpc, head: 10_000 }))
  })
})

describe('what is kept', () => {
  test('is nothing of the newest 64 blocks, nor of a chain that is shorter', async () => {
    const store = memoryStore()
    await check({ store, rpc: endpoint(10_000).rpc, head: 10_000 })
    for (const { name } of logFilters) expect(await store.logs.coverage(keyOf(name))).toEqual([range(0, 9_936)])
    const young = memoryStore()
    await check({ store: young, rpc: endpoint(63).rpc, head: 63 })
    expect(await young.checkpoint.get(1)).toBe(null)
    expect(await young.logs.coverage(keyOf('granted'))).toEqual([])
  })

  test('stays when an endpoint fails later', async () => {
    const store = memoryStore()
    await check({ store, rpc: endpoint(10_000).rpc, head: 10_000 })
    const fail = () => {
      throw new ConnectionError(place, 'ECONNREFUSED')
    }
    const logs = await check({ store, rpc: endpoint(10_500, { answer: fail }).rpc, head: 10_500 })
    expect(logs.coverage.gaps).toEqual([range(9_937, 10_500)])
    expect(approvalsOf(logs).length).toBeGreaterThan(0)
    expect(await store.logs.coverage(keyOf('granted'))).toEqual([range(0, 9_936)])
  })

  test('is not what an endpoint that lags behind answered', async () => {
    const store = memoryStore()
    const newest: Promise<readonly BlockRange[]>[] = []
    const behind = endpoint(10_000, {
      onPinned: () => refused(-32000, 'unknown block'),
      onHead: () => '0x251c', // 9,500
      answer: (question, found) => {
        if (question.position === 1 && question.toBlock === 10_000n) newest.push(store.logs.coverage(keyOf('granted')))
        return limited(question, found)
      },
    })
    const logs = await check({ store, rpc: behind.rpc, head: 10_000 })
    // Nor while it is asked again: the run may be killed.
    const [, , ...again] = await Promise.all(newest)
    expect(again).toEqual([[range(0, 9_500)], [range(0, 9_500)]])
    expect(logs.coverage.gaps).toEqual([range(9_501, 10_000)])
    expect(await store.logs.coverage(keyOf('granted'))).toEqual([range(0, 9_500)])
  }, 20_000)

  test('by a scan of several accounts serves a run for one of them', async () => {
    const store = memoryStore()
    const accounts = [0, 1, 2].map(accountAt)
    const logs = Array.from({ length: 60 }, (_, number) =>
      logAt({ block: number * 160, index: 0, account: number % 3 }),
    )
    const node = simulate({ head: 10_000, logs, answer: limited })
    await store.checkpoint.set(1, { number: 9_936n, hash: word(0xb10c0000 + 9_936) })
    const onChunk = (chunk: LogChunk) => store.logs.write({ ...chunk, chain: 1 })
    const { gaps } = await scanLogs(node.rpc, requestFor(range(0, 9_936), { filters: logFilters, accounts }), {
      onChunk,
    })
    expect(gaps).toEqual([])
    const again = simulate({ head: 10_000, logs, answer: limited })
    const found = await check({ store, rpc: again.rpc, head: 10_000 })
    expect(asked(again)).toEqual([range(9_937, 10_000)])
    expect(found).toEqual(await check({ rpc: simulate({ head: 10_000, logs }).rpc, head: 10_000 }))
    expect(new Set(approvalsOf(found)).size).toBeGreaterThan(0)
  })

  test('of blocks that this endpoint has lost is used, and stays', async () => {
    const store = memoryStore()
    await check({ store, rpc: endpoint(10_000).rpc, head: 10_000 })
    const pruned = endpoint(10_500, {
      answer: (question, found) => {
        if (question.fromBlock < 10_200n) throw new StateUnavailableError(place, 'history has been pruned')
        return limited(question, found)
      },
    })
    const logs = await check({ store, rpc: pruned.rpc, head: 10_500 })
    expect(logs.coverage.gaps).toEqual([range(9_937, 10_199)])
    expect(await store.logs.coverage(keyOf('granted'))).toEqual([range(0, 9_936), range(10_200, 10_436)])
  })
})

describe('a store in trouble', () => {
  test('that cannot give back what it took costs a second scan', async () => {
    const store = memoryStore()
    const broken = () => {
      throw new BlocksNotKeptError()
    }
    const first = endpoint(10_000)
    const logs = await check({
      store: { ...store, logs: { ...store.logs, read: broken } },
      rpc: first.rpc,
      head: 10_000,
    })
    expect(logs).toEqual(await check({ rpc: endpoint(10_000).rpc, head: 10_000 }))
    expect(logs.missing).toEqual([])
  })

  test('that cannot take a chunk costs a second scan', async () => {
    const store = memoryStore()
    const write = async () => {
      throw new BlocksNotKeptError()
    }
    const logs = await check({
      store: { ...store, logs: { ...store.logs, write } },
      rpc: endpoint(10_000).rpc,
      head: 10_000,
    })
    expect(logs).toEqual(await check({ rpc: endpoint(10_000).rpc, head: 10_000 }))
  })
})

describe('an endpoint that changes in the middle of a scan', () => {
  const head = 60_000
  const after = (requests: number, then: (question: Question, found: readonly RpcLog[]) => unknown) => {
    let count = 0
    return (question: Question, found: readonly RpcLog[]) =>
      ++count > requests ? then(question, found) : limited(question, found)
  }
  const smaller = (question: Question, found: readonly RpcLog[]) => {
    if (blockCount(question) > 300n) throw refused(-32602, 'block range is too wide, the maximum is 300 blocks')
    return found
  }
  const dead = () => {
    throw new ConnectionError(place, 'ECONNRESET')
  }

  test('to a smaller limit leaves no gap', async () => {
    const logs = await check({ rpc: endpoint(head, { answer: after(50, smaller) }).rpc, head })
    expect(logs).toEqual(await check({ rpc: endpoint(head).rpc, head }))
  })

  test.each([
    ['to silence', dead],
    ['to garbage', () => [{ removed: 'yes' }]],
    ['to refusals', () => refused(-32000, 'Unauthorized: this plan has ended')],
  ])('%s leaves gaps, and the next run reads these alone', async (_, then) => {
    const store = memoryStore()
    const ending = endpoint(head, { answer: after(50, then) })
    const first = await check({ store, rpc: ending.rpc, head })
    expect(first.missing.length).toBeGreaterThan(0)
    expect(first.coverage.gaps.length).toBeGreaterThan(0)
    expect(first.approvals.length).toBeGreaterThan(0)

    const kept = new Map<string, readonly BlockRange[]>()
    for (const { name } of logFilters) kept.set(name, await store.logs.coverage(keyOf(name)))
    expect([...kept.values()].flat().length).toBeGreaterThan(0)
    const second = endpoint(head)
    const logs = await check({ store, rpc: second.rpc, head })
    expect(logs).toEqual(await check({ rpc: endpoint(head).rpc, head }))
    for (const { name, accountPosition } of logFilters) {
      expect(asked(second, accountPosition)).toEqual(subtractRanges(range(0, head), kept.get(name) ?? []))
    }
  })
})
