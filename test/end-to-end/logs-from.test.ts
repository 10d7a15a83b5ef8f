/** A node that refuses eth_getLogs, and somebody else who lists them: approvals are found there and verified at the node. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Demo, startDemo } from '../../fixtures/chains/demo.ts'
import { type DemoLists, writeDemoLists } from '../../fixtures/chains/demo-lists.ts'
import { checkup, createLogSource } from '../../src/index.ts'
import type { HttpServer } from '../log-sources/http-server.ts'
import { startHttpServer } from '../log-sources/http-server.ts'
import { cli } from '../support/cli.ts'
import { startChainExplorer } from './support/chain-explorer.ts'
import { findings, inShort, statuses } from './support/demo-check.ts'
import { type Behave, type NodeProxy, pass, startNodeProxy } from './support/node-proxy.ts'
import { reportOf } from './support/report-of.ts'

let demo: Demo
let lists: DemoLists
let proxy: NodeProxy | undefined
let explorer: HttpServer | undefined
beforeAll(async () => {
  demo = await startDemo()
  lists = await writeDemoLists(demo)
}, 60_000)
beforeEach(() => demo.refresh())
afterEach(async () => {
  await Promise.all([proxy?.stop(), explorer?.close()])
  proxy = undefined
  explorer = undefined
})
afterAll(async () => {
  await lists?.remove()
  await demo?.node.stop()
})

const withoutLogs: Behave = (method) =>
  method === 'eth_getLogs' ? { kind: 'refuse', code: -32601, message: 'eth_getLogs is not available' } : pass
const secret = 'explorer-key-of-the-test'

async function check(account: string, url: string, more: readonly string[] = []) {
  const where = ['--rpc-url', url, '--chain', '31337', '--timeout', '5', '-o', 'json']
  const given = [
    '--shown-tokens',
    lists.shownTokens,
    '--token-list',
    lists.tokenList,
    '--threat-list',
    lists.threatList,
  ]
  return cli(['check', account, ...where, ...given, ...more], { env: { WALLET_CHECKUP_LOGS_KEY: secret } })
}

/** Those that have something to go by on a development chain: no list of incidents covers it. */
const approvalRules = [
  'drainer-approval',
  'approval-to-account',
  'unlimited-allowance',
  'operator-approval',
  'permit2-grant',
]

describe('with a block explorer for the logs', () => {
  test('the sick account has the findings that its own node would lead to', async () => {
    const plain = reportOf(await check(demo.sick, demo.node.url))
    proxy = await startNodeProxy(demo.node.url, withoutLogs)
    explorer = await startChainExplorer(demo.node)
    const run = await check(demo.sick, proxy.url, ['--logs-from', `blockscout:${explorer.url}`])
    const report = reportOf(run)
    const found = (ofWhom: typeof report) => approvalRules.flatMap((rule) => findings(ofWhom, rule).map(inShort)).sort()
    expect(found(report).length).toBeGreaterThan(5)
    expect(found(report)).toEqual(found(plain))
    expect(statuses(report)).toEqual(statuses(plain))
  }, 120_000)

  test('the report and stderr name it, and nothing shows or keeps the key', async () => {
    proxy = await startNodeProxy(demo.node.url, withoutLogs)
    explorer = await startChainExplorer(demo.node)
    const folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
    const kept = ['--save-facts', join(folder, 'facts.json'), '--cache-dir', join(folder, 'cache')]
    const run = await check(demo.well, proxy.url, ['--logs-from', `blockscout:${explorer.url}`, ...kept])
    const report = reportOf(run)
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toContain(`Logs are searched at ${explorer.host}.`)
    expect(report.run.endpoints[1]).toEqual({ host: explorer.host, requests: explorer.asked.length, role: 'logs' })
    expect(report.result.targets[0]?.coverage).toMatchObject([{ fact: 'logs', gaps: [], source: explorer.host }])
    expect(proxy.asked()).not.toContain('eth_getLogs')
    expect(proxy.asked()).toContain('eth_call')
    expect(explorer.asked.every(({ query }) => query.apikey === secret)).toBe(true)
    expect(`${run.stdout}${run.stderr}`).not.toContain(secret)
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    expect(files.map(({ name }) => name)).toContain('facts.json')
    expect(files.length).toBeGreaterThan(1)
    for (const { parentPath, name } of files) {
      expect((await readFile(join(parentPath, name))).includes(secret), name).toBe(false)
    }
    await rm(folder, { recursive: true })
  }, 60_000)

  test('an approval that it lists and the node denies is no finding', async () => {
    const real = await startChainExplorer(demo.node)
    explorer = await startHttpServer(async (asked) => {
      const { topic0, topic1, toBlock = '0' } = asked.query
      const answer = await fetch(`${real.url}${asked.path}?${new URLSearchParams(asked.query)}`)
      const body = (await answer.json()) as { result?: readonly object[] }
      const isApproval = topic0?.startsWith('0x8c5be1e5') === true && topic1 !== undefined
      if (!isApproval) return { status: answer.status, body }
      const invented = {
        address: demo.actors.dollar,
        topics: [topic0, topic1, `0x${'bad'.padStart(64, '0')}`, null],
        data: `0x${'f'.repeat(64)}`,
        blockNumber: `0x${Number(toBlock).toString(16)}`,
        logIndex: '0xffff',
        transactionHash: `0x${'ab'.repeat(32)}`,
      }
      return { body: { message: 'OK', status: '1', result: [...(body.result ?? []), invented] } }
    })
    proxy = await startNodeProxy(demo.node.url, withoutLogs)
    const run = await check(demo.well, proxy.url, ['--logs-from', `blockscout:${explorer.url}`])
    await real.close()
    const report = reportOf(run)
    for (const rule of approvalRules) expect(statuses(report)).toMatchObject({ [rule]: 'passed' })
    expect(findings(report)).toEqual([])
  }, 60_000)

  test('the newest blocks that it lacks are asked of the node, and are missing when that refuses', async () => {
    explorer = await startChainExplorer(demo.node, 3)
    proxy = await startNodeProxy(demo.node.url, withoutLogs)
    const refused = await check(demo.well, proxy.url, ['--logs-from', `blockscout:${explorer.url}`])
    expect(refused.exitCode).toBe(3)
    expect(JSON.stringify(reportOf(refused))).toContain('"code":"log-source-behind"')
    expect(reportOf(refused).result.targets[0]?.coverage[0]?.gaps).toHaveLength(1)
    await demo.refresh()
    const answered = await check(demo.well, demo.node.url, ['--logs-from', `blockscout:${explorer.url}`])
    expect(answered.exitCode).toBe(0)
    expect(reportOf(answered).result.targets[0]?.coverage[0]?.gaps).toEqual([])
  }, 120_000)

  test('one of another chain is told no address, and no rule about approvals passes', async () => {
    const other = `0x${'11'.repeat(32)}`
    explorer = await startHttpServer(({ path }) =>
      path.includes('/blocks/') ? { body: { hash: other } } : { body: { finished_indexing_blocks: true } },
    )
    proxy = await startNodeProxy(demo.node.url, withoutLogs)
    const run = await check(demo.well, proxy.url, ['--logs-from', `blockscout:${explorer.url}`])
    const report = reportOf(run)
    expect(run.exitCode).toBe(3)
    expect(JSON.stringify(report)).toContain('"code":"log-source-wrong-chain"')
    for (const rule of approvalRules) expect(statuses(report)).toMatchObject({ [rule]: 'inconclusive' })
    expect(JSON.stringify(explorer.asked).toLowerCase()).not.toContain(demo.well.slice(2).toLowerCase())
  }, 60_000)
})

test('another endpoint lists the logs', async () => {
  proxy = await startNodeProxy(demo.node.url, withoutLogs)
  const run = await check(demo.well, proxy.url, ['--logs-from', `rpc:${demo.node.url}`])
  expect(run.exitCode).toBe(0)
  expect(reportOf(run).result.targets[0]?.coverage[0]?.source).toBe(new URL(demo.node.url).host)
}, 60_000)

test('the library takes a source, and what was gathered tells it', async () => {
  proxy = await startNodeProxy(demo.node.url, withoutLogs)
  explorer = await startChainExplorer(demo.node)
  const logSource = createLogSource(`blockscout:${explorer.url}`, { perSecond: 1000 })
  const report = await checkup({ address: demo.well, rpcUrl: proxy.url, logSource, shownTokens: [] })
  expect(report.run.endpoints.map(({ host }) => host)).toEqual([new URL(proxy.url).host, explorer.host])
  expect(report.result.targets[0]?.coverage[0]).toMatchObject({ gaps: [], source: explorer.host })
}, 60_000)
