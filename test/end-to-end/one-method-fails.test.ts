/**
 * Each read that a check-up makes fails in turn, in each way. Whatever the node withholds, no finding may silently disappear,
 * none may be made up, and a check-up that did not see everything must not end as if it had.
 */
import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Demo, startDemo } from '../../fixtures/chains/demo.ts'
import type { Report } from '../../src/core/report.ts'
import { checkup } from '../../src/index.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { findings, outcomes, subjectWords } from './support/demo-check.ts'
import { type Behaviour, type NodeProxy, pass, startNodeProxy } from './support/node-proxy.ts'

let demo: Demo
let proxy: NodeProxy
let broken: { readonly method: string; readonly behaviour: Behaviour } | null = null
let asked: readonly string[] = []
const whole = new Map<Address, Report>()

/** Reads whose failure another read makes good, or that no rule rests on. Everything else must show. */
const optional = [
  'eth_syncing', // many endpoints refuse it; the head's age says enough
  'web3_clientVersion',
  'eth_blockNumber', // one look more at machines that lag; the pinned block itself is asked for as well
  'eth_gasPrice', // for chains without a base fee
  'txpool_contentFrom', // anvil does not have it; txpool_content answers
  'ots_searchTransactionsBefore', // the account's own transactions have other sources
  'eth_getTransactionBySenderAndNonce',
  'eth_simulateV1', // says what became of a remedy; eth_call says it too, and no finding rests on it
  'eth_getTransactionByHash', // who sent approvals, of which the account without findings has none; and the second reading
]

beforeAll(async () => {
  demo = await startDemo()
  proxy = await startNodeProxy(demo.node.url, (method) => (broken?.method === method ? broken.behaviour : pass))
  for (const account of [demo.sick, demo.well]) whole.set(account, await check(account))
  asked = proxy.asked()
}, 60_000)
afterAll(async () => {
  await proxy?.stop()
  await demo?.node.stop()
})

const listed = () => [demo.actors.harbor, demo.actors.dollar, demo.actors.maker]

async function check(account: Address): Promise<Report> {
  await demo.refresh()
  return checkup({
    address: account,
    rpc: createRpcClient({ url: proxy.url, maximumAttempts: 2, backoffMs: 1 }),
    chainId: demo.chainId,
    shownTokens: listed(),
    threatLists: [
      { name: 'demo', date: '2026-11-01', entries: [{ chainId: demo.chainId, address: demo.actors.drainer }] },
    ],
  })
}

test('with every read answered, one account has findings and the other has none', () => {
  expect(whole.get(demo.sick)?.result.summary).toMatchObject({ complete: true, exitCode: 1 })
  expect(whole.get(demo.well)?.result.summary).toMatchObject({ complete: true, exitCode: 0 })
  expect(asked.length).toBeGreaterThan(10)
})

/** A lie that nobody can see through with one endpoint: a chain without a log is a possible chain. */
const isBelievable = (method: string, behaviour: Behaviour) =>
  method === 'eth_getLogs' && behaviour.kind === 'answer' && Array.isArray(behaviour.result)

/** A pool that is refused is asked for in summary, which says all of an empty one. One that fails to answer is not. */
const isMadeGood = (method: string, behaviour: Behaviour) => method === 'txpool_content' && behaviour.kind === 'refuse'

const ways: readonly (readonly [string, Behaviour])[] = [
  ['is refused', { kind: 'refuse', code: -32000, message: 'request denied by policy' }],
  ['is not offered', { kind: 'refuse', code: -32601, message: 'the method does not exist/is not available' }],
  ['is pruned', { kind: 'refuse', code: -32000, message: 'missing trie node 5a7c (path ) <nil>' }],
  ['is answered with null', { kind: 'answer', result: null }],
  ['is answered with a word', { kind: 'answer', result: 'moon' }],
  ['is answered with an empty list', { kind: 'answer', result: [] }],
  ['ends in HTTP 503', { kind: 'http', status: 503, body: 'busy' }],
]

describe.each(ways)('a read that %s', (_, behaviour) => {
  test('never makes the account without findings look checked when it was not', async () => {
    for (const method of asked.filter((name) => !isBelievable(name, behaviour))) {
      const report = await checkWith(method, behaviour, demo.well)
      expect([method, findings(report).map(({ ruleId }) => ruleId)]).toEqual([method, []])
      if (optional.includes(method) || isMadeGood(method, behaviour)) continue
      expect([method, report.result.summary.exitCode]).toEqual([method, 3])
      expect([method, report.result.targets[0]?.verdict]).toEqual([method, 'inconclusive'])
    }
  }, 120_000)

  test('never loses a finding of the other account in silence, and never makes one up', async () => {
    const known = identities(reportOf(demo.sick))
    for (const method of asked.filter((name) => !isBelievable(name, behaviour))) {
      const report = await checkWith(method, behaviour, demo.sick)
      const found = identities(report)
      expect([method, found.filter((identity) => !known.includes(identity))]).toEqual([method, []])
      const lost = known.filter((identity) => !found.includes(identity))
      const unknown = outcomes(report).flatMap((outcome) =>
        'because' in outcome && outcome.because ? outcome.ruleId : [],
      )
      const silent = lost.filter((identity) => !unknown.includes(identity.split(' ')[0] ?? ''))
      expect([method, silent]).toEqual([method, []])
      expect([method, report.result.summary.exitCode]).not.toEqual([method, 0])
    }
  }, 120_000)
})

async function checkWith(method: string, behaviour: Behaviour, account: Address): Promise<Report> {
  broken = { method, behaviour }
  try {
    return await check(account)
  } finally {
    broken = null
  }
}

function reportOf(account: Address): Report {
  const report = whole.get(account)
  if (report === undefined) throw new Error('this account was not checked')
  return report
}

function identities(report: Report): readonly string[] {
  return findings(report).map(({ ruleId, subject }) => `${ruleId} ${subjectWords(subject)}`)
}
