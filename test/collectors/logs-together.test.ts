import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { RpcClient } from '../../src/core/rpc.ts'
import type { Store } from '../../src/core/store.ts'
import { subtractRanges } from '../../src/domain/block-range.ts'
import { readPacked } from '../../src/domain/packed-logs.ts'
import { addressTopic } from '../../src/domain/topics.ts'
import { createSession } from '../../src/rpc/session/session.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { accountAt, logAt, range, refused, simulate } from '../rpc/log-scan/simulated-endpoint.ts'
import { check } from '../support/logs-run.ts'
import { stoppable } from '../support/stoppable.ts'

const head = 60_000
const settled = head - 64
/** A log every 20 blocks, of two accounts by turns. */
const logs = Array.from({ length: head / 20 }, (_, number) =>
  logAt({ block: number * 20, index: 0, account: number % 2 }),
)
const keyOf = (account: number, filter = 'granted') => ({ chain: 1, filter, account: accountAt(account) })

type Cutting = {
  readonly most?: number
  /** Called when blocks are asked for again whose answer was believed and kept. */
  readonly onDoubted?: () => unknown
  /** Blocks 48,000 to 49,000 of this account are not given a second time. */
  readonly refusedFor?: number
}

/** Gives 10,000 blocks at a time, and of more than so many logs the first ones alone, without a word. */
function cutting({ most = 337, refusedFor = -1, onDoubted = () => {} }: Cutting): RpcClient {
  const node = simulate({ head, logs })
  let asked = 0
  const request: RpcClient['request'] = async (method, params) => {
    const [filter] = params as readonly {
      fromBlock?: string
      toBlock?: string
      topics?: readonly (readonly string[])[]
    }[]
    const { fromBlock, toBlock, topics } = filter ?? {}
    if (method !== 'eth_getLogs' || fromBlock === undefined || topics?.length !== 2)
      return node.rpc.request(method, params)
    const [from, to] = [Number(fromBlock), Number(toBlock)]
    if (to - from >= 10_000) throw refused(-32602, 'the maximum is 10000 blocks')
    if (from > 50_001) await onDoubted()
    if (++asked > 6) {
      const isOfTheirs = topics[1]?.includes(addressTopic(accountAt(refusedFor)))
      if (isOfTheirs && from <= 49_000 && to >= 48_000) throw refused(-32000, 'something is wrong with these logs')
    }
    const found = (await node.rpc.request(method, params)) as readonly unknown[] // what it simulates
    return found.slice(0, most)
  }
  return { ...node.rpc, request }
}

type Both = { readonly store: Store; readonly rpc: RpcClient; readonly signals?: readonly AbortSignal[] }

function checkBoth({ store, rpc, signals = [] }: Both) {
  const session = createSession(rpc)
  const joined = [0, 1].map((account) => {
    const signal = signals[account] ?? stoppable().signal
    return { account: accountAt(account), signal, rpc: session.join({ signal, scans: true }).rpc }
  })
  return Promise.all(joined.map((own) => check({ store, head, ...own })))
}

/** Of blocks that the store calls read it has every log. */
async function expectNothingLost(store: Store) {
  for (const account of [0, 1]) {
    for (const covered of await store.logs.coverage(keyOf(account))) {
      const kept: number[] = []
      for await (const part of store.logs.read(keyOf(account), covered)) {
        for (const { blockNumber } of readPacked(part)) kept.push(Number(blockNumber))
      }
      const there = logs
        .filter((_, number) => number % 2 === account)
        .map(({ blockNumber }) => Number(blockNumber))
        .filter((block) => block >= covered.fromBlock && block <= covered.toBlock)
      expect(kept).toEqual(there)
    }
  }
}

describe('accounts that are read together or alone, where answers proved to be cut', () => {
  test.each([0, 1])(
    'keep nothing of what could not be read again, whoever it is about: account %i',
    async (refusedFor) => {
      const store = memoryStore()
      const found = await checkBoth({ store, rpc: cutting({ refusedFor }) })
      const other = 1 - refusedFor
      expect(found[other]?.coverage.gaps).toEqual([])
      expect(await store.logs.coverage(keyOf(other))).toEqual([range(0, settled)])
      const gaps = found[refusedFor]?.coverage.gaps ?? []
      expect(gaps.length).toBeGreaterThan(0)
      expect(await store.logs.coverage(keyOf(refusedFor))).toEqual(subtractRanges(range(0, settled), gaps))
      await expectNothingLost(store)
    },
  )

  test.each([
    ['of one account', { accounts: 1, most: 168 }],
    ['of two accounts', { accounts: 2, most: 337 }],
  ])('keep nothing of it while it is read again: %s', async (_, { accounts, most }) => {
    const store = memoryStore()
    let isLookedAt = false
    const onDoubted = async () => {
      if (isLookedAt) return
      isLookedAt = true
      // It was taken back after the request was sent.
      await setTimeout(30)
      expect(await store.logs.coverage(keyOf(0))).not.toEqual([])
      await expectNothingLost(store)
    }
    const rpc = cutting({ onDoubted, most })
    const [found] = accounts === 1 ? [await check({ store, head, rpc })] : await checkBoth({ store, rpc })
    expect(isLookedAt).toBe(true)
    expect(found?.missing).toEqual([])
    expect(await store.logs.coverage(keyOf(0))).toEqual([range(0, settled)])
    await expectNothingLost(store)
  })

  test('keep nothing of it when they are stopped before it is read again', async () => {
    const store = memoryStore()
    const stopping = stoppable()
    const rpc = cutting({ refusedFor: 1, onDoubted: () => stopping.abort() })
    const found = await checkBoth({ store, rpc, signals: [stopping.signal, stopping.signal] })
    for (const { coverage, missing } of found) {
      expect(new Set(missing.map(({ error }) => error.code))).toEqual(new Set(['stopped']))
      expect(subtractRanges(range(50_001, 53_934), coverage.gaps)).toEqual([])
    }
    await expectNothingLost(store)
  })

  test('keep nothing of it for one that was stopped and left', async () => {
    const store = memoryStore()
    const stopping = stoppable()
    const rpc = cutting({ refusedFor: 1, onDoubted: () => stopping.abort() })
    await checkBoth({ store, rpc, signals: [stoppable().signal, stopping.signal] })
    await expectNothingLost(store)
  })

  test('take nothing from what an earlier run kept for somebody else', async () => {
    const store = memoryStore()
    await check({ store, rpc: simulate({ head, logs }).rpc, head, account: accountAt(2) })
    await checkBoth({ store, rpc: cutting({ refusedFor: 1 }) })
    for (const filter of ['granted', 'received']) {
      expect(await store.logs.coverage(keyOf(2, filter))).toEqual([range(0, settled)])
    }
  })
})
