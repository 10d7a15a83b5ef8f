/** `--rpc-url` given several times. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Report, reportSchema } from '../../src/core/report.ts'
import { emptyFolder } from '../store/support/folder.ts'
import { type CliRun, cli } from '../support/cli.ts'
import type { JsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
let barred: JsonRpcServer
let well: JsonRpcServer
let other: JsonRpcServer
beforeAll(async () => {
  barred = await startSmallChain({ over: { eth_getBalance: { status: 403, body: 'Forbidden' } } })
  well = await startSmallChain()
  other = await startSmallChain({ over: { eth_chainId: { result: '0x5' } } })
})
afterAll(() => Promise.all([barred, well, other].map((server) => server.close())))

const check = (urls: readonly string[], ...more: readonly string[]) =>
  cli([account, ...urls.flatMap((url) => ['--rpc-url', url]), '-o', 'json', ...more])
const reportOf = ({ stdout }: CliRun): Report => reportSchema.parse(JSON.parse(stdout)) as Report // of the schema
const hostsOf = (run: CliRun) => reportOf(run).run.endpoints.map(({ host }) => host)
const hostOf = ({ url }: JsonRpcServer) => new URL(url).host

test('the next goes on, which is said with what it learns, and both are in the report', async () => {
  const run = await check([barred.url, `${well.url}/v2/key-of-the-test`])
  expect(run.exitCode).toBe(0)
  expect(run.stderr).toBe(
    `${hostOf(barred)} failed, so ${hostOf(well)} is asked from here on. Its operator sees the address and your IP address.\n`,
  )
  expect(reportOf(run).result.summary.complete).toBe(true)
  expect(hostsOf(run)).toEqual([hostOf(barred), hostOf(well)])
  expect(run.stdout + run.stderr).not.toContain('key-of-the-test')
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

test('the endpoints of a config file take over in their order', async () => {
  const config = join(await emptyFolder(), 'wallet-checkup.config.json')
  await writeFile(
    config,
    JSON.stringify({
      version: 1,
      chains: { devnet: { id: 31_337, rpc: [barred.url, well.url] } },
      accounts: [{ address: account }],
    }),
  )
  const run = await cli(['check', '--config', config, '-o', 'json'])
  expect(run.exitCode).toBe(0)
  expect(hostsOf(run)).toEqual([hostOf(barred), hostOf(well)])
})
