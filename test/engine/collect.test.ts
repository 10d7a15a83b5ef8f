import { describe, expect, test } from 'vitest'
import { type CollectContext, defineCollector } from '../../src/core/collector.ts'
import { CheckupError } from '../../src/core/errors.ts'
import type { FactResult } from '../../src/core/facts.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { value } from '../../src/core/value.ts'
import { MalformedReplyError, quantity } from '../../src/domain/rpc-reply.ts'
import { type AnyCollector, collect } from '../../src/engine/collect.ts'
import { account, chain, fees as healthyFees, nonces, owner } from '../../src/testing.ts'

const rpc: RpcClient = { host: 'rpc.example', endpointId: 'fa4e', requestCount: () => 0, request: async () => null }

function contextOf(over: Partial<CollectContext> = {}): CollectContext {
  return {
    rpc,
    options: {
      account: owner,
      ensName: null,
      expectedChainId: null,
      block: null,
      fromBlock: 0n,
      includesErc1155: false,
      longestScanSeconds: null,
      history: { days: 90, mostTransactions: 300 },
      shownByWallet: null,
      tokenLists: [],
      threatLists: [],
      sanctionsLists: [],
    },
    store: null,
    signal: new AbortController().signal,
    now: () => 0,
    report: () => {},
    ...over,
  }
}

const chainCollector = (expectedChainId: number | null = null) =>
  defineCollector({ key: 'chain', needs: [], fetch: async () => null, decode: () => chain({ expectedChainId }) })
const accountCollector = (asked: string[] = []) =>
  defineCollector({
    key: 'account',
    needs: ['chain'],
    fetch: async () => asked.push('account'),
    decode: () => account(),
  })
const noncesCollector = defineCollector({
  key: 'nonces',
  needs: ['account'],
  fetch: async () => null,
  decode: (_, facts) => nonces({ latest: Number(facts.account.balance > 0n) }),
})
const failing = (error: unknown) =>
  defineCollector({
    key: 'account',
    needs: ['chain'],
    fetch: (): Promise<unknown> => Promise.reject(error),
    decode: () => account(),
  })

function errorOf(result: FactResult | undefined) {
  if (result?.status !== 'failed') throw new Error('it did not fail')
  return result.error
}

describe('collecting', () => {
  test('a collector gets the facts it needs', async () => {
    const results = await collect([chainCollector(), accountCollector(), noncesCollector], contextOf())
    expect(results.nonces).toEqual({ status: 'ok', value: nonces({ latest: 1 }) })
  })

  test('each phase is reported', async () => {
    const phases: string[] = []
    const context = contextOf({ report: ({ phase }) => phases.push(phase) })
    await collect([chainCollector(), accountCollector(), noncesCollector], context)
    expect(phases).toEqual(['chain', 'account', 'nonces'])
  })

  test('a failure is that fact’s, with its reason', async () => {
    const results = await collect([chainCollector(), failing(new MalformedReplyError('a balance'))], contextOf())
    expect(results.chain?.status).toBe('ok')
    expect(errorOf(results.account)).toMatchObject({ code: 'malformed-reply', data: { what: { value: 'a balance' } } })
  })

  test('an answer that decode refuses fails the fact', async () => {
    const garbage = defineCollector({
      key: 'account',
      needs: [],
      fetch: async () => ({ balance: 'lots' }),
      decode: ({ balance }) => account({ balance: quantity(balance, 'a balance') }),
    })
    expect(errorOf((await collect([garbage], contextOf())).account).code).toBe('malformed-reply')
  })

  test('an error that is not ours keeps its name only: its words may hold a URL with a key', async () => {
    const results = await collect([chainCollector(), failing(new TypeError('https://rpc.example/KEY'))], contextOf())
    expect(errorOf(results.account)).toMatchObject({ code: 'unexpected-error', data: { name: { value: 'TypeError' } } })
    expect(JSON.stringify(results.account)).not.toContain('KEY')
  })

  test('what needs a failed fact fails for the root cause, through any number of facts', async () => {
    const third = defineCollector({ key: 'mempool', needs: ['nonces'], fetch: async () => null, decode: never })
    const collectors: AnyCollector[] = [chainCollector(), failing(new MalformedReplyError('x')), noncesCollector, third]
    const results = await collect(collectors, contextOf())
    for (const fact of [results.nonces, results.mempool]) {
      expect(errorOf(fact)).toMatchObject({
        code: 'needed-fact-failed',
        data: { fact: { value: 'account' }, cause: { value: 'malformed-reply' }, what: { value: 'x' } },
        hints: ['Use another endpoint.'],
      })
    }
  })
})

test('what needs a fact that failed for another reason keeps both', async () => {
  const failure = new CheckupError('activity-unreadable', {
    message: 'Nothing was found.',
    data: { sent: value.count(3), cause: value.keyword('request-budget-used') },
  })
  const { nonces } = await collect([chainCollector(), failing(failure), noncesCollector], contextOf())
  expect(errorOf(nonces).data).toMatchObject({
    cause: { value: 'activity-unreadable' },
    rootCause: { value: 'request-budget-used' },
    sent: { value: 3 },
  })
})

describe('a fact that another one can do without', () => {
  const fees = defineCollector({
    key: 'fees',
    needs: ['chain'],
    wants: ['account'],
    fetch: async (_, __, { account }) => account.status,
    decode: (status) => healthyFees({ blocks: status === 'ok' ? 1 : 2 }),
  })

  test.each([
    ['comes as its result', accountCollector(), 1],
    ['comes with its reason when it failed, and fails nothing else', failing(new MalformedReplyError('x')), 2],
  ])('%s', async (_, first, blocks) => {
    const results = await collect([chainCollector(), first, fees], contextOf())
    expect(results.fees).toEqual({ status: 'ok', value: healthyFees({ blocks }) })
  })

  test('must be listed before it all the same', async () => {
    expect(errorOf((await collect([chainCollector(), fees], contextOf())).fees).code).toBe('unexpected-error')
  })
})

describe('another chain than the one asked for', () => {
  test('is asked nothing about the account', async () => {
    const asked: string[] = []
    const results = await collect([chainCollector(5), accountCollector(asked)], contextOf())
    expect(asked).toEqual([])
    expect(results.chain?.status).toBe('ok')
    expect(errorOf(results.account)).toMatchObject({
      code: 'wrong-chain',
      data: { expected: { value: 5 }, actual: { value: 1 } },
    })
  })

  test('the same chain is', async () => {
    const asked: string[] = []
    await collect([chainCollector(1), accountCollector(asked)], contextOf())
    expect(asked).toEqual(['account'])
  })
})

test('once stopped, what was not begun is not begun', async () => {
  const controller = new AbortController()
  const stopping = defineCollector({
    key: 'chain',
    needs: [],
    fetch: async () => controller.abort(),
    decode: () => chain(),
  })
  const results = await collect([stopping, accountCollector()], contextOf({ signal: controller.signal }))
  expect(results.chain?.status).toBe('ok')
  expect(errorOf(results.account).code).toBe('stopped')
})

function never(): never {
  throw new Error('decoded without its facts')
}
