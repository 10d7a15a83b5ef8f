import { afterEach, describe, expect, test } from 'vitest'
import { createBatchSize } from '../../src/rpc/batch/batch-size.ts'
import { createRpcClient, type RpcClientOptions } from '../../src/rpc/client.ts'
import {
  type BatchHandler,
  type Handler,
  type JsonRpcServer,
  type Reply,
  startJsonRpcServer,
} from '../support/json-rpc-server.ts'
import { stoppable } from '../support/stoppable.ts'

let server: JsonRpcServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const balanceOf: Handler = ({ params: [account] }) => ({ result: `balance of ${account}` })
let paths = 0

/** Each client asks at a path of its own, about which nothing is known yet. */
async function clientOf(
  handlers: Readonly<Record<string, Handler | Reply>>,
  onBatch?: BatchHandler,
  options: Partial<RpcClientOptions> = {},
) {
  const started = await startJsonRpcServer({ eth_getBalance: balanceOf, ...handlers }, onBatch)
  server = started
  const rpc = createRpcClient({ url: `${started.url}/${++paths}`, backoffMs: 1, timeoutMs: 2_000, ...options })
  // The first answers widen the way: before, nothing goes at the same time.
  for (let round = 0; round < 5; round++) await Promise.all(ask(rpc, 24))
  return { rpc, posts: () => started.posts(), sizes: () => sizesOf(started) }
}

function ask({ requestTogether }: ReturnType<typeof createRpcClient>, count: number) {
  return Array.from({ length: count }, (_, index) => requestTogether('eth_getBalance', [`${index}`, '0x1']))
}
const balances = (count: number) => Array.from({ length: count }, (_, index) => `balance of ${index}`)

/** How many calls each HTTP request brought, in order. */
function sizesOf({ requests }: JsonRpcServer): readonly number[] {
  const sizes = new Map<number, number>()
  for (const { post } of requests) sizes.set(post, (sizes.get(post) ?? 0) + 1)
  return [...sizes.values()]
}

describe('calls that are asked at the same time', () => {
  test('travel in one request, and each has its own answer', async () => {
    const { rpc, posts } = await clientOf({})
    const [before, counted] = [posts(), rpc.requestCount()]
    expect(await Promise.all(ask(rpc, 24))).toEqual(balances(24))
    expect(posts() - before).toBe(1)
    expect(rpc.requestCount() - counted).toBe(1)
  })

  test('are no more than 50 in one request', async () => {
    const { rpc, sizes } = await clientOf({})
    for (let round = 0; round < 3; round++) expect(await Promise.all(ask(rpc, 130))).toEqual(balances(130))
    expect(Math.max(...sizes())).toBe(50)
  })

  test('are answered in any order', async () => {
    const { rpc, posts } = await clientOf({}, (_, answers) => ({ body: JSON.stringify(answers.toReversed()) }))
    const before = posts()
    expect(await Promise.all(ask(rpc, 10))).toEqual(balances(10))
    expect(posts() - before).toBe(1)
  })

  test.each([
    ['eth_getLogs', [{ fromBlock: '0x1', toBlock: '0x2' }]],
    ['txpool_content', []],
    ['eth_call', [{ to: '0x1', data: `0x${'00'.repeat(1_000)}` }, '0x1']],
    ['eth_call', [{ to: '0x1', data: '0x' }, '0x1', { '0x1': { code: '0x' } }]],
    ['trace_filter', [{}]],
  ] as const)('%s of any size goes alone: %#', async (method, params) => {
    const { rpc, posts } = await clientOf({ '*': { result: 'large' } })
    const before = posts()
    await Promise.all([rpc.requestTogether(method, params), rpc.requestTogether(method, params)])
    expect(posts() - before).toBe(2)
  })

  test.each([
    ['eth_getBlockByNumber', ['0x1', true], 16],
    ['eth_simulateV1', [{}, '0x1'], 10],
    ['ots_searchTransactionsBefore', ['0x1', 0, 25], 25],
  ] as const)('%s weighs more: so many go together', async (method, params, most) => {
    const { rpc, sizes, posts } = await clientOf({ '*': { result: 'long' } })
    const before = posts()
    await Promise.all(Array.from({ length: 30 }, () => rpc.requestTogether(method, params)))
    expect(Math.max(...sizes().slice(before))).toBe(most)
  })

  test('one that is no read is not sent, and one alone is no list', async () => {
    const { rpc, posts } = await clientOf({})
    const before = posts()
    const unknown = 'eth_sendRawTransaction' as 'eth_call' // not on the list of reads
    await expect(rpc.requestTogether(unknown, [])).rejects.toMatchObject({ code: 'method-not-allowed' })
    expect(await rpc.requestTogether('eth_getBalance', ['7', '0x1'])).toBe('balance of 7')
    expect(posts() - before).toBe(1)
  })

  test('each counts for the most requests of a run', async () => {
    const { rpc, sizes } = await clientOf({}, undefined, { maximumRequests: 125 })
    const outcomes = await Promise.allSettled(ask(rpc, 10))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    expect(outcomes.at(-1)).toMatchObject({ reason: { code: 'request-budget-used' } })
    expect(sizes().reduce((sum, size) => sum + size)).toBe(125)
  })
})

const refusalOf = (code: number, message: string, status = 200): Reply => ({
  status,
  body: JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } }),
})

describe('an endpoint that takes fewer calls at once', () => {
  test.each<[string, number, BatchHandler, number]>([
    ['drpc', 3, () => refusalOf(31, 'Batch of more than 3 requests are not allowed on free tier', 500), 3],
    ['1rpc', 3, () => ({ status: 400, body: JSON.stringify({ error: 'batch size exceeds 3' }) }), 3],
    [
      'erigon',
      10,
      (calls) => refusalOf(-32000, `batch limit 10 exceeded. Requested batch of size: ${calls.length}`),
      10,
    ],
    ['proxyd', 5, () => refusalOf(-32014, 'over batch size custom message'), 6],
    [
      'geth',
      10,
      ([first]) => ({
        body: JSON.stringify([{ jsonrpc: '2.0', id: first?.id, error: { code: -32600, message: 'batch too large' } }]),
      }),
      12,
    ],
    ['a gateway with HTTP 413', 8, () => ({ status: 413, body: 'Request Entity Too Large' }), 12],
  ])('as %s: nothing is lost, and no larger one is sent any more', async (_, limit, refuse, atMost) => {
    const { rpc, sizes, posts } = await clientOf({}, (calls, answers) =>
      calls.length > limit ? refuse(calls, answers) : null,
    )
    const before = posts()
    expect(await Promise.all(ask(rpc, 60))).toEqual(balances(60))
    const later = sizes().slice(before)
    expect(Math.max(...later)).toBeLessThanOrEqual(Math.max(atMost, limit))
    expect(posts() - before).toBeLessThan(60)
  })
})

describe('an endpoint that takes no batches', () => {
  const shuffledIds = (answers: readonly unknown[]) =>
    (answers as { id: number }[]).map((one) => ({ ...one, id: one.id + 1000 }))
  test.each<[string, BatchHandler]>([
    ['says so for all of it', () => refusalOf(-32600, 'Invalid Request')],
    ['does not know the method of a list', () => refusalOf(-32601, 'method not found')],
    ['answers HTTP 405', () => ({ status: 405, body: '' })],
    ['answers HTTP 400 with a page', () => ({ status: 400, body: '<html>Bad Request</html>' })],
    ['answers the first call only', (_, answers) => ({ body: JSON.stringify(answers[0]) })],
    ['leaves an answer out', (_, answers) => ({ body: JSON.stringify(answers.slice(1)) })],
    ['answers one twice', (_, [first, , ...rest]) => ({ body: JSON.stringify([first, first, ...rest]) })],
    ['answers one too many', (_, answers) => ({ body: JSON.stringify([...answers, { id: 999_999, result: 'x' }]) })],
    ['answers other requests', (_, answers) => ({ body: JSON.stringify(shuffledIds(answers)) })],
    [
      'leaves the ids out',
      (_, answers) => ({ body: JSON.stringify(answers.map((one) => ({ ...(one as object), id: null }))) }),
    ],
    ['answers with text', () => ({ body: 'ok' })],
    ['answers with nothing', () => ({ body: '[]' })],
  ])('because it %s: every call is asked alone, and answered', async (_, refuse) => {
    const { rpc, sizes, posts } = await clientOf({}, refuse)
    const before = posts()
    expect(await Promise.all(ask(rpc, 20))).toEqual(balances(20))
    expect(sizes().slice(before)).toEqual(Array.from({ length: 20 }, () => 1))
  })

  test('and breaks the connection, or answers too late or with HTTP 503, loses nothing either', async () => {
    for (const broken of [
      { breaks: 'before' },
      { breaks: 'middle' },
      { delayMs: 300 },
      { status: 503, body: '' },
    ] as const) {
      const { rpc } = await clientOf({}, () => broken, { timeoutMs: 200 })
      expect(await Promise.all(ask(rpc, 20))).toEqual(balances(20))
      await server?.close()
    }
  }, 20_000)
})

describe('a call that fails in a batch', () => {
  const failing = (error: unknown, bad: string): Handler => {
    return ({ params: [account] }) => (account === bad ? { error } : { result: `balance of ${account}` })
  }

  test.each<[string, unknown, string]>([
    ['refused', { code: -32000, message: 'something is wrong with this account' }, 'rpc-refused'],
    ['reverted', { code: 3, message: 'execution reverted' }, 'rpc-refused'],
    ['not there any more', { code: 4444, message: 'pruned history unavailable' }, 'state-unavailable'],
    ['of a method that is not there', { code: -32601, message: 'the method does not exist' }, 'method-not-supported'],
  ])('%s is its own, and the others are answered', async (_, error, code) => {
    const { rpc } = await clientOf({ eth_getBalance: failing(error, '30') })
    const outcomes = await Promise.allSettled(ask(rpc, 31))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(30)
    expect(outcomes[30]).toMatchObject({ status: 'rejected', reason: { code } })
  })

  test('for want of time or room in it is asked alone, and answered', async () => {
    const { rpc } = await clientOf({}, (calls, answers) =>
      calls.length < 8
        ? null
        : {
            body: JSON.stringify(
              answers.map((answer, index) =>
                index < 5
                  ? answer
                  : { jsonrpc: '2.0', id: calls[index]?.id, error: { code: -32003, message: 'response too large' } },
              ),
            ),
          },
    )
    expect(await Promise.all(ask(rpc, 24))).toEqual(balances(24))
  })

  test('for its rate is asked again, as often as it takes', async () => {
    const refusals = new Map<unknown, number>()
    const limited: Handler = ({ params: [account] }) => {
      const count = refusals.get(account) ?? 0
      refusals.set(account, count + 1)
      const isRefused = Number(account) % 12 === 0 && count > 4 && count < 7
      return isRefused ? { error: { code: 429, message: 'Too Many Requests' } } : { result: `balance of ${account}` }
    }
    const { rpc } = await clientOf({ eth_getBalance: limited })
    expect(await Promise.all(ask(rpc, 24))).toEqual(balances(24))
    expect(refusals.get('12')).toBe(8)
  })

  test('where all of it is refused for its rate, is asked again', async () => {
    let toRefuse = 0
    let refused = 0
    const { rpc } = await clientOf({}, (calls) => {
      if (calls.length <= 8 || toRefuse === 0) return null
      toRefuse--
      refused++
      return { status: 429, body: '' }
    })
    toRefuse = 1
    expect(await Promise.all(ask(rpc, 24))).toEqual(balances(24))
    expect(refused).toBe(1)
  })
})

test('a signal ends the calls of a batch that is on its way', async () => {
  const stopping = stoppable()
  let isSlow = false
  const { rpc } = await clientOf(
    {},
    () => {
      if (isSlow) stopping.abort()
      return isSlow ? { delayMs: 500, body: '[]' } : null
    },
    { signal: stopping.signal },
  )
  isSlow = true
  const outcomes = await Promise.allSettled(ask(rpc, 10))
  expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code)).toEqual(
    Array(10).fill('stopped'),
  )
})

describe('how many go together', () => {
  test('is halved after each refusal, down to one', () => {
    const size = createBatchSize()
    const seen = [size.most()]
    while (size.most() > 1) {
      size.tooLarge(size.most(), null)
      seen.push(size.most())
    }
    expect(seen).toEqual([50, 25, 12, 6, 3, 1])
  })

  test('is what the node says, and never more afterwards', () => {
    const size = createBatchSize()
    size.tooLarge(50, 10)
    expect(size.most()).toBe(10)
    for (let round = 0; round < 5; round++) size.answered(10)
    expect(size.most()).toBe(10)
    size.tooLarge(10, null)
    expect(size.most()).toBe(5)
  })

  test('is less after a fault, and as many as before once larger ones are answered', () => {
    const size = createBatchSize()
    size.failed(40)
    expect(size.most()).toBe(20)
    size.answered(8)
    expect(size.most()).toBe(20)
    size.answered(20)
    size.answered(40)
    expect(size.most()).toBe(50)
    for (let round = 0; round < 9; round++) size.failed(size.most())
    expect(size.most()).toBe(2)
  })

  test('is less when two in a row are refused for their rate', () => {
    const size = createBatchSize()
    size.limited(40)
    size.answered(40)
    size.limited(40)
    expect(size.most()).toBe(50)
    size.limited(40)
    expect(size.most()).toBe(20)
  })

  test('is one for ever where a batch is answered by something else', () => {
    const size = createBatchSize()
    size.unusable()
    size.answered(1)
    expect(size.most()).toBe(1)
  })
})
