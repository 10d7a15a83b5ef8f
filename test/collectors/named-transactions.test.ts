import { afterEach, describe, expect, test } from 'vitest'
import mempool from '../../src/collectors/mempool.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import type { Reading, SecondAnswer, SecondReader } from '../../src/core/second-opinion.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at, chain, hashOf, nonces, owner } from '../../src/testing.ts'
import { fakeRpc, read, refused } from '../support/fake-rpc.ts'
import { type JsonRpcServer, startJsonRpcServer } from '../support/json-rpc-server.ts'

const facts = { chain: chain(), nonces: nonces({ latest: 7, pending: 7 }) }
const hash = hashOf(0xabc)
const ends = '0x0000…0abc'

/** An EIP-1559 transaction as Geth shows it. */
const shown = (over: object = {}) => ({
  blockNumber: null,
  from: owner.toLowerCase(),
  gas: '0x5208',
  hash,
  input: '0x',
  maxFeePerGas: '0x64',
  maxPriorityFeePerGas: '0x2',
  nonce: '0x7',
  to: at(0xb0b).toLowerCase(),
  type: '0x2',
  value: '0x1',
  ...over,
})
const receipt = (status: string, over: object = {}) => ({
  transactionHash: hash,
  blockNumber: '0x10',
  gasUsed: '0x5208',
  effectiveGasPrice: '0x64',
  status,
  ...over,
})
const shared = { txpool_contentFrom: { pending: {}, queued: {} } }

const ask = (answers: object, hashes: readonly `0x${string}`[] = [hash], over: object = {}) =>
  read(mempool, {
    rpc: fakeRpc(answers),
    facts: { ...facts, ...over },
    options: { transactionHashes: hashes },
  })

test('nobody asked: nothing is looked up, and nothing is said', async () => {
  const rpc = fakeRpc(shared)
  expect(await read(mempool, { rpc, facts })).not.toHaveProperty('named')
  expect(rpc.asked.map(({ method }) => method)).not.toContain('eth_getTransactionByHash')
})

describe('a transaction that the endpoint does not know', () => {
  test('is unknown, and of its hash only the ends are kept', async () => {
    const facts = await ask({ ...shared, eth_getTransactionByHash: null })
    expect(facts).toMatchObject({ named: [{ status: 'unknown', ends }], transactions: [], missing: [] })
    expect(JSON.stringify(facts.named)).not.toContain(hash.slice(10))
  })

  test.each([
    ['a refusal', refused('eth_getTransactionByHash', 'not in your plan'), 'rpc-refused'],
    ['an answer of another shape', 'pending', 'malformed-reply'],
    ['another transaction', shown({ hash: hashOf(1) }), 'malformed-reply'],
    ['a transaction without a nonce', shown({ nonce: undefined }), 'malformed-reply'],
  ])('%s is no such answer: it is missing with its reason', async (_, answer, code) => {
    const facts = await ask({ ...shared, eth_getTransactionByHash: answer })
    expect(facts).toMatchObject({
      named: [{ status: 'unread', ends, error: { code } }],
      missing: [{ about: 'named-transaction', error: { code } }],
    })
  })

  test('a refusal that repeats the hash is kept without it', async () => {
    const words = `transaction ${hash.toUpperCase()} not found, ${hash}`
    const facts = await ask({ ...shared, eth_getTransactionByHash: refused('eth_getTransactionByHash', words) })
    const kept = JSON.stringify(facts, (_, item) => (typeof item === 'bigint' ? String(item) : item))
    expect(kept).toContain('not found')
    expect(kept.toLowerCase()).not.toContain(hash.slice(10))
  })
})

describe('a transaction that the endpoint does not know, at a second endpoint', () => {
  const failure = { code: 'rpc-timeout', message: `no answer about ${hash}`, data: {}, hints: [] }
  const secondWith = (answer: SecondAnswer | undefined, chain: SecondAnswer = { kind: 'value', value: '1' }) => {
    const asked: Reading[] = []
    const second: SecondReader = {
      host: 'second.example',
      requestCount: () => asked.length,
      read: async (readings) => {
        asked.push(...readings)
        return readings.flatMap(({ kind }) => (kind === 'chain-id' ? chain : (answer ?? [])))
      },
    }
    return { second, asked }
  }
  const askBoth = (second: SecondReader, answers: object = { eth_getTransactionByHash: null }) =>
    read(mempool, {
      rpc: fakeRpc({ ...shared, ...answers }),
      facts,
      options: { transactionHashes: [hash] },
      second,
    })

  test.each([
    ['is in a block', { kind: 'value', value: '16' }, 'mined'],
    ['waits', { kind: 'value', value: 'pending' }, 'waiting'],
    ['is not known', { kind: 'absent' }, 'unknown'],
  ] as const)('%s', async (_, answer, found) => {
    const { named, missing } = await askBoth(secondWith(answer).second)
    expect(named).toEqual([{ status: 'unknown', ends, elsewhere: { host: 'second.example', found } }])
    expect(missing).toEqual([])
  })

  test.each([
    ['a failure, kept without the hash', { kind: 'failed', error: failure }, undefined, 'rpc-timeout'],
    ['an answer of another kind', { kind: 'empty' }, undefined, 'malformed-reply'],
    ['no answer at all', undefined, undefined, 'malformed-reply'],
    ['another chain, which is told no hash', { kind: 'absent' }, { kind: 'value', value: '10' }, 'second-other-chain'],
    ['no chain', { kind: 'absent' }, { kind: 'failed', error: failure }, 'rpc-timeout'],
  ] as const)('is not known to be anywhere: %s', async (_, answer, chain, code) => {
    const { second, asked } = secondWith(answer, chain)
    const { named, missing } = await askBoth(second)
    const told = { elsewhere: { host: 'second.example', found: 'unread' } }
    expect(named).toEqual([{ status: 'unknown', ends, ...(chain === undefined && told) }])
    expect(missing).toMatchObject([{ about: 'named-transaction', error: { code } }])
    if (chain === undefined) expect(JSON.stringify(missing)).not.toContain(hash.slice(10))
    expect(asked.map(({ kind }) => kind)).toEqual(chain === undefined ? ['chain-id', 'transaction'] : ['chain-id'])
  })

  test('is not asked for there where the endpoint knows it, or nobody asked', async () => {
    const { second, asked } = secondWith({ kind: 'absent' })
    await askBoth(second, { eth_getTransactionByHash: shown() })
    await read(mempool, { rpc: fakeRpc(shared), facts, second })
    expect(asked).toEqual([])
  })
})

describe('a mined transaction', () => {
  test.each([
    ['succeeded', receipt('0x1'), true, []],
    ['failed', receipt('0x0'), false, []],
    ['without a receipt', null, null, ['receipt-not-found']],
    ['of another block', receipt('0x1', { blockNumber: '0x11' }), null, ['malformed-reply']],
    ['a receipt that is refused', refused('eth_getTransactionReceipt'), null, ['rpc-refused']],
  ])('%s', async (_, answer, succeeded, codes) => {
    const mined = { eth_getTransactionByHash: shown({ blockNumber: '0x10' }), eth_getTransactionReceipt: answer }
    const { named, missing } = await ask({ ...shared, ...mined })
    expect(named).toEqual([{ status: 'mined', hash, from: owner, nonce: 7, block: 16n, succeeded }])
    expect(missing.map(({ about, error }) => [about, error.code])).toEqual(
      codes.map((code) => ['named-transaction', code]),
    )
  })

  test("somebody else's is told with its sender", async () => {
    const foreign = shown({ blockNumber: '0x10', from: at(0x07e4).toLowerCase() })
    const { named } = await ask({
      ...shared,
      eth_getTransactionByHash: foreign,
      eth_getTransactionReceipt: receipt('0x1'),
    })
    expect(named).toMatchObject([{ status: 'mined', from: at(0x07e4), succeeded: true }])
  })
})

describe('a transaction that waits', () => {
  const answering = (...transactions: readonly ReturnType<typeof shown>[]) => ({
    eth_getTransactionByHash: (asked: unknown) => transactions.find((one) => one.hash === asked) ?? null,
  })
  const second = hashOf(0xdef)

  test('with the next nonce is pending, and belongs to the queue of an endpoint that shows no pool', async () => {
    const facts = await ask(answering(shown()))
    expect(facts).toMatchObject({
      listsQueued: false,
      named: [{ status: 'waiting', hash, from: owner, nonce: 7, place: 'pending' }],
      transactions: [{ hash, nonce: 7, state: 'pending', source: 'eth_getTransactionByHash', maxFeePerGas: 100n }],
      missing: [{ about: 'mempool', error: { code: 'mempool-not-shared' } }],
    })
  })

  test('two in a row are both pending, in whatever order they are named', async () => {
    const facts = await ask(answering(shown(), shown({ hash: second, nonce: '0x8' })), [second, hash])
    expect(facts.named).toMatchObject([
      { hash: second, nonce: 8, place: 'pending' },
      { hash, nonce: 7, place: 'pending' },
    ])
    expect(facts.transactions.map(({ nonce }) => nonce)).toEqual([7, 8])
  })

  test('behind nonces that nobody showed has no place: the endpoint may know the others', async () => {
    const facts = await ask(answering(shown({ nonce: '0x9' })))
    expect(facts).toMatchObject({ named: [{ status: 'waiting', nonce: 9, place: 'unplaced' }], transactions: [] })
  })

  test('behind nonces that the endpoint counts as pending is pending', async () => {
    const counted = { nonces: nonces({ latest: 7, pending: 9 }) }
    const facts = await ask(answering(shown({ nonce: '0x8' })), [hash], counted)
    expect(facts).toMatchObject({ named: [{ nonce: 8, place: 'pending' }], transactions: [{ nonce: 8 }] })
  })

  test('in a pool that is listed is what the pool says, and is there once', async () => {
    const queued = shown({ nonce: '0x9' })
    const pool = { txpool_contentFrom: { pending: {}, queued: { '9': queued } } }
    const facts = await ask({ ...pool, ...answering(queued) })
    expect(facts).toMatchObject({
      named: [{ status: 'waiting', nonce: 9, place: 'queued' }],
      transactions: [{ nonce: 9, state: 'queued', source: 'txpool_contentFrom' }],
      missing: [],
    })
    expect(facts.transactions).toHaveLength(1)
  })

  test('that the pool lists and the hash does not find waits all the same', async () => {
    const pool = { txpool_contentFrom: { pending: { '7': shown() }, queued: {} } }
    const facts = await ask({ ...pool, eth_getTransactionByHash: null })
    expect(facts.named).toEqual([{ status: 'waiting', hash, from: owner, nonce: 7, place: 'pending' }])
  })

  test("somebody else's is in nobody's queue here", async () => {
    const facts = await ask({ ...shared, ...answering(shown({ from: at(0x07e4).toLowerCase() })) })
    expect(facts).toMatchObject({ named: [{ from: at(0x07e4), place: 'unplaced' }], transactions: [] })
  })
})

describe('a transaction whose nonce is used', () => {
  const old = shown({ nonce: '0x6' })
  const successor = shown({ hash: hashOf(0xdef), nonce: '0x6', blockNumber: '0x10' })
  const known = { ...shared, eth_getTransactionByHash: old, eth_getTransactionReceipt: null }
  const replaced = { status: 'replaced', hash, from: owner, nonce: 6 }

  test.each([
    ['is told where the node knows it', successor, hashOf(0xdef)],
    ['is not told where it has none', null, null],
    ['is not told where the method is refused', refused('eth_getTransactionBySenderAndNonce'), null],
    ['is never one of another nonce', { ...successor, nonce: '0x5' }, null],
    ['is never one that waits', { ...successor, blockNumber: null }, null],
    ['is never something else', 'mined', null],
  ])('what took it %s', async (_, answer, by) => {
    const facts = await ask({ ...known, eth_getTransactionBySenderAndNonce: answer })
    expect(facts.named).toEqual([{ ...replaced, by }])
    expect(facts.transactions).toEqual([])
  })

  test('was mined itself, where there is a receipt: another machine knows the block', async () => {
    const facts = await ask({ ...known, eth_getTransactionReceipt: receipt('0x1') })
    expect(facts.named).toEqual([{ status: 'mined', hash, from: owner, nonce: 6, block: 16n, succeeded: true }])
  })

  test('may have been mined, where that cannot be asked', async () => {
    const facts = await ask({ ...known, eth_getTransactionReceipt: refused('eth_getTransactionReceipt') })
    expect(facts).toMatchObject({
      named: [{ status: 'waiting', nonce: 6, place: 'unplaced' }],
      missing: [{ about: 'named-transaction', error: { code: 'rpc-refused' } }],
    })
  })
})

test('at a past block none is looked up, and each says so', async () => {
  const rpc = fakeRpc({})
  const past = chain({ block: { ...chain().block, number: 20_000_000n } })
  const found = await read(mempool, {
    rpc,
    facts: { ...facts, chain: past },
    options: { transactionHashes: [hash, hashOf(1)] },
  })
  expect(rpc.asked).toEqual([])
  expect(found).toMatchObject({
    named: [
      { status: 'unread', ends, error: { code: 'historical-block' } },
      { status: 'unread', ends: '0x0000…0001' },
    ],
    missing: [{ about: 'mempool' }, { about: 'named-transaction', error: { code: 'historical-block' } }],
  })
})

describe('an endpoint over HTTP', () => {
  let server: JsonRpcServer | undefined
  afterEach(() => server?.close())
  const readFrom = async (rpc: RpcClient) =>
    read(mempool, { rpc, facts, options: { transactionHashes: [hash, hashOf(0xdef), hash] } })

  test('asks once for each hash; one that fails leaves the others', async () => {
    server = await startJsonRpcServer({
      eth_getTransactionByHash: ({ params: [asked] }) =>
        asked === hash ? { result: shown() } : { error: { code: -32000, message: 'no such plan' } },
    })
    const { named } = await readFrom(createRpcClient({ url: server.url }))
    expect(named).toMatchObject([
      { status: 'waiting', hash, place: 'pending' },
      { status: 'unread', ends: '0x0000…0def', error: { code: 'rpc-refused' } },
    ])
    const asked = server.requests.filter(({ method }) => method === 'eth_getTransactionByHash')
    expect(asked.map(({ params }) => params)).toEqual([[hash], [hashOf(0xdef)]])
  })
})
