/** A second run asks only for what the first could not know, and a run that fails spoils nothing that is kept. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mostProbes } from '../../src/collectors/activity/bisect-nonces.ts'
import activity from '../../src/collectors/activity.ts'
import type { ActivityFacts } from '../../src/core/facts.ts'
import type { HistorySource } from '../../src/core/history-source.ts'
import type { Store } from '../../src/core/store.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { account, at, chain, hashOf, nonces, owner } from '../../src/testing.ts'
import { type FakeRpc, fakeRpc, pruned, read, refused } from '../support/fake-rpc.ts'
import { hashOfNonce, receiptOf, simulatedNode, timeOf, type Use } from '../support/simulated-node.ts'

const old: readonly Use[] = [
  { nonce: 0, block: 10n },
  { nonce: 1, block: 500n },
  { nonce: 2, block: 500n },
  { nonce: 3, block: 900n },
]
const young: Use = { nonce: 4, block: 1_100n }

type World = {
  readonly uses?: readonly Use[]
  readonly head?: bigint
  readonly branch?: bigint
  readonly oldestState?: bigint
  readonly over?: Parameters<typeof fakeRpc>[0]
}

/** A node with past state and no index. `branch`: another chain with the same id. */
function nodeOf({ uses = old, head = 1_000n, branch = 0n, oldestState = 0n, over = {} }: World = {}): FakeRpc {
  const blockHash = (number: bigint) => hashOf(number + branch * 1_000_000n)
  const node = simulatedNode({ uses, oldestState })
  return fakeRpc({
    ...node,
    eth_getBlockByNumber: (tag: unknown, isFull: unknown) => {
      const number = tag === 'finalized' ? head - 40n : BigInt(String(tag))
      if (number > head) return null
      return { ...node.eth_getBlockByNumber(number, isFull), hash: blockHash(number) }
    },
    eth_getTransactionReceipt: (hash: unknown) => {
      const use = uses.find(({ nonce }) => hashOfNonce(nonce) === hash)
      return use === undefined ? null : { ...receiptOf(use), blockHash: blockHash(use.block) }
    },
    ...over,
  })
}

type Run = World & {
  readonly store: Store
  readonly rpc?: FakeRpc
  readonly days?: number | null
  readonly historySource?: HistorySource
}

async function run({
  store,
  rpc,
  days = null,
  historySource,
  ...world
}: Run): Promise<{ facts: ActivityFacts; rpc: FakeRpc }> {
  const { uses = old, head = 1_000n, branch = 0n } = world
  const node = rpc ?? nodeOf(world)
  const block = { number: head, hash: hashOf(head + branch * 1_000_000n), timestamp: timeOf(head) }
  const facts = { chain: chain({ block, head: block }), account: account(), nonces: nonces({ latest: uses.length }) }
  const options = { history: { days, mostTransactions: 300 } }
  const source = historySource === undefined ? {} : { historySource }
  return { facts: await read(activity, { rpc: node, facts, options, store, ...source }), rpc: node }
}

const counted = ({ asked }: FakeRpc) => {
  const methods = asked.map(({ method }) => method)
  return Object.fromEntries([...new Set(methods)].map((name) => [name, methods.filter((each) => each === name).length]))
}
const found = ({ transactions }: ActivityFacts) => transactions.map(({ nonce, block }) => [nonce, block])
const expected = (uses: readonly Use[]) =>
  uses
    .filter(({ isAuthorization }) => !isAuthorization)
    .map(({ nonce, block }) => [nonce, block])
    .toReversed()

describe('a second run', () => {
  test('asks for one block, where nothing was sent since', async () => {
    const store = memoryStore()
    const first = await run({ store })
    expect(counted(first.rpc).eth_getTransactionCount).toBeGreaterThan(10)
    const second = await run({ store })
    expect(second.facts).toEqual(first.facts)
    expect(counted(second.rpc)).toEqual({ eth_getBlockByNumber: 1 })
  })

  test('searches only behind the newest that is known', async () => {
    const store = memoryStore()
    await run({ store })
    const world = { uses: [...old, young], head: 1_200n }
    const second = await run({ store, ...world })
    const fresh = await run({ store: memoryStore(), ...world })
    expect(second.facts).toEqual(fresh.facts)
    const probed = second.rpc.asked.filter(({ method }) => method === 'eth_getTransactionCount')
    expect(probed.every(({ params }) => Number(params[1]) > 936)).toBe(true)
    expect(probed.length).toBeLessThanOrEqual(mostProbes(1, 1_200 - 936))
    const receipts = second.rpc.asked.filter(({ method }) => method === 'eth_getTransactionReceipt')
    expect(receipts.map(({ params }) => params)).toEqual([[hashOfNonce(4)]])
    // Both are kept from then on.
    const third = await run({ store, ...world })
    expect(third.facts).toEqual(fresh.facts)
    expect(counted(third.rpc)).toEqual({ eth_getBlockByNumber: 1 })
  })

  test('looks again at what may still be replaced', async () => {
    const store = memoryStore()
    // The finalized block is 960, the one 64 below the head 936: later ones are not kept.
    const uses = [...old.slice(0, 3), { nonce: 3, block: 937n }]
    await run({ store, uses })
    const second = await run({ store, uses })
    expect(counted(second.rpc).eth_getTransactionCount).toBeGreaterThan(5)
    const moved = [...old.slice(0, 3), { nonce: 3, block: 950n }]
    expect(found((await run({ store, uses: moved })).facts)).toEqual(expected(moved))
  })

  test('keeps the newest settled block as well', async () => {
    const store = memoryStore()
    const uses = [...old.slice(0, 3), { nonce: 3, block: 936n }]
    await run({ store, uses })
    expect(counted((await run({ store, uses })).rpc)).toEqual({ eth_getBlockByNumber: 1 })
  })

  test('searches everything once more where an earlier endpoint cannot have been right', async () => {
    const store = memoryStore()
    const wrong = {
      eth_getTransactionCount: (_: unknown, tag: unknown) =>
        Number(tag) >= 937 ? '0x4' : Number(tag) >= 500 ? '0x3' : '0x0',
    }
    const uses = [{ nonce: 0, block: 500n }, ...old.slice(1, 3), { nonce: 3, block: 937n }]
    await run({ store, uses, over: wrong })
    const right = [...uses.slice(0, 3), { nonce: 3, block: 900n }]
    expect(found((await run({ store, uses: right })).facts)).toEqual(expected(right))
    expect(counted((await run({ store, uses: right })).rpc)).toEqual({ eth_getBlockByNumber: 1 })
  })

  test('needs no past state for what is known', async () => {
    const store = memoryStore()
    await run({ store })
    const world = { uses: [...old, young], head: 1_200n, oldestState: 930n }
    const { facts } = await run({ store, ...world })
    expect(found(facts)).toEqual(expected(world.uses))
    // Without them nobody knows what stands before the oldest state.
    expect((await run({ store: memoryStore(), ...world })).facts.missing).not.toEqual([])
  })

  test('of a time begins where the known nonces say, on a node that keeps no state', async () => {
    const store = memoryStore()
    await run({ store })
    const days = ((1_000 - 400) * 12) / 86_400
    const { facts } = await run({ store, days, oldestState: 1_000n })
    expect(found(facts)).toEqual([
      [3, 900n],
      [2, 500n],
      [1, 500n],
    ])
    expect(facts).toMatchObject({ nonceRange: { from: 1, to: 3 }, missing: [] })
    expect(facts.since).toBeGreaterThan(0)
  })

  test('at an older block sees nothing that came after it', async () => {
    const store = memoryStore()
    await run({ store })
    const { facts } = await run({ store, uses: old.slice(0, 3), head: 600n })
    expect(found(facts)).toEqual(expected(old.slice(0, 3)))
    const later = await run({ store })
    expect(counted(later.rpc)).toEqual({ eth_getBlockByNumber: 1 })
  })

  test('asks nobody else where everything is known, and only for newer blocks where it is not', async () => {
    const asked: bigint[] = []
    const historySource: HistorySource = {
      host: 'explorer.example',
      requestCount: () => asked.length,
      list: async ({ fromBlock }) => {
        asked.push(fromBlock)
        return []
      },
    }
    const store = memoryStore()
    await run({ store, historySource })
    const second = await run({ store, historySource })
    expect(second.facts).not.toHaveProperty('listed')
    await run({ store, historySource, uses: [...old, young], head: 1_200n })
    expect(asked).toEqual([0n, 937n])
  })
})

describe('what is kept', () => {
  test('does not count on a chain that began anew, and is replaced', async () => {
    const store = memoryStore()
    await run({ store })
    const uses: readonly Use[] = [{ nonce: 0, block: 700n }]
    const anew = await run({ store, uses, branch: 1n })
    expect(found(anew.facts)).toEqual([[0, 700n]])
    const again = await run({ store, uses, branch: 1n })
    expect(counted(again.rpc)).toEqual({ eth_getBlockByNumber: 1 })
  })

  test('is neither used nor replaced where the node does not show its newest settled block', async () => {
    const store = memoryStore()
    await run({ store })
    const blind = nodeOf()
    const hidden: FakeRpc = {
      ...blind,
      request: async (method, params) => {
        if (method === 'eth_getBlockByNumber' && params[0] === '0x3a8') throw refused(method)
        return blind.request(method, params)
      },
    }
    const { facts } = await run({ store, rpc: hidden })
    expect(found(facts)).toEqual(expected(old))
    expect(counted(blind).eth_getTransactionCount).toBeGreaterThan(10)
    expect(counted((await run({ store })).rpc)).toEqual({ eth_getBlockByNumber: 1 })
  })

  test('stays as it is when newer ones cannot be read, which alone are missing', async () => {
    const store = memoryStore()
    await run({ store })
    const world = { uses: [...old, young], head: 1_200n }
    const failing = await run({
      store,
      ...world,
      over: { eth_getTransactionCount: refused('eth_getTransactionCount') },
    })
    expect(found(failing.facts)).toEqual(expected(old))
    expect(failing.facts.missing).toMatchObject([
      { about: 'activity', error: { code: 'rpc-refused', data: { first: { value: 4 }, count: { value: 1 } } } },
    ])
    const well = await run({ store, ...world })
    expect(found(well.facts)).toEqual(expected(world.uses))
    expect(well.facts.missing).toEqual([])
  })

  test('counts for its own account and chain only', async () => {
    const store = memoryStore()
    await run({ store })
    const head = { number: 1_000n, hash: hashOf(1_000n), timestamp: timeOf(1_000n) }
    for (const [chainId, who] of [
      [5, owner],
      [1, at(0x0e)],
    ] as const) {
      const rpc = nodeOf()
      const facts = {
        chain: chain({ chainId, block: head, head }),
        account: account({ address: who }),
        nonces: nonces({ latest: 4 }),
      }
      await read(activity, { rpc, facts, options: { account: who }, store }).catch(() => null)
      expect(counted(rpc).eth_getTransactionCount, who).toBeGreaterThan(10)
    }
  })

  test.each([
    ['cut', (text: string) => text.slice(0, -1)],
    ['of another shape', () => '{"settled":{"number":"5"}}'],
    ['with a nonce that is none', (text: string) => text.replace('"nonce":0', '"nonce":-1')],
    ['empty', () => ''],
  ])('is read again from the chain when it is damaged: %s', async (_, damage) => {
    const store = memoryStore()
    const first = await run({ store })
    const key = `history 1 ${owner}`
    const kept = await store.immutable.get(key)
    await store.immutable.put(key, damage(kept ?? ''))
    expect((await run({ store })).facts).toEqual(first.facts)
    expect(await store.immutable.get(key)).toBe(kept)
  })

  test('is nothing on a chain with fewer blocks than a reorganisation may replace', async () => {
    const store = memoryStore()
    const uses: readonly Use[] = [{ nonce: 0, block: 1n }]
    await run({ store, uses, head: 63n })
    expect(await store.immutable.get(`history 1 ${owner}`)).toBeNull()
    await run({ store, uses, head: 65n })
    expect(await store.immutable.get(`history 1 ${owner}`)).not.toBeNull()
  })
})

describe('why a transaction failed', () => {
  const failed: readonly Use[] = [{ nonce: 0, block: 10n, hasFailed: true }]
  const words = `0x08c379a0${'20'.padStart(64, '0')}${'4'.padStart(64, '0')}${'6e6f7065'.padEnd(64, '0')}`
  const reverting = (data?: string) => ({
    eth_call: refused('eth_call', 'execution reverted at https://rpc.example/key', data),
  })
  const forgetful = { eth_call: pruned('eth_call') }
  const reasonIn = ({ transactions: [first], missing }: ActivityFacts) => [
    first?.revertReason,
    first?.withMoreGas,
    missing.length,
  ]

  test.each([
    ['with words', words, 'nope'],
    ['without any', undefined, null],
  ])('is kept, %s, and told when the node has forgotten the state', async (_, data, reason) => {
    const store = memoryStore()
    const first = await run({ store, uses: failed, over: reverting(data) })
    expect(reasonIn(first.facts)).toEqual([reason, undefined, 0])
    const second = await run({ store, uses: failed, over: forgetful })
    expect(second.facts).toEqual(first.facts)
    expect(counted(second.rpc)).toEqual({ eth_getBlockByNumber: 1 })
    const kept = await store.immutable.get(`replay ${hashOfNonce(0)} ${hashOf(10n)}`)
    expect(kept).not.toContain('rpc.example')
  })

  test.each([
    ['that could not be read', forgetful],
    ['of a call that went through', { eth_call: '0x' }],
    [
      'that only the state after its block shows',
      { eth_call: (_: unknown, tag: unknown) => (tag === '0xa' ? reverting(words).eth_call : '0x') },
    ],
  ])('is asked again: one %s', async (_, over) => {
    const store = memoryStore()
    await run({ store, uses: failed, over })
    const second = await run({ store, uses: failed, over: reverting(words) })
    expect(reasonIn(second.facts)).toEqual(['nope', undefined, 0])
    expect(counted(second.rpc).eth_call).toBe(1)
  })

  test('with nearly all of its gas used, only together with how it ends with more', async () => {
    const store = memoryStore()
    const outOfGas = (roomy: unknown) => ({
      eth_getTransactionReceipt: { ...receiptOf(failed[0] as Use), gasUsed: '0xc350', blockHash: hashOf(10n) },
      eth_call: (call: unknown) =>
        (call as { gas: string }).gas === '0xc350' ? refused('eth_call', 'out of gas') : roomy,
    })
    await run({ store, uses: failed, over: outOfGas(pruned('eth_call')) })
    const second = await run({ store, uses: failed, over: outOfGas('0x') })
    expect(reasonIn(second.facts)).toEqual([null, 'succeeds', 0])
    const third = await run({ store, uses: failed, over: forgetful })
    expect(reasonIn(third.facts)).toEqual([null, 'succeeds', 0])
  })
})

test('two runs over any history, with a run of its first part in between, see what one run sees', async () => {
  const use = fc.record({
    block: fc.oneof(fc.bigInt({ min: 1n, max: 3_000n }), fc.bigInt({ min: 1_400n, max: 1_410n })),
    isAuthorization: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(use, { minLength: 1, maxLength: 25 }),
      fc.bigInt({ min: 64n, max: 3_100n }),
      async (all, cut) => {
        const uses = all
          .toSorted((one, other) => Number(one.block - other.block))
          .map((each, nonce) => ({ ...each, nonce }))
        const before = uses.filter(({ block }) => block <= cut)
        const store = memoryStore()
        if (before.some(({ isAuthorization }) => !isAuthorization)) await run({ store, uses: before, head: cut })
        const whole = { uses, head: 3_200n }
        const [second, fresh] = [await run({ store, ...whole }), await run({ store: memoryStore(), ...whole })]
        expect(found(second.facts)).toEqual(found(fresh.facts))
        expect(second.facts.missing).toEqual(fresh.facts.missing)
        const hits = new Set(uses.map(({ block }) => block)).size
        expect(counted(second.rpc).eth_getTransactionCount ?? 0).toBeLessThanOrEqual(mostProbes(hits, 3_200))
      },
    ),
    { numRuns: 60 },
  )
})
