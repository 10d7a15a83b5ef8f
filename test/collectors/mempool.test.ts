import { encodeErrorResult, parseAbi } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import fees from '../../src/collectors/fees.ts'
import mempool from '../../src/collectors/mempool.ts'
import noncesCollector from '../../src/collectors/nonces.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { RpcTimeoutError } from '../../src/rpc/errors.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { at, chain, hashOf, nonces, owner } from '../../src/testing.ts'
import { fakeRpc, read, refused, without } from '../support/fake-rpc.ts'
import { mineAroundPool, sendUnmined } from '../support/pending.ts'

const from = owner.toLowerCase()
const other = at(0x07e4)
const facts = { chain: chain(), nonces: nonces({ latest: 7, pending: 7 }) }

/** An EIP-1559 transaction as Geth shows it. */
const waiting = (nonce: number, over: object = {}) => ({
  blockNumber: null,
  from,
  gas: '0x5208',
  gasPrice: '0x64',
  hash: hashOf(0xf00 + nonce),
  input: '0x',
  maxFeePerGas: '0x64',
  maxPriorityFeePerGas: '0x2',
  nonce: `0x${nonce.toString(16)}`,
  to: at(0xb0b).toLowerCase(),
  type: '0x2',
  value: '0x1',
  ...over,
})
const own = (pending: object, queued: object = {}) => ({ txpool_contentFrom: { pending, queued } })
const readWith = (answers: object, over: object = {}) =>
  read(mempool, { rpc: fakeRpc(answers), facts: { ...facts, ...over } })
const statuses = (sources: readonly { readonly status: string }[]) => sources.map(({ status }) => status)
const brief = (transactions: readonly { readonly nonce: number; readonly state: string }[]) =>
  transactions.map(({ nonce, state }) => `${nonce} ${state}`)

describe('a node that counts more than it lists', () => {
  const unlisted = (count: number) => [
    { about: 'mempool', error: { code: 'pending-not-listed', data: { count: { value: count } } } },
  ]

  test.each([
    ['nothing listed, two counted', own({}), 9, unlisted(2)],
    ['one of two listed', own({ '7': waiting(7) }), 9, unlisted(1)],
    ['both listed', own({ '7': waiting(7), '8': waiting(8) }), 9, []],
    ['listed behind a gap, none counted', own({}, { '12': waiting(12) }), 7, []],
    ['a count that no pool could hold', own({}), Number.MAX_SAFE_INTEGER, unlisted(Number.MAX_SAFE_INTEGER - 7)],
  ])('%s', async (_, answers, pending, missing) => {
    const found = await readWith(answers, { nonces: nonces({ latest: 7, pending }) })
    expect(found).toMatchObject({ listsQueued: true, missing })
  })
})

describe('a node that lists the account', () => {
  test('every field of a transaction is kept, and nothing is missing', async () => {
    expect(await readWith({ ...own({ '7': waiting(7, { input: '0xabcdef' }) }), eth_call: '0x' })).toEqual({
      sources: [
        { method: 'txpool_contentFrom', status: 'answered', error: null },
        { method: 'txpool_content', status: 'not-asked', error: null },
        { method: 'txpool_inspect', status: 'not-asked', error: null },
        { method: 'eth_getBlockByNumber', status: 'not-asked', error: null },
        { method: 'eth_getTransactionBySenderAndNonce', status: 'not-asked', error: null },
      ],
      listsQueued: true,
      transactions: [
        {
          hash: hashOf(0xf07),
          nonce: 7,
          to: at(0xb0b),
          value: 1n,
          gasLimit: 21_000n,
          maxFeePerGas: 100n,
          maxPriorityFeePerGas: 2n,
          maxFeePerBlobGas: null,
          isLegacy: false,
          hasAuthorizations: false,
          input: '0xabcdef',
          state: 'pending',
          simulation: { status: 'succeeds', block: '21000000', isConfirmed: false },
          source: 'txpool_contentFrom',
        },
      ],
      missing: [],
    })
  })

  test('an empty pool is known to be empty', async () => {
    expect(await readWith(own({}))).toMatchObject({ listsQueued: true, transactions: [], missing: [] })
  })

  test.each([
    ['legacy', { type: '0x0', maxFeePerGas: undefined, maxPriorityFeePerGas: undefined }, 100n, true, null],
    ['EIP-2930', { type: '0x1', maxFeePerGas: undefined, maxPriorityFeePerGas: undefined }, 100n, true, null],
    ['untyped, as old nodes give it', { type: undefined, maxFeePerGas: undefined }, 100n, true, null],
    ['EIP-4844', { type: '0x3', maxFeePerBlobGas: '0x9', blobVersionedHashes: [hashOf(1)] }, 2n, false, 9n],
    ['EIP-7702', { type: '0x4', authorizationList: [] }, 2n, false, null],
    ["a roll-up's own type with fee limits", { type: '0x7b' }, 2n, false, null],
  ])('a transaction: %s', async (_, over, maxPriorityFeePerGas, isLegacy, maxFeePerBlobGas) => {
    const { transactions } = await readWith(own({ '7': waiting(7, over) }))
    expect(transactions).toMatchObject([{ maxFeePerGas: 100n, maxPriorityFeePerGas, isLegacy, maxFeePerBlobGas }])
  })

  test('a contract creation has no receiver', async () => {
    const { transactions } = await readWith(own({ '7': waiting(7, { to: null }) }))
    expect(transactions[0]?.to).toBeNull()
  })

  test('the state follows from the nonces, whatever part of the pool the node files it under', async () => {
    const { transactions } = await readWith(
      own({ '9': waiting(9), '11': waiting(11) }, { '8': waiting(8), '7': waiting(7) }),
    )
    expect(brief(transactions)).toEqual(['7 pending', '8 pending', '9 pending', '11 queued'])
  })

  test('the next nonce missing: all that wait are queued', async () => {
    const { transactions } = await readWith(own({}, { '8': waiting(8), '9': waiting(9) }))
    expect(brief(transactions)).toEqual(['8 queued', '9 queued'])
  })

  test('nonces that the node counts as pending are no gap, even where it does not show them', async () => {
    const { transactions } = await readWith(own({ '9': waiting(9) }), { nonces: nonces({ latest: 7, pending: 10 }) })
    expect(brief(transactions)).toEqual(['9 pending'])
  })

  test('transactions that were mined meanwhile are left out', async () => {
    const { transactions } = await readWith(own({ '6': waiting(6), '7': waiting(7) }))
    expect(brief(transactions)).toEqual(['7 pending'])
  })

  test('one transaction in two parts of the pool is one; two of one nonce are two, by hash', async () => {
    const second = waiting(7, { hash: hashOf(1) })
    const { transactions } = await readWith(own({ '7': waiting(7), x: second }, { '7': waiting(7) }))
    expect(transactions.map(({ hash }) => hash)).toEqual([hashOf(1), hashOf(0xf07)])
  })

  test("Erigon's third part, for underpriced ones, is read too", async () => {
    const answer = { txpool_contentFrom: { pending: {}, baseFee: { '7': waiting(7) }, queued: {} } }
    expect(brief((await readWith(answer)).transactions)).toEqual(['7 pending'])
  })
})

describe('a node that lists its whole pool', () => {
  const foreign = { '0': { nonsense: 'of another account is not looked at' } }

  test.each([
    ['EIP-55', owner],
    ['lower case', from],
    ['upper case', `0x${from.slice(2).toUpperCase()}`],
  ])('own transactions are picked from it: sender in %s', async (_, sender) => {
    const content = {
      pending: { [other]: foreign, [sender]: { '7': waiting(7) } },
      queued: { [sender]: { '9': waiting(9) } },
    }
    const facts = await readWith({ txpool_content: content })
    expect(brief(facts.transactions)).toEqual(['7 pending', '9 queued'])
    expect(statuses(facts.sources)).toEqual(['refused', 'answered', 'not-asked', 'not-asked', 'not-asked'])
    expect(facts.sources[0]?.error?.code).toBe('method-not-supported')
    expect(facts).toMatchObject({ listsQueued: true, missing: [] })
    expect(facts.transactions[0]?.source).toBe('txpool_content')
  })
})

describe('a node that shows a summary of its pool only', () => {
  const refusing = { txpool_contentFrom: refused('txpool_contentFrom'), txpool_content: refused('txpool_content') }
  const to = at(0xb0b)
  const summary = (price: number) => `${to}: 5 wei + 21000 gas × ${price} wei`
  const inspect = (pending: object, queued: object = {}, sender: string = owner) => ({
    ...refusing,
    txpool_inspect: { pending: { [sender]: pending, [other]: { '0': 'not looked at' } }, queued: { [sender]: queued } },
  })

  test('every field of it is kept, and what it does not tell is missing', async () => {
    const facts = await readWith(inspect({ '7': summary(100) }, { '9': summary(90) }))
    expect(facts).toMatchObject({
      listsQueued: true,
      transactions: [],
      missing: [{ about: 'pending-details', error: { code: 'pending-summarised', data: { count: { value: 2 } } } }],
    })
    const shown = { to, value: 5n, gasLimit: 21_000n, source: 'txpool_inspect' }
    expect(facts.summaries).toEqual([
      { nonce: 7, maxFeePerGas: 100n, state: 'pending', ...shown },
      { nonce: 9, maxFeePerGas: 90n, state: 'queued', ...shown },
    ])
    expect(statuses(facts.sources)).toEqual(['refused', 'refused', 'answered', 'refused', 'refused'])
  })

  test('a contract creation has no receiver', async () => {
    const facts = await readWith(inspect({ '7': 'contract creation: 0 wei + 60000 gas × 9 wei' }))
    expect(facts.summaries).toMatchObject([{ to: null, gasLimit: 60_000n }])
  })

  test('an empty pool is known to be empty', async () => {
    const facts = await readWith(inspect({}, {}, from))
    expect(facts).toMatchObject({ listsQueued: true, transactions: [], missing: [] })
    expect(facts).not.toHaveProperty('summaries')
  })

  test('what another source shows whole is no summary, and what was mined meanwhile is left out', async () => {
    const facts = await readWith({
      ...inspect({ '6': summary(100), '7': summary(100), '8': summary(100) }, {}, from),
      eth_getBlockByNumber: { transactions: [waiting(7)] },
    })
    expect(brief(facts.transactions)).toEqual(['7 pending'])
    expect(facts.summaries).toMatchObject([{ nonce: 8, state: 'pending' }])
    expect(facts.missing).toMatchObject([{ error: { data: { count: { value: 1 } } } }])
  })

  test('what it counts and does not summarise was not seen', async () => {
    const { missing } = await readWith(inspect({ '7': summary(100) }), { nonces: nonces({ latest: 7, pending: 9 }) })
    expect(missing).toMatchObject([
      { about: 'mempool', error: { code: 'pending-not-listed', data: { count: { value: 1 } } } },
      { about: 'pending-details' },
    ])
  })

  test.each([
    ['a pool that is shown', own({}), 'not-asked'],
    [
      'a pool that failed to answer',
      { txpool_contentFrom: null, txpool_content: refused('txpool_content') },
      'not-asked',
    ],
    ['no pool', refusing, 'refused'],
  ])('is asked where both are refused: %s', async (_, answers, status) => {
    expect((await readWith(answers)).sources[2]).toMatchObject({ method: 'txpool_inspect', status })
  })

  test.each([
    ["Nethermind's, which has the sender and the tip", `${owner}: 5 wei + 21000 × 100 gas`],
    ['an x for the sign', `${to}: 5 wei + 21000 gas x 100 wei`],
    ['more behind it', `${summary(100)} and more`],
    ['more before it', ` ${summary(100)}`],
    ['a line more', `${summary(100)}\n`],
    ['hex digits', `${to}: 0x5 wei + 21000 gas × 100 wei`],
    ['a negative number', `${to}: -5 wei + 21000 gas × 100 wei`],
    ['an address that is too short', `${to.slice(0, -1)}: 5 wei + 21000 gas × 100 wei`],
    ['nothing', ''],
    ['a number', 5],
    ['a whole transaction', waiting(7)],
  ])('other words are a malformed answer, and nothing is read into them: %s', async (_, words) => {
    const facts = await readWith(inspect({ '7': words }))
    expect(facts).toMatchObject({
      listsQueued: false,
      transactions: [],
      missing: [{ about: 'mempool', error: { code: 'malformed-reply' } }],
    })
    expect(facts).not.toHaveProperty('summaries')
  })

  test.each(['-1', '0x7', 'seven', '', '9'.repeat(16)])('a nonce that is none is malformed: %j', async (nonce) => {
    const { sources } = await readWith(inspect({ [nonce]: summary(100) }))
    expect(sources[2]).toMatchObject({ status: 'failed', error: { code: 'malformed-reply' } })
  })
})

describe('a node that shares no pool', () => {
  const refusing = { txpool_contentFrom: refused('txpool_contentFrom'), txpool_content: refused('txpool_content') }

  test('refuses everything: nothing is known, and that is said', async () => {
    const facts = await readWith({ ...refusing, eth_getBlockByNumber: refused('eth_getBlockByNumber') })
    expect(statuses(facts.sources)).toEqual(['refused', 'refused', 'refused', 'refused', 'refused'])
    expect(facts).toMatchObject({
      listsQueued: false,
      transactions: [],
      missing: [{ about: 'mempool', error: { code: 'mempool-not-shared', data: { host: { value: 'rpc.example' } } } }],
    })
    expect(facts.missing[0]?.error.hints).toHaveLength(2)
  })

  test('the pending block and single nonces can add transactions, and prove no absence', async () => {
    const asked: unknown[] = []
    const facts = await readWith(
      {
        ...refusing,
        eth_getBlockByNumber: { transactions: [waiting(0, { from: other }), waiting(7)] },
        eth_getTransactionBySenderAndNonce: (_account: unknown, nonce: unknown) => {
          asked.push(nonce)
          return nonce === '0x8' ? waiting(8) : null
        },
      },
      { nonces: nonces({ latest: 7, pending: 9 }) },
    )
    expect(asked).toEqual(['0x7', '0x8'])
    expect(facts.transactions.map(({ nonce, source }) => [nonce, source])).toEqual([
      [7, 'eth_getBlockByNumber'],
      [8, 'eth_getTransactionBySenderAndNonce'],
    ])
    expect(statuses(facts.sources)).toEqual(['refused', 'refused', 'refused', 'answered', 'answered'])
    expect(facts).toMatchObject({ listsQueued: false, missing: [{ error: { code: 'mempool-not-shared' } }] })
  })

  test('what stands in the pending block is no gap: those before it were mined since', async () => {
    const facts = await readWith({ ...refusing, eth_getBlockByNumber: { transactions: [waiting(9)] } })
    expect(brief(facts.transactions)).toEqual(['9 pending'])
  })

  test('a transaction that was mined since the run began is not pending', async () => {
    const answer = { ...refusing, eth_getTransactionBySenderAndNonce: waiting(7, { blockNumber: '0x1406f41' }) }
    expect((await readWith(answer)).transactions).toEqual([])
  })

  test('a long queue is asked for 32 nonces, and stays incomplete', async () => {
    const rpc = fakeRpc({ ...refusing, eth_getTransactionBySenderAndNonce: null })
    const facts = { chain: chain(), nonces: nonces({ latest: 7, pending: 500 }) }
    expect((await read(mempool, { rpc, facts })).missing).toHaveLength(1)
    expect(rpc.asked.filter(({ method }) => method === 'eth_getTransactionBySenderAndNonce')).toHaveLength(32)
  })

  test('one failed nonce fails its source and keeps the others', async () => {
    const timeout = new RpcTimeoutError({ host: 'rpc.example', method: 'eth_getTransactionBySenderAndNonce' }, 1000)
    const answer = {
      ...refusing,
      eth_getTransactionBySenderAndNonce: (_: unknown, nonce: unknown) => (nonce === '0x7' ? waiting(7) : timeout),
    }
    const facts = await readWith(answer, { nonces: nonces({ latest: 7, pending: 9 }) })
    expect(facts.sources[4]).toMatchObject({ status: 'failed', error: { code: 'rpc-timeout' } })
    expect(brief(facts.transactions)).toEqual(['7 pending'])
  })

  test.each([
    ['counts none', 7, 'mempool-not-shared', {}],
    ['shows all that it counts', 8, 'mempool-not-shared', { host: { value: 'rpc.example' } }],
    ['counts two more than it shows', 10, 'pending-not-shown', { count: { value: 2 } }],
  ])('and %s: why more may wait is said', async (_, pending, code, data) => {
    const answers = { ...refusing, eth_getBlockByNumber: { transactions: pending === 7 ? [] : [waiting(7)] } }
    const { missing } = await readWith(answers, { nonces: nonces({ latest: 7, pending }) })
    expect(missing).toMatchObject([{ about: 'mempool', error: { code, data } }])
  })

  test('a pool that failed to answer is missing for that reason', async () => {
    const timeout = new RpcTimeoutError({ host: 'rpc.example', method: 'txpool_content' }, 1000)
    const facts = await readWith({ ...refusing, txpool_content: timeout })
    expect(facts).toMatchObject({ listsQueued: false, missing: [{ about: 'mempool', error: { code: 'rpc-timeout' } }] })
    expect(statuses(facts.sources)).toEqual(['refused', 'failed', 'not-asked', 'refused', 'refused'])
  })
})

test('a past block has no mempool, and nothing is asked', async () => {
  const rpc = fakeRpc({})
  const past = chain({ block: { ...chain().block, number: 20_000_000n } })
  const facts_ = await read(mempool, { rpc, facts: { ...facts, chain: past } })
  expect(facts_).toMatchObject({
    listsQueued: false,
    missing: [{ about: 'mempool', error: { code: 'historical-block' } }],
  })
  expect(statuses(facts_.sources)).toEqual(['not-asked', 'not-asked', 'not-asked', 'not-asked', 'not-asked'])
  expect(rpc.asked).toEqual([])
})

describe('a malformed answer is a failed source, never an empty pool', () => {
  const fields = ['hash', 'from', 'nonce', 'to', 'value', 'gas', 'input', 'maxFeePerGas', 'maxPriorityFeePerGas']
  const broken = fields.map((field): [string, object] => [
    `${field} is a number`,
    own({ '7': waiting(7, { [field]: 12 }) }),
  ])
  test.each<[string, object]>([
    ...broken,
    ['type is a word', own({ '7': waiting(7, { type: 'legacy' }) })],
    ['legacy without a gas price', own({ '7': waiting(7, { type: '0x0', gasPrice: undefined }) })],
    ['EIP-1559 without a max fee', own({ '7': waiting(7, { maxFeePerGas: undefined }) })],
    ['EIP-4844 without a blob fee', own({ '7': waiting(7, { type: '0x3' }) })],
    ['EIP-4844 without its blobs', own({ '7': waiting(7, { type: '0x3', maxFeePerBlobGas: '0x9' }) })],
    ["another account's transaction", own({ '7': waiting(7, { from: other }) })],
    ['null', { txpool_contentFrom: null }],
    ['a list', { txpool_contentFrom: [] }],
    ['no pending part', { txpool_contentFrom: { queued: {} } }],
    ['no queued part', { txpool_contentFrom: { pending: {} } }],
    ['a part that is null', own({}, { pending: null, queued: null })],
    ['a transaction that is null', own({ '7': null })],
  ])('%s', async (_, answers) => {
    const facts = await readWith(answers)
    expect(facts.sources[0]).toMatchObject({ status: 'failed', error: { code: 'malformed-reply' } })
    expect(facts).toMatchObject({
      listsQueued: false,
      missing: [{ about: 'mempool', error: { code: 'malformed-reply' } }],
    })
  })

  test.each([
    ['the pending block is null', 3, { eth_getBlockByNumber: null }],
    ['the pending block has hashes only', 3, { eth_getBlockByNumber: { transactions: [hashOf(1)] } }],
    ['its own transaction has no nonce', 3, { eth_getBlockByNumber: { transactions: [waiting(7, { nonce: null })] } }],
    ['a single nonce is a list', 4, { eth_getTransactionBySenderAndNonce: [] }],
    ["a single nonce is another account's", 4, { eth_getTransactionBySenderAndNonce: waiting(7, { from: other }) }],
  ])('%s', async (_, index, answers) => {
    const facts = await readWith(answers)
    expect(facts.sources[index]).toMatchObject({ status: 'failed', error: { code: 'malformed-reply' } })
    expect(facts.missing).toHaveLength(1)
  })
})

describe('anvil with a stuck and a queued transaction', () => {
  const gwei = 10n ** 9n
  let node: DevelopmentNode
  let hashes: readonly string[]
  beforeAll(async () => {
    node = await startAnvil()
    await node.send('anvil_setBalance', [owner, '0x3635c9adc5dea00000'])
    const sent = { from: owner, to: other, maxFeePerGas: 2n * gwei, maxPriorityFeePerGas: gwei }
    hashes = await sendUnmined(node, [
      { ...sent, nonce: 0 },
      { ...sent, nonce: 2, value: 5n },
    ])
    await mineAroundPool(node, 100n * gwei)
  }, 30_000)
  afterAll(() => node.stop())

  const readAnvil = async (rpc: RpcClient = createRpcClient({ url: node.url })) => {
    const facts = { chain: anvilChain, nonces: await read(noncesCollector, { rpc, facts: { chain: anvilChain } }) }
    return {
      nonces: facts.nonces,
      mempool: await read(mempool, { rpc, facts }),
      fees: await read(fees, { rpc, facts }),
    }
  }
  const block = { number: 1n, hash: hashOf(1), timestamp: 0 }
  const anvilChain = chain({ block, head: block })

  test('both are seen, one stuck below the base fee, one behind the gap at nonce 1', async () => {
    const { mempool, nonces, fees } = await readAnvil()
    expect(nonces).toEqual({ latest: 0, pending: 1, missing: [] })
    expect(fees.nextBaseFee).toBe(100n * gwei)
    expect(mempool).toMatchObject({
      listsQueued: true,
      missing: [],
      transactions: [
        { hash: hashes[0], nonce: 0, state: 'pending', value: 1n, maxFeePerGas: 2n * gwei },
        { hash: hashes[1], nonce: 2, state: 'queued', value: 5n, source: 'txpool_content' },
      ],
    })
  })

  test('with a summary of the pool only, both are seen by their nonces', async () => {
    const rpc = without(createRpcClient({ url: node.url }), 'txpool_content', 'eth_getTransactionBySenderAndNonce')
    const { mempool } = await readAnvil(rpc)
    expect(mempool).toMatchObject({ listsQueued: true, transactions: [], missing: [{ about: 'pending-details' }] })
    expect(mempool.summaries).toMatchObject([
      { nonce: 0, to: other, value: 1n, gasLimit: 21_000n, maxFeePerGas: 2n * gwei, state: 'pending' },
      { nonce: 2, to: other, value: 5n, gasLimit: 21_000n, maxFeePerGas: 2n * gwei, state: 'queued' },
    ])
  })

  test('without the pool, single nonces still show the stuck one', async () => {
    const rpc = without(createRpcClient({ url: node.url }), 'txpool_content', 'txpool_inspect')
    const { mempool } = await readAnvil(rpc)
    expect(mempool).toMatchObject({
      listsQueued: false,
      missing: [{ error: { code: 'mempool-not-shared' } }],
      transactions: [{ hash: hashes[0], nonce: 0, source: 'eth_getTransactionBySenderAndNonce' }],
    })
    expect(mempool.transactions).toHaveLength(1)
  })
})

describe('when a transaction was first seen', () => {
  const readAt = (now: number, store = memoryStore(), transactions: object = { '7': waiting(7) }) =>
    read(mempool, { rpc: fakeRpc(own(transactions)), facts, store, now: () => now })
  const seen = async (
    facts: Promise<{ readonly transactions: readonly { readonly firstSeenAt?: number | undefined }[] }>,
  ) => (await facts).transactions.map(({ firstSeenAt }) => firstSeenAt)

  test('is what the first run said, whichever run asks', async () => {
    const store = memoryStore()
    expect(await seen(readAt(100, store))).toEqual([100])
    expect(await seen(readAt(800, store, { '7': waiting(7), '8': waiting(8) }))).toEqual([100, 800])
  })

  test('is not known where nothing is kept', async () => {
    const { transactions } = await readWith(own({ '7': waiting(7) }))
    expect(transactions[0]).not.toHaveProperty('firstSeenAt')
  })
})

describe('the transaction that is next in turn is run on the state of the run', () => {
  const readAnd = async (call: unknown, transactions: object = { '7': waiting(7), '8': waiting(8) }) => {
    const rpc = fakeRpc({ ...own(transactions), eth_call: call })
    const { transactions: found } = await read(mempool, { rpc, facts })
    return { found, calls: rpc.asked.filter(({ method }) => method === 'eth_call') }
  }
  const block = String(facts.chain.block.number)
  const reverts = refused('eth_call', 'execution reverted: too late', codeOf('too late'))

  test('only that one, with its sender, value, gas and input', async () => {
    const { found, calls } = await readAnd('0x')
    expect(found.map(({ simulation }) => simulation?.status)).toEqual(['succeeds', undefined])
    const call = { from: owner, to: at(0xb0b), value: '0x1', gas: '0x5208', data: '0x' }
    expect(calls.map(({ params }) => params)).toEqual([[call, `0x${facts.chain.block.number.toString(16)}`]])
  })

  test('with its access list and the hashes of its blobs, which its contract may ask for', async () => {
    const blobs = { type: '0x3', maxFeePerBlobGas: '0x1', blobVersionedHashes: [hashOf(1)] }
    const accessList = [{ address: at(0x70), storageKeys: [hashOf(2)] }]
    const { found, calls } = await readAnd('0x', { '7': waiting(7, { ...blobs, accessList }) })
    expect(found[0]).toMatchObject({ blobVersionedHashes: [hashOf(1)], accessList, simulation: { status: 'succeeds' } })
    expect(calls[0]?.params?.[0]).toMatchObject({ blobVersionedHashes: [hashOf(1)], accessList })
  })

  test('a revert, with its words', async () => {
    const { found } = await readAnd(reverts)
    expect(found[0]?.simulation).toEqual({ status: 'reverts', block, reason: 'too late' })
  })

  test('out of gas is a failure too', async () => {
    const { found } = await readAnd(refused('eth_call', 'EVM error OutOfGas'))
    expect(found[0]?.simulation).toEqual({ status: 'reverts', block })
  })

  test('a node that refuses to run it: not known', async () => {
    const { found } = await readAnd(refused('eth_call', 'insufficient funds for transfer'))
    expect(found[0]?.simulation).toMatchObject({ status: 'unknown', block })
  })

  test.each([
    ['the next nonce is missing', { '8': waiting(8) }],
    ['it carries authorisations', { '7': waiting(7, { type: '0x4', authorizationList: [{}] }) }],
  ])('nothing is run where %s', async (_, transactions) => {
    const { found, calls } = await readAnd('0x', transactions)
    expect(calls).toEqual([])
    expect(found[0]).not.toHaveProperty('simulation')
  })
})

function codeOf(words: string) {
  return encodeErrorResult({ abi: parseAbi(['error Error(string)']), args: [words] })
}
