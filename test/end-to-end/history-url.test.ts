/** --history-url at the command line: an explorer lists the account's transactions, and the chain has the last word. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { numberToHex } from 'viem/utils'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { at, hashOf } from '../../src/testing.ts'
import type { Answer, HttpServer } from '../log-sources/http-server.ts'
import { cli } from '../support/cli.ts'
import { findings, statuses } from './support/demo-check.ts'
import { type HistoryRow, listOf, startHistoryExplorer } from './support/history-explorer.ts'
import { type Behave, type NodeProxy, pass, startNodeProxy } from './support/node-proxy.ts'
import { reportOf } from './support/report-of.ts'

const gwei = 10n ** 9n
const sender = at(0x5e4d)
const other = at(0x07e4)
const failing = at(0xbad)
const key = 'key-of-the-history-test'
let node: DevelopmentNode
let folder: string
let explorer: HttpServer | undefined
let proxy: NodeProxy | undefined

/** Of a nonce: a block with it alone. */
async function send(from: string, to: string) {
  const fees = { maxFeePerGas: numberToHex(5n * gwei), maxPriorityFeePerGas: numberToHex(gwei) }
  await node.send('eth_sendTransaction', [{ from, to, gas: numberToHex(100_000), value: '0x0', ...fees }])
}

beforeAll(async () => {
  node = await startAnvil()
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
  for (const address of [sender, other]) await node.send('anvil_setBalance', [address, numberToHex(10n ** 19n)])
  await node.send('anvil_setCode', [failing, '0x60006000fd'])
  await send(other, sender)
  for (const to of [other, failing, other, other]) await send(sender, to)
}, 30_000)
afterEach(async () => {
  await Promise.all([explorer?.close(), proxy?.stop()])
  explorer = undefined
  proxy = undefined
})
afterAll(async () => {
  await node?.stop()
  await rm(folder, { recursive: true, force: true })
})

const rules = ['failed-transactions', 'overpaid-gas'].flatMap((rule) => ['--rule', rule])

async function check(more: readonly string[], url = node.url) {
  const where = ['--rpc-url', url, '--chain', '31337', '--timeout', '5', '--yes']
  return cli(['check', sender, ...where, ...rules, ...more], { env: { WALLET_CHECKUP_HISTORY_KEY: key } })
}

/** A run with this explorer, the transactions that it left in the facts file, and all its files. */
async function checkWith(tell?: (rows: readonly HistoryRow[]) => Answer, url = node.url) {
  explorer = await startHistoryExplorer(node, tell)
  const directory = await mkdtemp(join(folder, 'run-'))
  const facts = join(directory, 'facts.json')
  const kept = ['--save-facts', facts, '--cache-dir', join(directory, 'cache')]
  const run = await check(['-o', 'json', '--history-url', explorer.url, ...kept], url)
  const saved = JSON.parse(await readFile(facts, 'utf8'))
  const { transactions, source } = saved.facts.activity.value ?? { transactions: [], source: null }
  return { run, report: reportOf(run), transactions, source, directory, host: explorer.host }
}

/** The table of a JSON report, without its line breaks. */
async function inWords(report: string, locale: 'en' | 'ja'): Promise<string> {
  const file = join(folder, 'report.json')
  await writeFile(file, report)
  const { stdout } = await cli(['report', file, '--locale', locale])
  return stdout.replace(/\s+/g, locale === 'ja' ? '' : ' ')
}

const withoutLists: Behave = (method) =>
  /^ots_|BySenderAndNonce|trace_filter/.test(method)
    ? { kind: 'refuse', code: -32601, message: 'the method does not exist' }
    : pass
/** A node without past state either. */
const pruned: Behave = (method, params) => {
  const isPast = method === 'eth_getTransactionCount' && params[1] !== 'latest' && params[1] !== 'pending'
  return isPast && Number(params[1]) < 5
    ? { kind: 'refuse', code: -32000, message: 'missing trie node' }
    : withoutLists(method, params)
}

test('the explorer is named, its rows are looked up, and the key is in no output and no file', async () => {
  const { run, report, source, directory, host, transactions } = await checkWith()
  expect(run.stderr).toContain(`${host}`)
  expect(report.run.endpoints[1]).toEqual({ host, requests: explorer?.asked.length, role: 'history' })
  expect(report.result.targets[0]?.listedHistory).toEqual({ host, rows: 4, confirmed: 4, error: null })
  expect(source).toBe('history-source')
  expect(transactions).toHaveLength(4)
  expect(findings(report)).toMatchObject([{ ruleId: 'failed-transactions' }])
  expect(explorer?.asked.every(({ query }) => query.apikey === key)).toBe(true)
  expect(`${run.stdout}${run.stderr}`).not.toContain(key)
  const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(1)
  for (const { parentPath, name } of files) {
    expect((await readFile(join(parentPath, name))).includes(key), name).toBe(false)
  }
}, 60_000)

test.each([
  ['en', 'History from', ' listed 4 transactions, and 4 of them are on the chain as it says.'],
  ['ja', '履歴の取得先', ' の一覧にあった取引は4件です。チェーンで確かめられたのは4件です。'],
])(
  'the table says it in words: %s',
  async (locale, name, words) => {
    explorer = await startHistoryExplorer(node)
    const { stdout } = await check(['--history-url', explorer.url, '--locale', locale])
    expect(stdout).toMatch(new RegExp(`${name} +${explorer.host}`))
    expect(stdout).toContain(`${explorer.host}${words}`)
  },
  60_000,
)

describe('what the chain does not confirm is not believed', () => {
  const changed = (over: (row: HistoryRow) => Partial<HistoryRow>) => (rows: readonly HistoryRow[]) =>
    listOf(rows.map((row) => (row.nonce === '1' && isOwn(row) ? { ...row, ...over(row) } : row)))
  const isOwn = ({ from }: HistoryRow) => from.toLowerCase() === sender.toLowerCase()

  test.each<[string, (rows: readonly HistoryRow[]) => Answer, object]>([
    ['a row with another nonce', changed(() => ({ nonce: '3' })), { rows: 4, confirmed: 3 }],
    ['a row with another block', changed(() => ({ blockNumber: '1' })), { rows: 4, confirmed: 3 }],
    ['a hash that nobody knows', changed(() => ({ hash: hashOf(7) })), { rows: 4, confirmed: 3 }],
    [
      "another sender's transaction under the account's name",
      (rows) => {
        const foreign = rows.find((row) => !isOwn(row))
        return changed(() => ({ hash: foreign?.hash ?? '' }))(rows)
      },
      { rows: 4, confirmed: 3 },
    ],
    ['a missing row', (rows) => listOf(rows.filter(({ nonce }) => nonce !== '1')), { rows: 3, confirmed: 3 }],
    [
      'a transaction that was never sent',
      (rows) => listOf([...rows, { ...(rows[0] as HistoryRow), nonce: '9', hash: hashOf(9) }]),
      { rows: 5, confirmed: 4 },
    ],
  ])(
    '%s',
    async (_, tell, listed) => {
      proxy = await startNodeProxy(node.url, withoutLists)
      const honest = await checkWith(undefined, proxy.url)
      await explorer?.close()
      const lying = await checkWith(tell, proxy.url)
      expect(lying.transactions).toEqual(honest.transactions)
      expect(lying.transactions).toHaveLength(4)
      expect(statuses(lying.report)).toEqual({ 'failed-transactions': 'found', 'overpaid-gas': 'passed' })
      expect(lying.report.result.targets[0]?.listedHistory).toMatchObject(listed)
    },
    60_000,
  )
})

describe('an explorer that lists nothing', () => {
  const refusals: readonly [string, Answer, string, RegExp][] = [
    [
      'for a wrong key, which it repeats',
      { body: { status: '0', message: 'NOTOK', result: `Invalid API Key ${key}` } },
      'log-source-refused',
      /gave no list and said: "NOTOK Invalid API Key \*\*\*"/,
    ],
    [
      'for its limit of the day',
      { body: { status: '0', message: 'NOTOK', result: 'Max daily rate limit reached' } },
      'log-source-refused',
      /gave no list and said: "NOTOK Max daily rate limit reached"/,
    ],
    [
      'because something stands in front of it',
      { status: 403, body: `<html>${key}` },
      'log-source-failed',
      /answered txlist with HTTP 403/,
    ],
    [
      'but a page for people',
      { body: `<html>${key}</html>` },
      'log-source-failed',
      /answered txlist with something unusable: it is not a JSON object/,
    ],
  ]

  test.each(refusals)(
    '%s: why is said, and the node shows everything',
    async (_, answer, code, words) => {
      const { run, report, transactions, host } = await checkWith(() => answer)
      expect(transactions).toHaveLength(4)
      expect(statuses(report)).toMatchObject({ 'overpaid-gas': 'passed' })
      expect(report.result.targets[0]?.listedHistory).toMatchObject({ host, rows: 0, error: { code } })
      const table = await inWords(run.stdout, 'en')
      expect(table).toContain(`${host} listed no transactions.`)
      expect(table).toMatch(words)
      expect(`${run.stdout}${run.stderr}${table}`).not.toContain(key)
    },
    60_000,
  )

  test('and a node without past state: both reasons stand under what could not be checked', async () => {
    proxy = await startNodeProxy(node.url, pruned)
    const refusal = { body: { status: '0', message: 'NOTOK', result: 'Missing API Key' } }
    const { run, report, host } = await checkWith(() => refusal, proxy.url)
    expect(run.exitCode).toBe(3)
    expect(statuses(report)).toEqual({ 'failed-transactions': 'inconclusive', 'overpaid-gas': 'inconclusive' })
    const table = await inWords(run.stdout, 'ja')
    expect(table).toContain(`過去の取引:${host}は一覧を返さず、「NOTOKMissingAPIKey」と答えました。`)
    expect(table).toContain('WALLET_CHECKUP_HISTORY_KEY')
    const codes = JSON.stringify(report.result)
    expect(codes).toContain('"code":"log-source-refused"')
    expect(codes).toContain('"code":"state-unavailable"')
  }, 60_000)
})

test('without an explorer, a node without past state ends inconclusive, with what it lacks', async () => {
  proxy = await startNodeProxy(node.url, pruned)
  const run = await check(['-o', 'json'], proxy.url)
  expect(run.exitCode).toBe(3)
  expect(statuses(reportOf(run))).toEqual({ 'failed-transactions': 'inconclusive', 'overpaid-gas': 'inconclusive' })
  const { stdout } = await check([], proxy.url)
  expect(stdout).toMatch(/archive endpoint/)
}, 60_000)
