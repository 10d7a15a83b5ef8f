import { describe, expect, test } from 'vitest'
import type { BlockRange } from '../../../src/core/facts.ts'
import type { LogChunk } from '../../../src/core/log-scan.ts'
import type { RpcClient } from '../../../src/core/rpc.ts'
import { subtractRanges } from '../../../src/domain/block-range.ts'
import { readPacked } from '../../../src/domain/packed-logs.ts'
import { addressTopic } from '../../../src/domain/topics.ts'
import { scanTogether } from '../../../src/rpc/session/scan-room.ts'
import { createSession } from '../../../src/rpc/session/session.ts'
import {
  accountAt,
  type Endpoint,
  logAt,
  range,
  refused,
  requestFor,
  simulate,
} from '../log-scan/simulated-endpoint.ts'

const everywhere = {}
const head = 10_000
/** Three accounts by turns. */
const logs = Array.from({ length: 60 }, (_, index) => logAt({ block: index * 160, index: 0, account: index % 3 }))
const placesFor = (account: number) =>
  logs.filter((_, index) => index % 3 === account).map(({ blockNumber }) => BigInt(blockNumber))

type Own = {
  readonly account: number
  readonly open?: BlockRange
  readonly signal?: AbortSignal
  readonly place?: object
  readonly settle?: (chunk: LogChunk) => Promise<LogChunk | null>
}

/** What one account hears and is told. */
async function scanFor(rpc: RpcClient, { account, open = range(0, head), ...over }: Own) {
  const held: LogChunk[] = []
  const read: BlockRange[] = []
  const request = requestFor(open, { accounts: [accountAt(account)], pinned: requestFor(range(0, head)).pinned })
  const { gaps } = await scanTogether(rpc, request, {
    settle: async (chunk) => chunk,
    onSettled: () => undefined,
    takeBack: async () => undefined,
    onTakenBack: () => undefined,
    forget: async () => undefined,
    place: everywhere,
    hold: (chunk) => void held.push(chunk),
    onRead: (_, blocks) => void read.push(blocks),
    ...over,
  })
  const blocks = held.flatMap((chunk) => [...readPacked(chunk.logs)].map(({ blockNumber }) => blockNumber))
  return { gaps, held, blocks: blocks.sort((one, other) => Number(one - other)), unread: subtractRanges(open, read) }
}

function together(rpc: RpcClient, accounts: readonly Own[]) {
  const session = createSession(rpc)
  const joined = accounts.map(({ signal = new AbortController().signal }) => session.join({ signal, scans: true }))
  return Promise.all(accounts.map((own, index) => scanFor(joined[index]?.rpc ?? rpc, own)))
}

/** Refuses what `isRefused` says of the accounts and blocks that are asked for. */
function refusing(endpoint: Endpoint, isRefused: (asked: BlockRange, accounts: readonly number[]) => boolean) {
  const node = simulate(endpoint)
  const request: RpcClient['request'] = async (method, params) => {
    const [filter] = params as readonly {
      fromBlock?: string
      toBlock?: string
      topics?: readonly (readonly string[])[]
    }[]
    if (method === 'eth_getLogs' && filter?.topics !== undefined && filter.fromBlock !== undefined) {
      const accounts = [0, 1, 2, 3].filter((one) => filter.topics?.at(-1)?.includes(addressTopic(accountAt(one))))
      const asked = { fromBlock: BigInt(filter.fromBlock), toBlock: BigInt(filter.toBlock ?? 0) }
      if (isRefused(asked, accounts)) throw refused(-32000, 'something is wrong with these logs')
    }
    return node.rpc.request(method, params)
  }
  return { ...node, rpc: { ...node.rpc, request } }
}

describe('accounts that are scanned together', () => {
  test('hear each of their own logs, from one scan', async () => {
    const alone = simulate({ head, logs })
    await scanFor(alone.rpc, { account: 0 })
    const node = simulate({ head, logs })
    const heard = await together(node.rpc, [{ account: 0 }, { account: 1 }, { account: 2 }, { account: 3 }])
    expect(heard.map(({ blocks }) => blocks)).toEqual([placesFor(0), placesFor(1), placesFor(2), []])
    expect(heard.flatMap(({ gaps, unread }) => [...gaps, ...unread])).toEqual([])
    expect(node.methods.length).toBe(alone.methods.length)
    expect(node.asked.every(({ accounts }) => accounts === 4)).toBe(true)
  })

  test('wait for one that is late, and not for one that leaves', async () => {
    const node = simulate({ head, logs })
    const session = createSession(node.rpc)
    const { signal } = new AbortController()
    const [one, late, gone] = [1, 2, 3].map(() => session.join({ signal, scans: true }))
    if (one === undefined || late === undefined || gone === undefined) throw new Error('three joined')
    const first = scanFor(one.rpc, { account: 0 })
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(node.methods).toEqual([])
    gone.leave()
    const second = scanFor(late.rpc, { account: 1 })
    expect((await first).blocks).toEqual(placesFor(0))
    expect((await second).blocks).toEqual(placesFor(1))
    expect(node.asked).toMatchObject([{ accounts: 2 }])
  })

  test('read no blocks again for one that misses more than they do', async () => {
    const node = simulate({ head, logs })
    const heard = await together(node.rpc, [
      { account: 0, open: range(9_900, head) },
      { account: 1, open: range(9_900, head) },
      { account: 2 },
    ])
    expect(heard.map(({ blocks }) => blocks.length)).toEqual([0, 0, 20])
    expect(node.asked.map(({ fromBlock, toBlock, accounts }) => [fromBlock, toBlock, accounts]).sort()).toEqual([
      [0n, 10_000n, 1],
      [9_900n, 10_000n, 2],
    ])
  })

  test('keep what later runs may use once for all, where they keep it at the same place', async () => {
    const settled: LogChunk[] = []
    const settle = async (chunk: LogChunk) => {
      settled.push(chunk)
      return null
    }
    const heard = await together(simulate({ head, logs }).rpc, [
      { account: 0, settle },
      { account: 1, settle },
      { account: 2, settle, place: {} },
    ])
    expect(settled.map(({ accounts, logs: { count } }) => [accounts.length, count]).sort()).toEqual([
      [1, 20],
      [2, 40],
    ])
    expect(heard.flatMap(({ held }) => held)).toEqual([])
    expect(heard.map(({ unread }) => unread)).toEqual([[], [], []])
  })

  test('lose nothing by one whose logs the node will not give', async () => {
    // The block in which nothing about account 2 can be read.
    const node = refusing(
      { head, logs },
      ({ fromBlock, toBlock }, accounts) => accounts.includes(2) && fromBlock <= 777n && toBlock >= 777n,
    )
    const heard = await together(
      node.rpc,
      [0, 1, 2, 3].map((account) => ({ account })),
    )
    expect(heard.map(({ blocks }) => new Set(blocks))).toEqual([0, 1, 2, 3].map((one) => new Set(placesFor(one))))
    expect(heard.map(({ gaps }) => gaps.map((gap) => gap.range))).toEqual([[], [], [range(777, 777)], []])
    expect(heard[2]?.gaps[0]?.error.code).toBe('rpc-refused')
  })

  test('lose nothing by two of them, each with a block of its own', async () => {
    const bad = new Map([
      [0, 333n],
      [3, 888n],
    ])
    const node = refusing({ head, logs }, ({ fromBlock, toBlock }, accounts) =>
      [...bad].some(([one, block]) => accounts.includes(one) && fromBlock <= block && toBlock >= block),
    )
    const heard = await together(
      node.rpc,
      [0, 1, 2, 3].map((account) => ({ account })),
    )
    expect(heard.map(({ gaps }) => gaps.map((gap) => gap.range))).toEqual([
      [range(333, 333)],
      [],
      [],
      [range(888, 888)],
    ])
  })

  test('lose all what the node gives to nobody, without asking for each apart', async () => {
    const node = refusing({ head, logs }, ({ fromBlock }) => fromBlock < 5_000n)
    const heard = await together(
      node.rpc,
      [0, 1, 2, 3].map((account) => ({ account })),
    )
    for (const { gaps, blocks } of heard) {
      expect(gaps.every(({ range: { fromBlock } }) => fromBlock < 5_000n)).toBe(true)
      expect(gaps.length).toBeGreaterThan(0)
      expect(blocks.every((block) => block >= 5_000n)).toBe(true)
    }
  })

  test('go on when one is stopped, who leaves with what it has', async () => {
    const stopping = new AbortController()
    const node = simulate({
      head,
      logs,
      answer: ({ fromBlock, toBlock }, found) => {
        if (toBlock - fromBlock >= 1000n) throw refused(-32602, 'exceed maximum block range: 1000')
        return found
      },
    })
    let chunks = 0
    const settle = async (chunk: LogChunk) => {
      if (++chunks === 4) stopping.abort()
      return chunk
    }
    const [stopped, other] = await together(node.rpc, [{ account: 0, signal: stopping.signal, settle }, { account: 1 }])
    expect(other).toMatchObject({ gaps: [], unread: [], blocks: placesFor(1) })
    expect(stopped?.gaps.map(({ error }) => error.code)).toEqual(['stopped'])
    expect(stopped?.gaps.map((gap) => gap.range)).toEqual(stopped?.unread)
    expect(stopped?.blocks.length).toBeGreaterThan(0)
    expect(stopped?.blocks.length).toBeLessThan(20)
  })

  test('are told the same when one signal stops them all', async () => {
    const stopping = new AbortController()
    const { signal } = stopping
    let asked = 0
    const node = simulate({
      head,
      logs,
      answer: ({ fromBlock, toBlock }, found) => {
        if (toBlock - fromBlock >= 1000n) throw refused(-32602, 'exceed maximum block range: 1000')
        // This answer is still heard.
        if (++asked === 5) stopping.abort()
        return found
      },
    })
    const [one, other] = await together(node.rpc, [
      { account: 0, signal },
      { account: 1, signal },
    ])
    expect(one?.gaps).toEqual(other?.gaps)
    expect(one?.unread).toEqual(other?.unread)
    expect(one?.blocks.length).toBeGreaterThan(0)
  })

  test('end when all are stopped', async () => {
    const heard = await together(simulate({ head, logs }).rpc, [
      { account: 0, signal: AbortSignal.abort() },
      { account: 1, signal: AbortSignal.abort() },
    ])
    expect(heard.map(({ gaps }) => gaps.map((gap) => [gap.range, gap.error.code]))).toEqual([
      [[range(0, head), 'stopped']],
      [[range(0, head), 'stopped']],
    ])
  })

  test('all hear of a place that cannot keep their logs', async () => {
    const settle = () => Promise.reject(new Error('the disk is full'))
    const heard = together(simulate({ head, logs }).rpc, [
      { account: 0, settle },
      { account: 1, settle },
    ])
    await expect(heard).rejects.toThrow('the disk is full')
  })

  test('come again, and find each other again', async () => {
    const node = simulate({ head, logs })
    const session = createSession(node.rpc)
    const { signal } = new AbortController()
    const joined = [0, 1].map(() => session.join({ signal, scans: true }))
    for (let round = 1; round <= 2; round++) {
      const heard = await Promise.all(joined.map(({ rpc }, account) => scanFor(rpc, { account })))
      expect(heard.map(({ blocks }) => blocks)).toEqual([placesFor(0), placesFor(1)])
      expect(node.asked).toHaveLength(round)
    }
  })
})
