/** `--rpc-url` given several times. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Report, reportSchema } from '../../src/core/report.ts'
import { at } from '../../src/testing.ts'
import { emptyFolder } from '../store/support/folder.ts'
import { type CliRun, cli } from '../support/cli.ts'
import { type JsonRpcServer, startJsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
let barred: JsonRpcServer
let well: JsonRpcServer
let other: JsonRpcServer
let gone: JsonRpcServer
beforeAll(async () => {
  barred = await startSmallChain({ over: { eth_getBalance: { status: 403, body: 'Forbidden' } } })
  well = await startSmallChain()
  gone = await startSmallChain()
  await gone.close()
  other = await startSmallChain({ over: { eth_chainId: { result: '0x5' } } })
})
afterAll(() => Promise.all([barred, well, other].map((server) => server.close())))

const check = (urls: readonly string[], ...more: readonly string[]) =>
  cli([account, ...urls.flatMap((url) => ['--rpc-url', url]), '-o', 'json', ...more])
const reportOf = ({ stdout }: CliRun): Report => reportSchema.parse(JSON.parse(stdout)) as Report // of the schema
const inOneLine = (words: string) => words.replaceAll(/\s+/g, ' ')
const hostsOf = (run: CliRun) => reportOf(run).run.endpoints.map(({ host }) => host)
const text = (words: string) => ({ type: 'text', value: words })
const hostOf = ({ url }: JsonRpcServer) => new URL(url).host

test('the next goes on, which is said with what it learns, and both are in the report', async () => {
  const run = await check([barred.url, `${well.url}/v2/key-of-the-test`])
  expect(run.exitCode).toBe(0)
  expect(run.stderr).toBe(
    `${hostOf(barred)} failed, so ${hostOf(well)} is asked from here on. Its operator sees the address and your IP address.\n`,
  )
  expect(reportOf(run).result.summary.complete).toBe(true)
  expect(reportOf(run).run.endpoints).toEqual([
    {
      host: hostOf(barred),
      requests: expect.any(Number),
      failure: expect.objectContaining({ code: 'http-status', data: expect.objectContaining({ status: text('403') }) }),
    },
    { host: hostOf(well), requests: expect.any(Number), role: 'failover' },
  ])
  expect(run.stdout + run.stderr).not.toContain('key-of-the-test')
})

test('the table says who stood in for whom', async () => {
  const { stdout } = await cli([account, '--rpc-url', barred.url, '--rpc-url', well.url])
  expect(stdout).toMatch(new RegExp(`^Endpoint +${hostOf(barred)} \\(\\d+ requests?\\)$`, 'm'))
  expect(stdout).toMatch(new RegExp(`^Stand-in +${hostOf(well)} \\(\\d+ requests?\\)$`, 'm'))
  expect(inOneLine(stdout)).toContain(
    `${hostOf(barred)} was left for another endpoint. ${hostOf(barred)} answered eth_getBalance with HTTP 403.`,
  )
  expect(stdout).not.toContain('Logs from')
})

describe('a first one that asks to wait', () => {
  const limited = (seconds: string) =>
    startJsonRpcServer({ '*': { status: 429, headers: { 'retry-after': seconds }, body: '' } })

  test.each(['3600', '31'])('for %s seconds: the next goes on at once', async (seconds) => {
    const first = await limited(seconds)
    const started = performance.now()
    const facts = join(await emptyFolder(), 'facts.json')
    const run = await check([first.url, well.url], '--save-facts', facts)
    expect(performance.now() - started).toBeLessThan(20_000)
    await first.close()
    expect(run.exitCode).toBe(0)
    const wait = { type: 'seconds', value: Number(seconds) }
    const left = { code: 'wait-too-long', data: expect.objectContaining({ wait }) }
    expect(reportOf(run).run.endpoints[0]).toMatchObject({ host: hostOf(first), failure: left })
    const again = await cli(['check', '--facts', facts, '-o', 'json'])
    expect(reportOf(again).run.endpoints).toEqual(reportOf(run).run.endpoints)
    const japanese = await cli(['check', '--facts', facts, '--locale', 'ja'])
    expect(japanese.stdout.replaceAll(/\s+/g, '')).toMatch(
      new RegExp(`${hostOf(first)}から別の接続先に切り替えました。${hostOf(first)}は\\w+を拒否しました。`),
    )
    expect(run.stderr).toContain(`${hostOf(first)} failed, so ${hostOf(well)} is asked from here on.`)
    expect(first.requests.length).toBeLessThan(8)
  })

  test('for an hour, and is the only one: it is asked no more than once for anything, and the wait is told', async () => {
    const first = await limited('3600')
    const started = performance.now()
    const english = await cli([account, '--rpc-url', first.url])
    const japanese = await cli([account, '--rpc-url', first.url, '--locale', 'ja'])
    expect(performance.now() - started).toBeLessThan(20_000)
    await first.close()
    expect(english.exitCode).toBe(3)
    expect(inOneLine(english.stdout)).toContain(
      `${hostOf(first)} refused eth_chainId: too many requests. It asks to wait 60 minutes, so it was not asked again. What may help - Run this check again after that time, or use another endpoint.`,
    )
    expect(japanese.stdout.replaceAll(/\s+/g, '')).toContain(
      '60分待つよう求められたため、もう一度は問い合わせていません。',
    )
    const asked = first.requests.map(({ method }) => method)
    expect(asked.filter((method) => method === 'eth_chainId')).toHaveLength(2)
    expect(asked.length).toBeLessThan(16)
  })

  test('for an hour, and is slow with everything else: the command ends with the report', async () => {
    const first = await startJsonRpcServer({
      eth_chainId: { status: 429, headers: { 'retry-after': '3600' } },
      '*': { result: '0x1', delayMs: 15_000 },
    })
    const started = performance.now()
    const run = await check([first.url])
    expect(performance.now() - started).toBeLessThan(10_000)
    await first.close()
    expect(run.exitCode).toBe(3)
    expect(reportOf(run).run.endpoints[0]?.requests).toBeGreaterThanOrEqual(first.requests.length)
  })

  test('for a second is waited for, and nobody else is asked', async () => {
    let isLimited = true
    const first = await startSmallChain({
      over: {
        eth_getBalance: () => {
          const answer = isLimited ? { status: 429, headers: { 'retry-after': '1' } } : { result: '0x1' }
          isLimited = false
          return answer
        },
      },
    })
    const run = await check([first.url, well.url])
    await first.close()
    expect(hostsOf(run)).toEqual([hostOf(first)])
    expect(run.stderr).toBe('')
  })
})

test('one that works is asked alone, and one given twice is one', async () => {
  const before = barred.requests.length
  expect(hostsOf(await check([well.url, barred.url]))).toEqual([hostOf(well)])
  expect(barred.requests).toHaveLength(before)
  expect(hostsOf(await check([well.url, well.url]))).toEqual([hostOf(well)])
})

test('one of another chain is not used: 3, with the reason', async () => {
  const run = await check([barred.url, other.url])
  expect(run.exitCode).toBe(3)
  const table = await cli([account, '--rpc-url', barred.url, '--rpc-url', other.url])
  expect(table.stdout.replaceAll(/\s+/g, ' ')).toContain(
    `${hostOf(other)} was to take the place of an endpoint that failed, but it serves chain 5, not chain 31337`,
  )
  expect(JSON.stringify(other.requests).toLowerCase()).not.toContain(account.slice(2).toLowerCase())
})

test('a second one that is no URL is refused before the first is asked', async () => {
  const before = well.requests.length
  const run = await check([well.url, 'ftp://rpc.example/WORD'])
  expect(run.exitCode).toBe(2)
  expect(run.stderr).not.toContain('WORD')
  expect(well.requests).toHaveLength(before)
})

test('one that would have to confirm itself is refused', async () => {
  const run = await check([barred.url, well.url], '--second-rpc-url', well.url)
  expect(run.exitCode).toBe(2)
  expect(run.stderr).toContain(hostOf(well))
})

const checkConfig = async (urls: readonly string[], accounts: readonly string[], ...more: readonly string[]) => {
  const config = join(await emptyFolder(), 'wallet-checkup.config.json')
  const chains = { devnet: { id: 31_337, rpc: urls } }
  await writeFile(config, JSON.stringify({ version: 1, chains, accounts: accounts.map((address) => ({ address })) }))
  return cli(['check', '--config', config, '-o', 'json', ...more])
}

test('the endpoints of a config file take over in their order, which is said once for all its accounts', async () => {
  const run = await checkConfig([gone.url, `${well.url}/v2/key-of-the-test`], [account, at(1), at(2)])
  expect(run.exitCode).toBe(0)
  expect(hostsOf(run)).toEqual([hostOf(gone), hostOf(well)])
  expect(run.stderr).toBe(
    `${hostOf(gone)} failed, so ${hostOf(well)} is asked from here on. Its operator sees the address and your IP address.\n`,
  )
  expect(run.stdout + run.stderr).not.toContain('key-of-the-test')
})

test('nothing is said of the endpoints of a config file while the first answers', async () => {
  const run = await checkConfig([well.url, barred.url], [account])
  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  expect(hostsOf(run)).toEqual([hostOf(well)])
})
