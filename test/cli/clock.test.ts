import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readNow, withSourceDate } from '../../src/cli/clock.ts'
import { cliWords } from '../../src/cli/words/index.ts'
import { readEnvironment } from '../../src/config/environment.ts'
import { value } from '../../src/core/value.ts'
import { emptyFolder } from '../store/support/folder.ts'
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
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['2027-01-31T08:00:00+09:00', '2027-01-30T23:00:00.000Z'],
])('%s is a time', (text, expected) => {
  expect(new Date(readNow(text)?.() ?? 0).toISOString()).toBe(expected)
})

test.each([
  'now',
  '1798761600',
  '2027-01-31T08:00:00',
  '2027-13-01',
  '2027-02-30',
  '2027-04-31T08:00Z',
  '2027-02-29',
  '2027-01-31T25:00Z',
  '1969-12-31',
  '',
])('%j is none: whose zone it is in must be said', (text) => {
  expect(() => readNow(text)).toThrow(
    expect.objectContaining({
      code: 'usage-bad-value',
      data: expect.objectContaining({ option: value.text('--now') }),
    }),
  )
})

test('SOURCE_DATE_EPOCH counts where --now does not say otherwise', () => {
  const said: string[] = []
  const context = (variables: Readonly<Record<string, string>>) => ({
    environment: readEnvironment(variables),
    words: cliWords('en'),
    say: (text: string) => said.push(text),
  })
  const set = context({ SOURCE_DATE_EPOCH: '1798761600' })
  expect(withSourceDate({ now: '2028-01-01' }, set)).toEqual({ now: '2028-01-01' })
  expect(withSourceDate({}, context({}))).toEqual({})
  expect(said).toEqual([])
  expect(withSourceDate({}, set)).toEqual({ now: '2027-01-01T00:00:00.000Z' })
  expect(said).toEqual([expect.stringContaining('SOURCE_DATE_EPOCH is set, so 2027-01-01T00:00:00Z is taken for now')])
  expect(() => withSourceDate({}, context({ SOURCE_DATE_EPOCH: 'soon' }))).toThrow(
    expect.objectContaining({ code: 'usage-bad-value' }),
  )
})

describe('as of 1980, which nix-shell says, a good config file stays one', () => {
  const env = { SOURCE_DATE_EPOCH: '315532800' }
  const config = (expires: string) => `version: 1
chains: { devnet: { id: 777777, rpc: ${JSON.stringify(chain.url)} } }
accounts: [{ address: "${account}", label: ops }]
suppressions: [{ rule: stale-approval, account: ops, reason: a payout, expires: ${expires} }]
`
  const fine = () => config(daysFromNow(100).slice(0, 10))
  const inFolder = async (text: string, args: readonly string[]) => {
    const cwd = await emptyFolder()
    await writeFile(join(cwd, 'wallet-checkup.config.yaml'), text)
    return cli(args, { cwd, env })
  }

  test.each([
    ['a check', ['check', '--quiet', '--allow-incomplete']],
    [
      'one with the suppressions of another file',
      ['check', '--suppressions-from', './wallet-checkup.config.yaml', '--allow-incomplete'],
    ],
    ['config check', ['config', 'check']],
    ['suppress list', ['suppress', 'list']],
    [
      'suppress add',
      ['suppress', 'add', '--rule', 'stale-head', '--reason', 'x', '--expires', daysFromNow(100).slice(0, 10)],
    ],
  ])('%s', async (_, args) => {
    const english = await inFolder(fine(), args)
    expect(english.exitCode).toBe(0)
    expect(english.stderr.match(/SOURCE_DATE_EPOCH is set, so 1980-01-01T00:00:00Z is taken for now/g)).toHaveLength(1)
    const japanese = await inFolder(fine(), [...args, '--locale', 'ja'])
    expect(japanese.stderr).toContain('SOURCE_DATE_EPOCH が設定されているため、1980-01-01T00:00:00Z を現在とみなします')
  })

  test.each([
    ['a check', ['check']],
    ['config check', ['config', 'check']],
    ['suppress list', ['suppress', 'list']],
  ])('%s: what lasts too long from today on is refused all the same', async (_, args) => {
    const run = await inFolder(config(daysFromNow(182).slice(0, 10)), args)
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain('A suppression lasts 180 days at most')
  })
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
