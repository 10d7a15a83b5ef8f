import { describe, expect, test } from 'vitest'
import { defineCollector, type Progress } from '../../src/core/collector.ts'
import { factKeys } from '../../src/core/fact-keys.ts'
import { reportSchema } from '../../src/core/report.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import type { Rule } from '../../src/core/rule.ts'
import { type GatherRun, gatherFacts } from '../../src/engine/checkup.ts'
import type { AnyCollector } from '../../src/engine/collect.ts'
import { judgeFacts } from '../../src/engine/judgement.ts'
import { account, chain, logs, missing, owner } from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'
import { draftOf, ruleOf } from '../support/rules.ts'

const judging = { locale: 'en', failOn: 'high', allowIncomplete: false, ruleOptions: {} } as const

function runOf(over: Partial<GatherRun> = {}): GatherRun {
  let requests = 0
  const rpc: RpcClient = {
    host: 'rpc.example',
    endpointId: 'fa4e',
    requestCount: () => requests,
    request: async (method) => {
      requests += 1
      return method
    },
  }
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
    label: 'savings',
    signal: new AbortController().signal,
    now: () => Date.UTC(2026, 10, 23, 8),
    onProgress: () => {},
    ...over,
  }
}

const collectors: readonly AnyCollector[] = [
  defineCollector({
    key: 'chain',
    needs: [],
    fetch: ({ rpc }) => rpc.request('eth_chainId', []),
    decode: () => chain(),
  }),
  defineCollector({
    key: 'account',
    needs: ['chain'],
    fetch: ({ rpc }) => rpc.request('eth_getBalance', []),
    decode: () => account(),
  }),
  defineCollector({
    key: 'logs',
    needs: ['chain'],
    fetch: async ({ rpc, report }) => {
      report({ phase: 'logs', blocks: { read: 1n, total: 2n } })
      return rpc.request('eth_getLogs', [])
    },
    decode: () => logs(),
  }),
]
const gather = (rules: readonly Rule[], over: Partial<GatherRun> = {}) =>
  gatherFacts({ collectors, rules }, runOf(over))

describe('gathering', () => {
  test('reads what the rules need, and says of the rest that it was not read', async () => {
    const { facts } = await gather([ruleOf('one', { needs: ['account'] })])
    expect(facts.account).toEqual({ status: 'ok', value: account() })
    expect(facts.logs).toMatchObject({ status: 'failed', error: { code: 'not-asked' } })
    expect(Object.keys(facts)).toEqual(factKeys)
  })

  test('keeps who was asked, how often and when', async () => {
    let clock = Date.UTC(2026, 10, 23, 8)
    const collection = await gather([ruleOf('one')], {
      now: () => {
        clock += 250
        return clock
      },
    })
    expect(collection).toMatchObject({
      account: owner,
      label: 'savings',
      endpoint: { host: 'rpc.example', requests: 2 },
      startedAt: '2026-11-23T08:00:00.250Z',
      durationSeconds: 0.25,
      interrupted: false,
    })
  })

  test('a clock that is set back makes no negative duration', async () => {
    let clock = Date.UTC(2026, 10, 23, 8)
    const backwards = () => {
      clock -= 1000
      return clock
    }
    expect((await gather([ruleOf('one')], { now: backwards })).durationSeconds).toBe(0)
  })

  test('tells progress with the requests so far', async () => {
    const seen: Progress[] = []
    await gather([ruleOf('one', { needs: ['logs'] })], { onProgress: (progress) => seen.push(progress) })
    expect(seen).toEqual([
      { phase: 'chain', requests: 0 },
      { phase: 'logs', requests: 1 },
      { phase: 'logs', requests: 1, blocks: { read: 1n, total: 2n } },
    ])
  })
})

describe('a run that is stopped', () => {
  const rules = [ruleOf('one', { needs: ['account'] }), ruleOf('two', { needs: ['chain'] })]

  test('keeps what was read and reports it, though the client does not know the signal', async () => {
    const controller = new AbortController()
    const rpc: RpcClient = {
      host: 'rpc.example',
      endpointId: 'fa4e',
      requestCount: () => 2,
      request: (method) => {
        if (method === 'eth_chainId') return Promise.resolve(method)
        setTimeout(() => controller.abort())
        return new Promise(() => {})
      },
    }
    const collection = await gather(rules, { rpc, signal: controller.signal })
    expect(collection.interrupted).toBe(true)
    expect(collection.facts.account).toMatchObject({ status: 'failed', error: { code: 'stopped' } })
    const report = judgeFacts(rules, collection, judging)
    expect(report.run.interrupted).toBe(true)
    expect(report.result.summary).toMatchObject({ complete: false, exitCode: 3 })
    expect(report.result.targets[0]?.outcomes.map(({ status }) => status)).toEqual(['inconclusive', 'passed'])
  })

  test('before it begins asks nothing', async () => {
    const collection = await gather(rules, { signal: AbortSignal.abort() })
    expect(collection.endpoint.requests).toBe(0)
    expect(collection.interrupted).toBe(true)
  })

  test('after the last answer is not interrupted', async () => {
    const controller = new AbortController()
    const last = defineCollector({
      key: 'account',
      needs: ['chain'],
      fetch: async () => controller.abort(),
      decode: () => account(),
    })
    const run = runOf({ signal: controller.signal })
    const [first = last] = collectors
    expect((await gatherFacts({ collectors: [first, last], rules }, run)).interrupted).toBe(false)
  })
})

describe('judging', () => {
  test('uses the selected rules, their options and the policy', () => {
    const rules = [ruleOf('one-thing'), ruleOf('other-thing')]
    const report = judgeFacts(rules, collectionOf(), {
      ...judging,
      locale: 'ja',
      onlyRules: ['other-thing'],
      failOn: 'critical',
      ruleOptions: { 'other-thing': { findings: 2 } },
    })
    expect(reportSchema.parse(report).result.summary).toMatchObject({
      exitCode: 0,
      findings: { high: 2 },
      outcomes: { passed: 0, found: 1 },
    })
    expect(report.run.locale).toBe('ja')
  })

  test('refuses bad options before it judges', () => {
    const options = { ...judging, ruleOptions: { 'one-thing': { findings: -1 } } }
    expect(() => judgeFacts([ruleOf('one-thing')], collectionOf(), options)).toThrow(
      expect.objectContaining({ code: 'invalid-rule-options' }),
    )
  })

  test('facts that were not read for this rule leave it inconclusive', () => {
    const collection = collectionOf({ account: account({ missing: [missing('fees')] }) })
    expect(judgeFacts([ruleOf('one-thing')], collection, judging).result.summary.exitCode).toBe(3)
  })

  test('a finding that cannot be said is a crash of its rule alone', () => {
    const mute = ruleOf('mute-thing', { judge: () => [{ ...draftOf(0), data: {} }] })
    const report = judgeFacts([mute, ruleOf('other-thing')], collectionOf(), judging)
    expect(report.result.targets[0]?.outcomes).toMatchObject([
      { ruleId: 'mute-thing', status: 'inconclusive', because: { kind: 'rule-crashed' } },
      { ruleId: 'other-thing', status: 'passed' },
    ])
    expect(report.result.summary.exitCode).toBe(3)
  })
})
