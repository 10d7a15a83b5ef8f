import type { Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { RpcClient } from '../../src/core/rpc.ts'
import {
  HttpStatusError,
  RateLimitedError,
  RequestBudgetError,
  RequestStoppedError,
  RpcTimeoutError,
} from '../../src/rpc/errors.ts'
import { tryCalls } from '../../src/rpc/try-calls.ts'
import { at, hashOf, owner } from '../../src/testing.ts'
import { fakeRpc, refused } from '../support/fake-rpc.ts'

const host = 'rpc.example'
const place = { host, method: 'eth_simulateV1' }
const tries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    call: { to: at(index + 1), data: '0x01' as const },
    check: { to: at(index + 1), data: '0x02' as const },
  }))
type Sent = { readonly to: Hex; readonly from: Hex; readonly data: Hex; readonly gas?: Hex }
type Params = { readonly blockStateCalls: readonly [{ readonly calls: readonly Sent[] }]; readonly validation: boolean }

const good = { status: '0x1', returnData: hashOf(1), gasUsed: '0x7530', logs: [] }
const gone = { status: '0x1', returnData: hashOf(0), gasUsed: '0x5208', logs: [] }
const bad = { status: '0x0', returnData: '0xd93c0665', gasUsed: '0x5208', error: { code: 3, message: 'reverted' } }
const simulating = (run: (call: Sent) => unknown) => (params: Params) => [
  { number: '0x1', calls: params.blockStateCalls[0].calls.map(run) },
]
const usual = simulating(({ data }) => (data === '0x01' ? good : gone))
const ask = (rpc: RpcClient, count: number) => tryCalls(rpc, tries(count), { from: owner, block: 255n })
const methods = ({ asked }: ReturnType<typeof fakeRpc>) => asked.map(({ method }) => method)
const ended = { status: 'succeeded', data: hashOf(1), gasUsed: 30_000n, after: { status: 'ok', data: hashOf(0) } }
const alone = { status: 'succeeded', data: hashOf(1), gasUsed: null, after: null }

describe('a node that simulates', () => {
  test('runs each call as the account, at the block, and its check behind it', async () => {
    const rpc = fakeRpc({ eth_simulateV1: usual })
    expect(await ask(rpc, 2)).toEqual([ended, ended])
    expect(rpc.asked).toEqual([
      {
        method: 'eth_simulateV1',
        params: [
          {
            blockStateCalls: [
              {
                calls: [1, 2].flatMap((index) => [
                  { from: owner, to: at(index), data: '0x01', gas: '0xf4240' },
                  { from: owner, to: at(index), data: '0x02', gas: '0x61a80' },
                ]),
              },
            ],
            validation: false,
          },
          '0xff',
        ],
      },
    ])
  })

  test('nothing to try asks nothing', async () => {
    const rpc = fakeRpc({})
    expect(await ask(rpc, 0)).toEqual([])
    expect(rpc.asked).toEqual([])
  })

  test.each([
    [20, 1],
    [21, 2],
    [200, 10],
  ])('%d calls are %d requests', async (count, requests) => {
    const rpc = fakeRpc({ eth_simulateV1: usual })
    expect(await ask(rpc, count)).toHaveLength(count)
    expect(rpc.asked).toHaveLength(requests)
  })

  test('a call that fails in company is run again alone, with more gas', async () => {
    const rpc = fakeRpc({
      eth_simulateV1: simulating(({ to, data, gas }) =>
        to === at(2) && data === '0x01' && Number(gas) < 16_000_000 ? bad : good,
      ),
    })
    const results = await ask(rpc, 3)
    expect(results.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(rpc.asked).toHaveLength(2)
  })

  test.each([
    ['in its answer', bad, '0xd93c0665'],
    [
      'in its error only',
      { ...bad, returnData: '0x', error: { code: 3, message: 'x', data: '0xD93C0665' } },
      '0xd93c0665',
    ],
    ['nowhere', { ...bad, returnData: '0x', error: { code: 3, message: 'x' } }, '0x'],
    ['nowhere that can be read', { ...bad, returnData: '0x', error: { data: 'sorry' } }, '0x'],
  ])('what a failed call returned stands %s', async (_, run, data) => {
    const rpc = fakeRpc({ eth_simulateV1: simulating(() => run) })
    expect(await ask(rpc, 1)).toEqual([{ status: 'reverted', data, gasUsed: 21_000n }])
  })

  test('a check that fails says nothing about the call', async () => {
    const rpc = fakeRpc({ eth_simulateV1: simulating(({ data }) => (data === '0x01' ? good : bad)) })
    expect(await ask(rpc, 1)).toMatchObject([{ status: 'succeeded', after: { status: 'reverted' } }])
  })
})

describe('a node that does not simulate runs each call by itself', () => {
  const answers = { eth_call: hashOf(1) }

  test.each([
    ['does not have the method', undefined],
    ['keeps it for other plans', refused('eth_simulateV1')],
    ['answers HTTP 403', new HttpStatusError(place, 403)],
    ['refuses it for its rate', new RateLimitedError(place)],
    ['does not answer in time', new RpcTimeoutError(place, 1000)],
    ['answers null', null],
    ['answers no block', []],
    ['answers a block without calls', [{}]],
    ['answers fewer runs than it was asked for', [{ calls: [good] }]],
    ['answers a run without a status', [{ calls: [{ ...good, status: undefined }, gone] }]],
    ['answers bytes that are none', [{ calls: [{ ...good, returnData: 'x' }, gone] }]],
  ])('it %s', async (_, answer) => {
    const rpc = fakeRpc(answer === undefined ? answers : { ...answers, eth_simulateV1: answer })
    expect(await ask(rpc, 1)).toEqual([alone])
    expect(methods(rpc)).toEqual(['eth_simulateV1', 'eth_call', 'eth_call'])
    expect(rpc.asked[1]?.params).toMatchObject([{ from: owner, to: owner }, '0xff', { [owner]: {} }])
    expect(rpc.asked[2]?.params).toEqual([{ from: owner, to: at(1), data: '0x01' }, '0xff'])
  })

  test('it is not asked again once it showed that', async () => {
    const rpc = fakeRpc({ ...answers, eth_simulateV1: new HttpStatusError(place, 403) })
    await ask(rpc, 21)
    expect(methods(rpc).filter((method) => method === 'eth_simulateV1')).toHaveLength(2)
  })

  test('in place of the account, a program makes the call and the check, where the node runs one', async () => {
    const tried = `0x${'7472696564'.padStart(64, '0')}${hashOf(1).slice(2)}${hashOf(0).slice(2)}`
    const rpc = fakeRpc({ eth_call: tried })
    expect(await ask(rpc, 1)).toEqual([{ ...alone, data: '0x', after: { status: 'ok', data: hashOf(0) } }])
    expect(methods(rpc)).toEqual(['eth_simulateV1', 'eth_call'])
  })

  test('a call of the account to itself needs the code that it has', async () => {
    const rpc = fakeRpc(answers)
    const own = { call: { to: owner, data: '0x01' }, check: { to: owner, data: '0x02' } } as const
    expect(await tryCalls(rpc, [own], { from: owner, block: 255n })).toEqual([alone])
    expect(rpc.asked[1]?.params).toEqual([{ from: owner, to: owner, data: '0x01' }, '0xff'])
  })

  test('a revert keeps its data, and an answer that fails its reason', async () => {
    const reverted = refused('eth_call', 'execution reverted', '0xd93c0665')
    expect(await ask(fakeRpc({ eth_call: reverted }), 1)).toEqual([
      { status: 'reverted', data: '0xd93c0665', gasUsed: null },
    ])
    const limited = await ask(fakeRpc({ eth_call: new RateLimitedError(place) }), 1)
    expect(limited).toMatchObject([{ status: 'failed', error: { code: 'rate-limited' } }])
  })

  test.each([
    ['stopped', new RequestStoppedError(place), 1],
    ['request-budget-used', new RequestBudgetError(place, 5), 2],
  ])('a run that ends (%s) is the reason for all of them', async (code, error, count) => {
    const results = await ask(fakeRpc({ eth_simulateV1: error, eth_call: error }), count)
    expect(results).toMatchObject(Array.from({ length: count }, () => ({ status: 'failed', error: { code } })))
  })
})
