/** A node that fails in one of the usual ways: the command says so, and never that nothing was found. */
import type { Hex } from 'viem'
import { toHex } from 'viem/utils'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Demo, startDemo } from '../../fixtures/chains/demo.ts'
import { type DemoLists, writeDemoLists } from '../../fixtures/chains/demo-lists.ts'
import { cli } from '../support/cli.ts'
import { findings, inShort, statuses } from './support/demo-check.ts'
import { type Behave, type Behaviour, type NodeProxy, pass, startNodeProxy } from './support/node-proxy.ts'
import { reportOf } from './support/report-of.ts'

let demo: Demo
let lists: DemoLists
let proxy: NodeProxy | undefined
beforeAll(async () => {
  demo = await startDemo()
  lists = await writeDemoLists(demo)
}, 60_000)
beforeEach(() => demo.refresh())
afterEach(() => proxy?.stop())
afterAll(async () => {
  await lists?.remove()
  await demo?.node.stop()
})

/** The full check of the account that has nothing wrong, through a node that behaves so. */
async function checkWell(behave: Behave, chain = '31337') {
  proxy = await startNodeProxy(demo.node.url, behave)
  const where = ['--rpc-url', proxy.url, '--chain', chain, '--timeout', '1']
  const given = ['--shown-tokens', lists.shownTokens, '--threat-list', lists.threatList]
  return cli(['check', demo.well, ...where, ...given, '-o', 'json'])
}

const refuse = (methods: readonly string[], message: string, code = -32000): Behave => {
  return (method) => (methods.includes(method) ? { kind: 'refuse', code, message } : pass)
}

test('through a proxy that only passes on, the account has no findings: the tests below can fail', async () => {
  const run = await checkWell(() => pass)
  expect(run.exitCode).toBe(0)
  expect(reportOf(run).result.targets[0]?.verdict).toBe('no-findings')
}, 60_000)

describe('a node that answers in part', () => {
  test('without eth_getLogs, no rule about approvals passes', async () => {
    const run = await checkWell(refuse(['eth_getLogs'], 'eth_getLogs is not available on this plan'))
    const report = reportOf(run)
    expect(run.exitCode).toBe(3)
    expect(report.result.targets[0]?.verdict).toBe('inconclusive')
    expect(report.result.summary.complete).toBe(false)
    expect(statuses(report)).toMatchObject({
      'drainer-approval': 'inconclusive',
      'approval-to-account': 'inconclusive',
      'unlimited-allowance': 'inconclusive',
      'operator-approval': 'inconclusive',
      'permit2-grant': 'inconclusive',
      'malicious-delegate': 'passed',
      'stale-head': 'passed',
    })
  }, 60_000)

  test('with logs for half of the chain only, the blocks that are missing are named', async () => {
    const run = await checkWell((method, [filter]) => {
      const { fromBlock } = (filter ?? {}) as { fromBlock?: string }
      const isOld = method === 'eth_getLogs' && Number(fromBlock) < 100
      return isOld ? { kind: 'refuse', code: -32000, message: 'block range is pruned' } : pass
    })
    const report = reportOf(run)
    expect(run.exitCode).toBe(3)
    expect(report.result.targets[0]?.verdict).toBe('inconclusive')
    const [coverage] = report.result.targets[0]?.coverage.filter(({ gaps }) => gaps.length > 0) ?? []
    expect(coverage?.gaps[0]?.fromBlock).toBe('0')
    expect(Number(coverage?.gaps.at(-1)?.toBlock)).toBeGreaterThanOrEqual(99)
  }, 60_000)

  test('without a shared mempool, nothing is said about stuck transactions', async () => {
    const hidden = ['txpool_content', 'txpool_contentFrom', 'txpool_inspect', 'eth_getTransactionBySenderAndNonce']
    const run = await checkWell(refuse(hidden, 'the method does not exist/is not available', -32601))
    expect(run.exitCode).toBe(3)
    expect(statuses(reportOf(run))).toMatchObject({
      'stuck-transaction': 'inconclusive',
      'nonce-gap': 'inconclusive',
      'unaffordable-queue': 'inconclusive',
      'drainer-approval': 'passed',
    })
  }, 60_000)

  test('with its state pruned, nothing that is read from state passes', async () => {
    const state = ['eth_call', 'eth_getBalance', 'eth_getCode', 'eth_getTransactionCount', 'eth_getStorageAt']
    const run = await checkWell(refuse(state, 'missing trie node 5a7c (path ) state 0x5a7c is not available'))
    const report = reportOf(run)
    expect(run.exitCode).toBe(3)
    expect(report.result.targets[0]?.verdict).toBe('inconclusive')
    const passed = Object.entries(statuses(report)).filter(([, status]) => status === 'passed')
    // No event named an approval, so there was no state to ask for behind one.
    const withoutState = ['stale-head', 'unsolicited-approval', 'wrong-chain-endpoint']
    expect(passed.map(([ruleId]) => ruleId).sort()).toEqual(withoutState)
    expect(JSON.stringify(report)).toContain('state-unavailable')
  }, 60_000)

  test('on another chain than the one asked for, that is the one finding', async () => {
    const run = await checkWell((method) => (method === 'eth_chainId' ? { kind: 'answer', result: '0x1' } : pass))
    const report = reportOf(run)
    expect(run.exitCode).toBe(1)
    expect(report.result.targets[0]?.verdict).toBe('critical')
    const { 'wrong-chain-endpoint': wrongChain, ...others } = statuses(report)
    expect(wrongChain).toBe('found')
    expect(new Set(Object.values(others))).toEqual(new Set(['inconclusive']))
  }, 60_000)
})

describe('a node that stands still: its age is the finding', () => {
  const publicChain = 424_242

  test.each([
    ['on a development chain, which may stand still', 31337, 'low', 0],
    ['on any other', publicChain, 'high', 1],
  ])(
    '%s',
    async (_, chainId, severity, exitCode) => {
      const head = await oldHead()
      const run = await checkWell((method, [block]) => {
        if (method === 'eth_getBlockByNumber' && block === 'latest') return { kind: 'answer', result: head }
        if (chainId !== publicChain) return pass
        if (method === 'eth_chainId') return { kind: 'answer', result: toHex(publicChain) }
        return method === 'web3_clientVersion' ? { kind: 'answer', result: 'Geth/v1.17.6' } : pass
      }, String(chainId))
      expect(findings(reportOf(run), 'stale-head')).toMatchObject([{ severity }])
      expect(run.exitCode).toBe(exitCode)
    },
    60_000,
  )
})

/** Blocks are 12 seconds apart: five minutes. */
async function oldHead(): Promise<unknown> {
  const { number } = (await demo.node.send('eth_getBlockByNumber', ['latest', false])) as { number: Hex }
  return demo.node.send('eth_getBlockByNumber', [toHex(Number(number) - 25), false])
}

describe('a node that answers nothing of use', () => {
  test.each<[string, Behave, string]>([
    ['429 for ever', () => ({ kind: 'http', status: 429, body: 'Too Many Requests' }), 'rate-limited'],
    ['a closed connection', () => ({ kind: 'close' }), 'connection-failed'],
    ['silence', () => ({ kind: 'hang' }), 'rpc-timeout'],
    ['a web page', () => ({ kind: 'http', status: 200, body: '<!doctype html><h1>Hello</h1>' }), 'invalid-reply'],
    ['a wrong password', () => ({ kind: 'http', status: 401, body: 'denied' }), 'http-status'],
    ['results of no meaning', () => ({ kind: 'answer', result: 'moon' }), 'malformed-reply'],
    ['null for everything', () => ({ kind: 'answer', result: null }), 'malformed-reply'],
    ['an error for everything', () => ({ kind: 'refuse', code: -32603, message: 'Internal error' }), 'rpc-refused'],
  ])(
    '%s: every rule is inconclusive, with the reason',
    async (_, behave, code) => {
      const run = await checkWell(behave)
      const report = reportOf(run)
      expect(run.exitCode).toBe(3)
      expect(report.result.targets[0]?.verdict).toBe('inconclusive')
      expect(new Set(Object.values(statuses(report)))).toEqual(new Set(['inconclusive']))
      expect(JSON.stringify(report.result)).toContain(`"code":"${code}"`)
    },
    120_000,
  )
})

describe('a node that asks to wait', () => {
  const askingToWait = (seconds: number): Behaviour => {
    return { kind: 'http', status: 429, headers: { 'retry-after': String(seconds) }, body: 'slow down' }
  }
  /** Everything that a check of the sick account finds, through these endpoints. */
  async function checkSick(...urls: readonly string[]) {
    const where = [...urls.flatMap((url) => ['--rpc-url', url]), '--chain', '31337', '--timeout', '5']
    const given = ['--shown-tokens', lists.shownTokens, '--threat-list', lists.threatList]
    const started = performance.now()
    const run = await cli(['check', demo.sick, ...where, ...given, '-o', 'json'])
    const report = reportOf(run)
    const found = findings(report).map(inShort).sort()
    return { run, report, found, seconds: (performance.now() - started) / 1000 }
  }

  test.each([1, 12, 40])(
    'for an hour from request %i on: another endpoint goes on within seconds, and nothing is lost',
    async (first) => {
      const plain = await checkSick(demo.node.url)
      let count = 0
      proxy = await startNodeProxy(demo.node.url, () => (++count < first ? pass : askingToWait(3600)))
      const { run, report, found, seconds } = await checkSick(proxy.url, demo.node.url)
      expect(found.length).toBeGreaterThan(10)
      expect(found).toEqual(plain.found)
      expect(statuses(report)).toEqual(statuses(plain.report))
      // Far less than any of the pauses that would be made one after the other.
      expect(seconds).toBeLessThan(plain.seconds + 20)
      expect(run.stderr).toContain(`${new URL(proxy.url).host} failed, so ${new URL(demo.node.url).host} is asked`)
      expect(report.run.endpoints[0]?.failure).toMatchObject({
        code: 'wait-too-long',
        data: { wait: { type: 'seconds', value: expect.toSatisfy((wait: number) => wait > 3590 && wait <= 3600) } },
      })
    },
    90_000,
  )

  test('for two seconds is waited for, and nobody takes its place', async () => {
    let isAsked = false
    proxy = await startNodeProxy(demo.node.url, (method) => {
      if (method !== 'eth_getLogs' || isAsked) return pass
      isAsked = true
      return askingToWait(2)
    })
    const { run, report, found } = await checkSick(proxy.url, demo.node.url)
    expect(isAsked).toBe(true)
    expect(found.length).toBeGreaterThan(10)
    expect(run.stderr).not.toContain('failed')
    expect(report.run.endpoints[0]?.host).toBe(new URL(proxy.url).host)
    expect(report.run.endpoints[0]).not.toHaveProperty('failure')
  }, 60_000)

  test('for an hour, and is the only one: it is said at once, and nothing passes', async () => {
    const { run, seconds } = await checkWellWithin(() => askingToWait(3600))
    expect(run.exitCode).toBe(3)
    expect(seconds).toBeLessThan(20)
    expect(new Set(Object.values(statuses(reportOf(run))))).toEqual(new Set(['inconclusive']))
    expect(JSON.stringify(reportOf(run))).toContain('It asks to wait 3600 s, so it was not asked again.')
  }, 60_000)

  async function checkWellWithin(behave: Behave) {
    const started = performance.now()
    const run = await checkWell(behave)
    return { run, seconds: (performance.now() - started) / 1000 }
  }
})
