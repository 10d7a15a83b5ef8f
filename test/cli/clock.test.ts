import { afterAll, beforeAll, expect, test } from 'vitest'
import { readNow, withSourceDate } from '../../src/cli/clock.ts'
import { readEnvironment } from '../../src/config/environment.ts'
import { value } from '../../src/core/value.ts'
import { cli } from '../support/cli.ts'
import type { JsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
let chain: JsonRpcServer
beforeAll(async () => {
  // No development chain: one of these may stand still.
  chain = await startSmallChain({ over: { eth_chainId: { result: '0xbde31' } } })
})
afterAll(() => chain.close())
const check = (more: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  cli([account, '--rpc-url', chain.url, '-o', 'json', ...more], { env })
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

test.each([
  ['2027-01-31', '2027-01-31T00:00:00.000Z'],
  ['2027-01-31T08:00Z', '2027-01-31T08:00:00.000Z'],
  ['2027-01-31T08:00:00.250Z', '2027-01-31T08:00:00.250Z'],
  ['2027-01-31T08:00:00+09:00', '2027-01-30T23:00:00.000Z'],
])('%s is a time', (text, expected) => {
  expect(new Date(readNow(text)?.() ?? 0).toISOString()).toBe(expected)
})

test.each(['now', '1798761600', '2027-01-31T08:00:00', '2027-13-01', '2027-01-31T25:00Z', '1969-12-31', ''])(
  '%j is none: whose zone it is in must be said',
  (text) => {
    expect(() => readNow(text)).toThrow(
      expect.objectContaining({
        code: 'usage-bad-value',
        data: expect.objectContaining({ option: value.text('--now') }),
      }),
    )
  },
)

test('SOURCE_DATE_EPOCH counts where --now does not say otherwise', () => {
  const environment = readEnvironment({ SOURCE_DATE_EPOCH: '1798761600' })
  expect(withSourceDate({}, environment)).toEqual({ now: '2027-01-01T00:00:00.000Z' })
  expect(withSourceDate({ now: '2028-01-01' }, environment)).toEqual({ now: '2028-01-01' })
  expect(withSourceDate({}, readEnvironment({}))).toEqual({})
  expect(() => withSourceDate({}, readEnvironment({ SOURCE_DATE_EPOCH: 'soon' }))).toThrow(
    expect.objectContaining({ code: 'usage-bad-value' }),
  )
})

test('two checks at one time give one report, to the byte', async () => {
  const now = daysFromNow(0)
  const [one, two] = [await check(['--now', now]), await check(['--now', now])]
  expect(one.exitCode).toBe(0)
  expect(JSON.parse(one.stdout).run).toMatchObject({ startedAt: now, durationSeconds: 0 })
  expect(two).toEqual(one)
})

test.each([
  ['--now', (time: string) => check(['--now', time])],
  [
    'SOURCE_DATE_EPOCH',
    (time: string) => check([], { SOURCE_DATE_EPOCH: String(Math.floor(Date.parse(time) / 1000)) }),
  ],
])('ages are those of the time that %s says', async (_, checkAt) => {
  const run = await checkAt(daysFromNow(10))
  expect(run.exitCode).toBe(1)
  expect(run.stdout).toContain('"stale-head"')
  expect(JSON.parse(run.stdout).result.summary.findings).toMatchObject({ high: 1 })
})

test('saved facts have a time of their own', async () => {
  const facts = ['check', '--facts', 'fixtures/facts/demo-well.json', '--quiet']
  expect(await cli([...facts, '--now', '2027-01-31'])).toMatchObject({ exitCode: 2 })
  expect(await cli(facts, { env: { SOURCE_DATE_EPOCH: '1' } })).toMatchObject({ exitCode: 0 })
})
