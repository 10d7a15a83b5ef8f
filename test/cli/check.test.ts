import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportSchema } from '../../src/core/report.ts'
import { rules } from '../../src/index.ts'
import { type CliRun, cli } from '../support/cli.ts'
import type { JsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const json = ['-o', 'json']
let well: JsonRpcServer
let stale: JsonRpcServer
let silent: JsonRpcServer
let folder: string

beforeAll(async () => {
  well = await startSmallChain()
  // No development chain: one of these may stand still.
  stale = await startSmallChain({ ageSeconds: 7200, over: { eth_chainId: { result: '0xbde31' } } })
  silent = await startSmallChain({ over: { eth_getLogs: { error: { code: -32601, message: 'method not found' } } } })
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
})
afterAll(async () => {
  await Promise.all([well, stale, silent].map(({ close }) => close()))
  await rm(folder, { recursive: true })
})

const inFolder = (name: string) => join(folder, name)
const on = ({ url }: JsonRpcServer, ...more: readonly string[]) => cli([account, '--rpc-url', url, ...more])
const reportOf = ({ stdout }: CliRun) => reportSchema.parse(JSON.parse(stdout))

describe('several addresses', () => {
  const other = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'

  test('are checked into one report, each once', async () => {
    const run = await on(well, other, account.toLowerCase(), ...json)
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    const { targets, summary } = reportOf(run).result
    expect(targets.map((target) => target.account)).toEqual([account, other])
    expect(summary.outcomes.passed).toBe(
      2 * (targets[0]?.outcomes.filter(({ status }) => status === 'passed').length ?? 0),
    )
  })

  test('are saved into one file, which is judged to the same result', async () => {
    const file = inFolder('two-facts.json')
    const run = await on(well, other, '--save-facts', file, '--quiet', ...json)
    const again = await cli(['check', '--facts', file, ...json])
    expect(again.exitCode).toBe(0)
    expect(reportOf(again).result).toEqual(reportOf(run).result)
  })

  test('a name among them that cannot be resolved leaves the others whole: 3', async () => {
    const run = await on(well, 'example.eth', ...json)
    expect(run.exitCode).toBe(3)
    const { targets, unchecked } = reportOf(run).result
    expect(targets[0]?.verdict).toBe('no-findings')
    expect(unchecked).toMatchObject([{ input: 'example.eth', error: { code: 'ens-not-available' } }])
  })

  test('a wrong one among them is refused before anything is asked', async () => {
    const before = well.requests.length
    const run = await on(well, '0x12', ...json)
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(well.requests.length).toBe(before)
  })

  test('a phrase as words is a secret, not addresses', async () => {
    const words = Array.from({ length: 12 }, () => 'abandon')
      .join(' ')
      .replace(/\w+$/, 'about')
      .split(' ')
    const run = await cli([...words, '--rpc-url', well.url])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).not.toContain('abandon')
  })
})

describe('exit code', () => {
  test('0: every check was made, nothing found; standard output is the report alone', async () => {
    const run = await on(well, ...json)
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    const { result } = reportOf(run)
    expect(result.summary).toMatchObject({ complete: true, exitCode: 0 })
    expect(result.targets[0]).toMatchObject({ account, verdict: 'no-findings', chain: { id: 31_337 } })
    expect(result.targets[0]?.outcomes.map(({ ruleId }) => ruleId)).toEqual(rules.map(({ id }) => id))
  })

  test('1: a finding at the level of --fail-on', async () => {
    const run = await on(stale, ...json)
    expect(run.exitCode).toBe(1)
    expect(reportOf(run).result.summary.findings.high).toBe(1)
  })

  test('0: the same finding below the level of --fail-on', async () => {
    const run = await on(stale, ...json, '--fail-on', 'critical')
    expect(run.exitCode).toBe(0)
    expect(reportOf(run).result.summary.findings.high).toBe(1)
  })

  test('3: something could not be evaluated', async () => {
    const run = await on(silent, ...json)
    expect(run.exitCode).toBe(3)
    expect(reportOf(run).result.summary).toMatchObject({ complete: false, findings: { critical: 0, high: 0 } })
  })

  test('0: the same, when that is allowed', async () => {
    expect((await on(silent, ...json, '--allow-incomplete')).exitCode).toBe(0)
  })

  test('3: no node at all, said in the report', async () => {
    const gone = await startSmallChain()
    await gone.close()
    const run = await on(gone, ...json)
    expect(run.exitCode).toBe(3)
    expect(reportOf(run).result.targets[0]).toMatchObject({ account, chain: null, verdict: 'inconclusive' })
  })

  test('1: another chain than the one asked for, and it learns no address', async () => {
    const before = well.requests.length
    const run = await on(well, ...json, '--chain', '1')
    expect(run.exitCode).toBe(1)
    expect(JSON.stringify(well.requests.slice(before).map(({ params }) => params))).not.toMatch(
      new RegExp(account, 'i'),
    )
    expect(reportOf(run).result.summary.findings.critical).toBe(1)
  })

  test('2: an ENS name on a chain without ENS', async () => {
    const run = await cli(['example.eth', '--rpc-url', well.url])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain('Chain 31337 has no ENS')
  })

  test('3: an ENS name, and a node that cannot be asked', async () => {
    const gone = await startSmallChain()
    await gone.close()
    const run = await cli(['example.eth', '--rpc-url', gone.url])
    expect(run).toMatchObject({ exitCode: 3, stdout: '' })
    expect(run.stderr).toContain('So nothing could be checked.')
  })

  test('70: a fault of the program, without the key of the URL', async () => {
    const fault = `data:text/javascript,${encodeURIComponent(
      `Date.prototype.toISOString = () => { throw new Error('broken at ${well.url}/v2/SECRET-OF-THE-URL') }`,
    )}`
    const run = await cli([account, '--rpc-url', `${well.url}/v2/SECRET-OF-THE-URL`, ...json], {
      nodeFlags: ['--import', fault],
    })
    expect(run).toMatchObject({ exitCode: 70, stdout: '' })
    expect(run.stderr).toContain('Sorry: this is a fault of wallet-checkup')
    expect(run.stderr).toContain('broken at')
    expect(run.stderr).not.toContain('SECRET-OF-THE-URL')
  })
})

describe('the endpoint', () => {
  test('may come from the environment, and an option outranks it', async () => {
    const env = { WALLET_CHECKUP_RPC_URL: stale.url }
    expect((await cli([account, ...json, '--rule', 'stale-head'], { env })).exitCode).toBe(1)
    expect((await cli([account, ...json, '--rule', 'stale-head', '--rpc-url', well.url], { env })).exitCode).toBe(0)
  })

  test('is needed: without one, a sentence and an example with the address', async () => {
    const run = await cli([account])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toBe(
      [
        'Error: No endpoint was given, so there is no node to ask.',
        `  → With a node of your choice: wallet-checkup ${account} --rpc-url https://rpc.example`,
        `  → With a public one: wallet-checkup ${account} --chain ethereum`,
        '',
      ].join('\n'),
    )
  })

  test('that is no web address is not repeated', async () => {
    const run = await cli([account, '--rpc-url', 'ftp://rpc.example/WORD'])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain('https://')
    expect(run.stderr).not.toContain('WORD')
  })
})

test('only what the selected rules need is asked', async () => {
  const before = well.requests.length
  const run = await on(well, ...json, '--rule', 'stale-head')
  expect(reportOf(run).result.targets[0]?.outcomes).toEqual([{ ruleId: 'stale-head', status: 'passed' }])
  const methods = new Set(well.requests.slice(before).map(({ method }) => method))
  expect(methods).not.toContain('eth_getLogs')
  expect(methods).not.toContain('eth_getBalance')
})

describe('files', () => {
  test('one report to the terminal, one to a file, and nothing else beside it', async () => {
    const file = inFolder('report.json')
    await writeFile(file, 'the one before')
    const run = await on(well, '-o', 'table', '-o', `json=${file}`)
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(run.stdout).toContain('Wallet check-up')
    expect(reportSchema.parse(JSON.parse(await readFile(file, 'utf8'))).result.summary.exitCode).toBe(0)
    expect((await readdir(folder)).filter((name) => name.includes('report'))).toEqual(['report.json'])
  })

  test('saved facts are judged to the same result, without a node', async () => {
    const file = inFolder('facts.json')
    const live = await on(stale, ...json, '--save-facts', file)
    expect(live.stderr).toBe(`The facts were saved in ${file}.\n`)
    const asked = stale.requests.length
    const replayed = await cli(['check', '--facts', file, ...json])
    expect(replayed).toMatchObject({ exitCode: live.exitCode, stderr: '' })
    expect(reportOf(replayed).result).toEqual(reportOf(live).result)
    expect(stale.requests.length).toBe(asked)
    expect(await readFile(file, 'utf8')).not.toContain(stale.url)
  })

  test('an earlier report is printed again, in Japanese', async () => {
    const file = inFolder('earlier.json')
    await on(stale, '-o', `json=${file}`)
    const run = await cli(['report', file, '--locale', 'ja', '-o', 'json'])
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(reportOf(run).run.locale).toBe('ja')
    expect(run.stdout).toContain('接続先がチェーンより遅れています')
    const table = await cli(['report', file, '--locale', 'ja', '-o', 'table'])
    expect(table.stdout).toContain('接続先がチェーンより遅れています')
  })

  test('that cannot be written are told before a node is asked', async () => {
    const before = well.requests.length
    const run = await on(well, '-o', `json=${inFolder('no/such/folder.json')}`)
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain('cannot be written (ENOENT)')
    expect(well.requests.length).toBe(before)
  })

  test('lists of the user are read, and named in the report', async () => {
    await writeFile(inFolder('mine.txt'), `# seen\n31337:${account}\n`)
    await writeFile(inFolder('shown.txt'), `${account}\n`)
    const lists = ['--threat-list', inFolder('mine.txt'), '--shown-tokens', inFolder('shown.txt')]
    const run = await on(well, ...json, ...lists)
    expect(reportOf(run).run.lists).toContainEqual(expect.objectContaining({ name: 'mine.txt', entries: 1 }))
  })
})

test('a reader that goes away is no error', async () => {
  const run = await cli(['rules'], { onStart: (child) => child.stdout?.destroy() })
  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
})
