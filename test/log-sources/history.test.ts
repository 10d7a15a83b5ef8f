import { numberToHex } from 'viem/utils'
import { afterEach, describe, expect, test } from 'vitest'
import activity from '../../src/collectors/activity.ts'
import type { ActivityFacts } from '../../src/core/facts.ts'
import { createHistorySource } from '../../src/log-sources/history.ts'
import { account, at, chain, hashOf, nonces, owner } from '../../src/testing.ts'
import { type FakeRpc, fakeRpc, read } from '../support/fake-rpc.ts'
import { hashOfNonce, simulatedNode, timeOf, transactionOf, type Use } from '../support/simulated-node.ts'
import { codeOf } from './discoveries.ts'
import { type Answer, type Asked, type HttpServer, startHttpServer } from './http-server.ts'

const head = 1_000_000n
const block = { number: head, hash: hashOf(head), timestamp: timeOf(head) }
const uses: readonly Use[] = [
  { nonce: 0, block: 10n },
  { nonce: 1, block: 700_000n },
  { nonce: 2, block: 999_999n },
]
const key = 'a-key-that-nobody-may-see'
let server: HttpServer | null = null
afterEach(async () => server?.close())

const rowOf = (use: Use, over: object = {}) => ({
  blockNumber: String(use.block),
  from: owner.toLowerCase(),
  hash: hashOfNonce(use.nonce),
  nonce: String(use.nonce),
  to: at(0xb0b),
  ...over,
})
const received = { blockNumber: '5', from: at(0x5aa), hash: hashOf(99), nonce: '0' }
const ok = (rows: readonly object[]): Answer => ({ body: { status: '1', message: 'OK', result: rows } })

/** An API that calls blocks as the node does, unless told otherwise. */
async function start(list: Answer | ((asked: Asked) => Answer), hashOfBlock = (number: bigint) => hashOf(number)) {
  server = await startHttpServer((asked) => {
    const [, listed] = /^\/api\/v2\/blocks\/(\d+)$/.exec(asked.path) ?? []
    if (listed !== undefined) return { body: { hash: hashOfBlock(BigInt(listed)) } }
    if (asked.query.module === 'proxy') return { body: { result: { hash: hashOfBlock(BigInt(asked.query.tag ?? 0)) } } }
    return typeof list === 'function' ? list(asked) : list
  })
  return server
}

function archive(): FakeRpc {
  const node = simulatedNode({ uses })
  return fakeRpc({
    ...node,
    eth_getBlockByNumber: (tag: unknown, isFull: unknown) => ({
      ...node.eth_getBlockByNumber(tag, isFull),
      hash: hashOf(BigInt(String(tag))),
    }),
    eth_getTransactionByHash: (hash: unknown) => {
      const use = uses.find(({ nonce }) => hashOfNonce(nonce) === hash)
      return use === undefined ? null : transactionOf(use)
    },
  })
}

function readFrom(url: string, rpc: FakeRpc): Promise<ActivityFacts> {
  const facts = { chain: chain({ block, head: block }), account: account(), nonces: nonces({ latest: 3 }) }
  const historySource = createHistorySource(url, { key, backoffMs: 1, perSecond: 1000 })
  return read(activity, { rpc, facts, historySource })
}
const found = ({ transactions }: ActivityFacts) => transactions.map((each) => [each.nonce, each.block])
const all = [
  [2, 999_999n],
  [1, 700_000n],
  [0, 10n],
]

test.each([
  ['Etherscan, version 2', '/v2/api', '/v2/api', '1'],
  ['Blockscout', '/api', '/api', undefined],
  ['the site of a Blockscout', '', '/api', undefined],
])('%s lists them, and the node confirms each', async (_, path, asked, chainid) => {
  const api = await start(ok([...uses.map((use) => rowOf(use)), received]))
  const rpc = archive()
  const facts = await readFrom(`${api.url}${path}`, rpc)
  expect(facts).toMatchObject({ source: 'history-source', since: 0, missing: [] })
  expect(found(facts)).toEqual(all)
  expect(rpc.asked.filter(({ method }) => method === 'eth_getTransactionByHash')).toHaveLength(3)
  const question = api.asked.find(({ query }) => query.action === 'txlist')
  expect(question).toMatchObject({ path: asked, query: { address: owner, apikey: key, startblock: '0' } })
  expect(question?.query.chainid).toBe(chainid)
  expect(JSON.stringify(facts, (_key, item) => (typeof item === 'bigint' ? String(item) : item))).not.toContain(key)
})

describe('a row that the chain does not confirm is not taken, and its nonce is searched by state', () => {
  test.each([
    ['another nonce', { nonce: '0' }],
    ['another block', { blockNumber: '700001' }],
    ['a hash that nobody knows', { hash: hashOf(123) }],
    ['left out', null],
    ["another's", { from: at(1) }],
  ])('%s', async (_, over) => {
    const middle = uses[1]
    const rows = uses.flatMap((use) => (use !== middle ? [rowOf(use)] : over === null ? [] : [rowOf(use, over)]))
    const facts = await readFrom((await start(ok(rows))).url, archive())
    expect(found(facts)).toEqual(all)
    expect(facts.missing).toEqual([])
    const count = over === null || 'from' in over ? 2 : 3
    expect(facts.listed).toEqual({ rows: count, confirmed: 2, error: null })
  })

  test('one with a nonce that the account has not used yet counts as not confirmed', async () => {
    const invented = rowOf({ nonce: 3, block: 999_999n }, { hash: hashOf(124) })
    const facts = await readFrom((await start(ok([invented, ...uses.map((use) => rowOf(use))]))).url, archive())
    expect(found(facts)).toEqual(all)
    expect(facts.listed).toEqual({ rows: 4, confirmed: 3, error: null })
  })
})

describe('a source that fails where the node has no past state either', () => {
  const refusal = { body: { status: '0', message: 'NOTOK', result: 'Missing API Key' } }

  test('both reasons are missing, and nothing throws', async () => {
    const node = simulatedNode({ uses, oldestState: head })
    const rpc = fakeRpc({
      ...node,
      eth_getBlockByNumber: (tag: unknown) => ({
        ...node.eth_getBlockByNumber(tag, false),
        hash: hashOf(BigInt(String(tag))),
      }),
    })
    const facts = await readFrom((await start(refusal)).url, rpc)
    expect(facts).toMatchObject({
      transactions: [],
      missing: [
        { about: 'activity', error: { code: 'log-source-refused' } },
        { about: 'activity', error: { code: 'state-unavailable', data: { count: { value: 3 } } } },
      ],
    })
  })
})

describe('a source that fails is said, and the node is asked', () => {
  test.each([
    ['a refusal', { body: { status: '0', message: 'NOTOK', result: `Invalid API Key ${key}` } }, 'log-source-refused'],
    ['rows that are none', ok([{ hash: 'x' }]), 'source: invalid-reply'],
    ['a page of HTML', { body: '<html>' }, 'source: invalid-reply'],
    ['too many requests', { status: 429, body: '' }, 'source: rate-limited'],
    [
      'its own words for that',
      { body: { status: '0', message: 'NOTOK', result: 'Max rate limit reached' } },
      'source: rate-limited',
    ],
    [
      'a limit of the day',
      { body: { status: '0', message: 'NOTOK', result: 'Max daily rate limit reached' } },
      'log-source-refused',
    ],
    ['no status', { body: { result: [] } }, 'source: invalid-reply'],
    ['another address', { status: 302, body: '' }, 'source: http-status'],
    ['an address where nothing is', { status: 404, body: '<html>' }, 'source: http-status'],
    ['a fault of its own', { status: 503, body: 'down' }, 'source: http-status'],
  ])('%s', async (_, answer, code) => {
    const facts = await readFrom((await start(answer)).url, archive())
    expect(found(facts)).toEqual(all)
    expect(facts).toMatchObject({
      source: 'nonce-bisection',
      listed: { rows: 0, confirmed: 0, error: facts.missing[0]?.error },
      missing: [{ about: 'history' }],
    })
    expect(facts.missing.map(({ error }) => codeOf(error))).toEqual([code])
    expect(JSON.stringify(facts.missing)).not.toContain(key)
    // Whatever is said of a request, it was not one for logs.
    expect(JSON.stringify(facts.missing)).not.toContain('getLogs')
  })

  test('one of another chain never learns the account', async () => {
    const api = await start(ok([]), (number) => hashOf(number + 1n))
    const facts = await readFrom(api.url, archive())
    expect(facts.missing).toMatchObject([{ about: 'history', error: { code: 'log-source-wrong-chain' } }])
    expect(JSON.stringify(api.asked).toLowerCase()).not.toContain(owner.slice(2).toLowerCase())
  })
})

test('a full page is followed by the one before its oldest block', async () => {
  const spam = Array.from({ length: 999 }, (_, id) => ({ ...received, blockNumber: '800000', hash: hashOf(5000 + id) }))
  const [first, second, third] = uses.map((use) => rowOf(use))
  const pages = (asked: Asked) =>
    ok(asked.query.endblock === '800000' ? [second ?? {}, first ?? {}] : [third ?? {}, ...spam])
  const api = await start(pages)
  expect(found(await readFrom(api.url, archive()))).toEqual(all)
  const lists = api.asked.filter(({ query }) => query.action === 'txlist')
  expect(lists.map(({ query }) => query.endblock)).toEqual([String(Number(numberToHex(head))), '800000'])
})

test.each([
  ['ftp://api.example', 'url'],
  ['no url', 'url'],
  ['https://user:pass@api.example', 'credentials'],
  ['https://api.example/api?apikey=k', 'credentials'],
])('%s is refused, and not repeated', (text, problem) => {
  expect(() => createHistorySource(text)).toThrow(
    expect.objectContaining({
      code: 'invalid-history-source',
      data: expect.objectContaining({ problem: { type: 'keyword', value: problem } }),
    }),
  )
})
