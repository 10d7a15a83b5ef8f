import fc from 'fast-check'
import { numberToHex } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { mostProbes } from '../../src/collectors/activity/bisect-nonces.ts'
import { findBlockAt } from '../../src/collectors/activity/find-window.ts'
import { createReadBlocks } from '../../src/collectors/activity/read-blocks.ts'
import activity from '../../src/collectors/activity.ts'
import type { ActivityFacts } from '../../src/core/facts.ts'
import { account, chain, hashOf, nonces } from '../../src/testing.ts'
import { type FakeRpc, fakeRpc, pruned, read, refused } from '../support/fake-rpc.ts'
import { hashOfNonce, simulatedNode, timeOf, transactionOf, type Use } from '../support/simulated-node.ts'

const head = 1_000_000n
const block = { number: head, hash: hashOf(head), timestamp: timeOf(head) }
const days = { history: { days: 90, mostTransactions: 300 } }
/** The first block of the newest 90 days, where each takes twelve seconds. */
const start = head - BigInt((90 * 86_400) / 12)
const oldest = block.timestamp - 90 * 86_400

function readWindow(rpc: FakeRpc, nextNonce: number): Promise<ActivityFacts> {
  const facts = { chain: chain({ block, head: block }), account: account(), nonces: nonces({ latest: nextNonce }) }
  return read(activity, { rpc, facts, options: days })
}
const noncesOf = ({ transactions }: ActivityFacts) => transactions.map(({ nonce }) => nonce)
const old: readonly Use[] = [
  { nonce: 0, block: 10n },
  { nonce: 1, block: start - 400n },
]
const uses: readonly Use[] = [...old, { nonce: 2, block: start }, { nonce: 3, block: 999_999n }]
const bySender = (_account: unknown, nonce: unknown) => {
  const use = uses.find((other) => numberToHex(other.nonce) === nonce)
  return use === undefined ? null : transactionOf(use)
}
const asked = (rpc: FakeRpc, method: string) => rpc.asked.filter((request) => request.method === method).length

describe('ninety days', () => {
  test('every nonce of them and none before, with few questions', async () => {
    const rpc = fakeRpc(simulatedNode({ uses }))
    const facts = await readWindow(rpc, 4)
    expect(facts).toMatchObject({ source: 'nonce-bisection', nonceRange: { from: 2, to: 3 }, missing: [] })
    expect(noncesOf(facts)).toEqual([3, 2])
    expect(facts.since).toBeLessThanOrEqual(oldest)
    expect(facts.since).toBeGreaterThan(oldest - 3_700)
    expect(asked(rpc, 'eth_getTransactionCount')).toBeLessThanOrEqual(2 + mostProbes(2, Number(head - start) + 300))
    // Two blocks with transactions, and a few to find where the time begins.
    expect(asked(rpc, 'eth_getBlockByNumber')).toBeLessThanOrEqual(7)
  })

  test('an account that sent nothing in them', async () => {
    const rpc = fakeRpc(simulatedNode({ uses: old }))
    const facts = await readWindow(rpc, 2)
    expect(facts).toMatchObject({ source: 'none-sent', transactions: [], nonceRange: null, missing: [] })
    expect(facts.since).toBeLessThanOrEqual(oldest)
    expect(asked(rpc, 'eth_getTransactionCount')).toBe(2)
  })

  test('a node that gives the newest nonce for every block has not shown that nothing was sent', async () => {
    const rpc = fakeRpc({ ...simulatedNode({ uses }), eth_getTransactionCount: '0x4' })
    await expect(readWindow(rpc, 4)).rejects.toMatchObject({
      code: 'activity-unreadable',
      data: { cause: { value: 'malformed-reply' } },
    })
  })

  test('where old blocks cannot be read, all there is', async () => {
    const node = simulatedNode({ uses })
    const blocks = (tag: unknown, isFull: unknown) =>
      isFull === true ? node.eth_getBlockByNumber(tag, isFull) : refused('eth_getBlockByNumber')
    const facts = await readWindow(fakeRpc({ ...node, eth_getBlockByNumber: blocks }), 4)
    expect(noncesOf(facts)).toEqual([3, 2, 1, 0])
    expect(facts.since).toBe(0)
  })
})

describe('a node without past state', () => {
  const withoutState = simulatedNode({ uses, oldestState: head })

  test('ends inconclusive: the fact says what the endpoint lacks', async () => {
    await expect(readWindow(fakeRpc(withoutState), 4)).rejects.toMatchObject({
      code: 'activity-unreadable',
      data: { sent: { value: 4 }, cause: { value: 'state-unavailable' } },
      hints: ['Use an archive endpoint, or check at the newest block.'],
    })
  })

  test('with an index: an older transaction of its own proves where the window begins', async () => {
    const facts = await readWindow(fakeRpc({ ...withoutState, eth_getTransactionBySenderAndNonce: bySender }), 4)
    expect(noncesOf(facts)).toEqual([3, 2])
    expect(facts).toMatchObject({ nonceRange: { from: 2, to: 3 }, missing: [] })
    expect(facts.since).toBeLessThanOrEqual(oldest)
  })

  test('with traces of the window alone: nothing proves that they are all', async () => {
    const traces = uses
      .slice(2)
      .map((use) => ({ transactionHash: hashOfNonce(use.nonce), traceAddress: [], type: 'call' }))
    const getTransaction = (hash: unknown) => {
      const use = uses.find(({ nonce }) => hashOfNonce(nonce) === hash)
      return use === undefined ? null : transactionOf(use)
    }
    const rpc = fakeRpc({ ...withoutState, trace_filter: traces, eth_getTransactionByHash: getTransaction })
    const facts = await readWindow(rpc, 4)
    expect(noncesOf(facts)).toEqual([3, 2])
    expect(facts).toMatchObject({
      source: 'trace_filter',
      missing: [{ error: { code: 'state-unavailable', data: { first: { value: 0 }, last: { value: 1 } } } }],
    })
  })
})

describe('trace_filter', () => {
  const trace = (nonce: number, over: object = {}) => ({
    transactionHash: hashOfNonce(nonce),
    traceAddress: [],
    ...over,
  })
  const node = (traces: unknown) =>
    fakeRpc({
      ...simulatedNode({ uses }),
      trace_filter: traces,
      eth_getTransactionByHash: (hash: unknown) => {
        const use = uses.find(({ nonce }) => hashOfNonce(nonce) === hash)
        return use === undefined ? null : transactionOf(use)
      },
    })

  test('calls of contracts are passed over, and what it leaves out is found by its nonce', async () => {
    const facts = await readWindow(node([trace(3), trace(3, { traceAddress: [0] })]), 4)
    expect(noncesOf(facts)).toEqual([3, 2])
    expect(facts).toMatchObject({ source: 'trace_filter', missing: [] })
  })

  test.each([
    ['refused', refused('trace_filter', 'block range too large')],
    ['not a list', null],
    ['no hashes', [{ traceAddress: [] }]],
    ['nothing', []],
    ['pruned', pruned('trace_filter')],
  ])('%s: bisection finds them', async (_, answer) => {
    const facts = await readWindow(node(answer), 4)
    expect(facts).toMatchObject({ source: 'nonce-bisection', missing: [] })
    expect(noncesOf(facts)).toEqual([3, 2])
  })
})

describe('the first block of a time', () => {
  /** A chain whose blocks take from none to many seconds each. */
  const chains = fc.record({
    genesis: fc.constantFrom(0, 1_500_000_000),
    gaps: fc.array(fc.oneof(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 500_000 })), {
      minLength: 1,
      maxLength: 400,
    }),
    back: fc.integer({ min: 0, max: 10_000_000 }),
  })

  test('is never too late, and no more than an hour early where a block is there', async () => {
    await fc.assert(
      fc.asyncProperty(chains, async ({ genesis, gaps, back }) => {
        const times: number[] = [genesis]
        let last = 1_600_000_000
        for (const gap of gaps) {
          last += gap
          times.push(last)
        }
        const timeAt = (number: number) => times[number] ?? 0
        const newest = { number: BigInt(times.length - 1), hash: hashOf(1), timestamp: times.at(-1) ?? 0 }
        const rpc = fakeRpc({
          eth_getBlockByNumber: (tag: unknown) => ({ number: tag, timestamp: numberToHex(timeAt(Number(tag))) }),
        })
        const time = newest.timestamp - back
        const place = await findBlockAt(createReadBlocks(rpc), { pinned: newest, time })
        const index = Number(place?.block)
        expect(place?.time).toBe(timeAt(index))
        if (genesis >= time) return expect(index).toBe(0)
        expect(timeAt(index)).toBeLessThan(time)
        const next = times[index + 1] ?? Number.POSITIVE_INFINITY
        expect(time - timeAt(index) <= 3_600 || next >= time).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('takes few questions on a chain of twenty million blocks that changed its pace', async () => {
    const timeAt = (number: number) =>
      number === 0 ? 0 : 1_438_000_000 + number * 12 + Math.min(number, 15_000_000) * 2
    const rpc = fakeRpc({
      eth_getBlockByNumber: (tag: unknown) => ({ number: tag, timestamp: numberToHex(timeAt(Number(tag))) }),
    })
    const pinned = { number: 20_000_000n, hash: hashOf(1), timestamp: timeAt(20_000_000) }
    await findBlockAt(createReadBlocks(rpc), { pinned, time: pinned.timestamp - 90 * 86_400 })
    expect(rpc.requestCount()).toBeLessThanOrEqual(8)
  })
})
