/** A treasury over several runs of the real command: what is new, gone, excused, excused no more, and not known. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { contract, deploy, fund, sendAndMine, transact } from '../../fixtures/chains/contracts.ts'
import { type Report, reportSchema } from '../../src/core/report.ts'
import { at } from '../../src/testing.ts'
import { cli } from '../support/cli.ts'
import { findings } from './support/demo-check.ts'
import { reportOf } from './support/report-of.ts'

const name = 'wallet-checkup.config.yaml'
const treasury = at(0x7ea5)
const spender = at(0x5e0de5)
const unlimited = 2n ** 256n - 1n
/** Nobody listens there. */
const deadUrl = 'http://127.0.0.1:9'
const run = promisify(execFile)

let node: DevelopmentNode
let folder: string
let token: Address

beforeAll(async () => {
  node = await startAnvil()
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-baseline-'))
  await fund(node, treasury, 10n ** 19n)
  // A spender without code is another rule's.
  await node.send('anvil_setCode', [spender, '0x60006000fd'])
  token = await deploy(node, { name: 'NamedToken', args: ['Token', 'TKN', 18, 10n ** 24n, treasury] })
}, 60_000)
afterAll(async () => {
  await node?.stop()
  await rm(folder, { recursive: true, force: true })
})

const approve = (amount: bigint) =>
  transact(node, {
    from: treasury,
    to: token,
    abi: contract('NamedToken').abi,
    functionName: 'approve',
    args: [spender, amount],
  })

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

function configWith(suppression: string | null): string {
  return [
    'version: 1',
    'chains:',
    `  devnet: { id: 31337, rpc: "\${DEVNET_RPC}" }`,
    'accounts:',
    `  - { address: "${treasury}", label: treasury }`,
    'rules: { unlimited-allowance: high }',
    ...(suppression === null
      ? []
      : [
          'suppressions:',
          '  - rule: unlimited-allowance',
          '    account: treasury',
          `    spender: "${spender}"`,
          '    reason: router of the weekly payout job',
          `    expires: ${suppression}`,
        ]),
    '',
  ].join('\n')
}
const write = (text: string, file = name) => writeFile(join(folder, file), text)
const rules = ['--rule', 'unlimited-allowance']

function check(args: readonly string[], url = node.url) {
  return cli(['check', ...rules, '--no-second-opinion', '--quiet', ...args], { cwd: folder, env: { DEVNET_RPC: url } })
}
const compare = ['--baseline', 'baseline.json', '--fail-on-new', '-o', 'json']
const changes = ({ result }: Report) => result.summary.changes
const none = { new: 0, unchanged: 0, updated: 0, absent: 0, unknown: 0 }
const baseline = async () => reportSchema.parse(JSON.parse(await readFile(join(folder, 'baseline.json'), 'utf8')))

describe('the story of an approval', () => {
  test('the first run makes the baseline', async () => {
    await write(configWith(null))
    const result = await check([...compare, '--update-baseline'])
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await baseline()).result.targets[0]).toMatchObject({ account: treasury, state: { nonce: null } })
  })

  test('a new approval fails the run', async () => {
    await approve(unlimited)
    const result = await check(compare)
    const report = reportOf(result)
    expect(result.exitCode).toBe(1)
    expect(changes(report)).toEqual({ ...none, new: 1 })
    expect(report.run.baseline?.startedAt).toBe((await baseline()).run.startedAt)
    expect((await check(['--baseline', 'baseline.json'])).stdout).toContain('NEW: ')
  })

  test('taken into the baseline, it fails no more', async () => {
    expect((await check([...compare, '--update-baseline'])).exitCode).toBe(1)
    const result = await check(compare)
    expect(result.exitCode).toBe(0)
    expect(changes(reportOf(result))).toEqual({ ...none, unchanged: 1 })
  })

  test('a node that does not answer: not known, and the baseline keeps what it knew', async () => {
    const before = await baseline()
    const result = await check([...compare, '--update-baseline'], deadUrl)
    expect(result.exitCode).toBe(3)
    expect(changes(reportOf(result))).toEqual({ ...none, unknown: 1 })
    const after = await baseline()
    expect(after.result.targets[0]?.state).toEqual(before.result.targets[0]?.state)
    expect(changes(reportOf(await check(compare)))).toEqual({ ...none, unchanged: 1 })
  })

  test('revoked, it is gone', async () => {
    await approve(0n)
    const result = await check(compare)
    expect(result.exitCode).toBe(0)
    expect(changes(reportOf(result))).toEqual({ ...none, absent: 1 })
    expect((await check(['--baseline', 'baseline.json'])).stdout).toContain('Gone: ')
    expect((await check([...compare, '--update-baseline'])).exitCode).toBe(0)
    expect(changes(reportOf(await check(compare)))).toEqual(none)
  })

  test('given again with a suppression, it is left alone', async () => {
    await approve(unlimited)
    await write(configWith(day(30)))
    const result = await check(compare)
    const report = reportOf(result)
    expect(result.exitCode).toBe(0)
    expect(report.result.summary).toMatchObject({ suppressed: 1, findings: { high: 0 } })
    expect(findings(report)[0]?.suppressions).toEqual([
      { reason: 'router of the weekly payout job', expires: day(30), declaredAt: { file: name, line: 8 } },
    ])
    expect((await check([...compare, '--no-suppressions'])).exitCode).toBe(1)
  })

  test('the table counts it, and shows it when asked', async () => {
    const hidden = (await check([])).stdout
    expect(hidden).toContain('1 finding is left alone by suppressions')
    expect(hidden).not.toContain('weekly payout job')
    expect((await check(['--show-suppressed'])).stdout).toContain('router of the weekly payout job')
  })

  test('the suppression has ended: it counts again, and the report says why', async () => {
    expect((await check([...compare, '--update-baseline'])).exitCode).toBe(0)
    await write(configWith(day(-1)))
    const result = await check(compare)
    const report = reportOf(result)
    expect(result.exitCode).toBe(1)
    expect(changes(report)).toEqual({ ...none, new: 1 })
    expect(report.result.notices).toMatchObject([{ kind: 'suppression-expired', declaredAt: { file: name, line: 8 } }])
  })

  test('a suppression that excuses nothing is told, and with --strict it is an error', async () => {
    await approve(0n)
    await write(configWith(day(30)))
    const told = await check(['-o', 'json'])
    expect(told.exitCode).toBe(0)
    expect(reportOf(told).result.notices?.[0]?.kind).toBe('suppression-unused')
    const strict = await check(['-o', 'json', '--strict'])
    expect(strict.exitCode).toBe(2)
    expect(reportOf(strict).result.notices).toHaveLength(1)
    expect(strict.stderr).toContain('1 suppression excuses nothing')
  })
})

describe('a change that is still to be reviewed', () => {
  const git = (...args: readonly string[]) =>
    run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder })

  test('cannot excuse itself', async () => {
    await approve(unlimited)
    await write(configWith(null))
    await git('init', '--quiet', '--initial-branch', 'main')
    await git('add', name)
    await git('commit', '--quiet', '-m', 'config')
    await write(configWith(day(30)))
    expect((await check([])).exitCode).toBe(0)
    expect((await check(['--suppressions-from', 'main'])).exitCode).toBe(1)
    await git('commit', '--quiet', '-am', 'suppress it')
    const reviewed = await check(['--suppressions-from', 'HEAD', '-o', 'json'])
    expect(reviewed.exitCode).toBe(0)
    expect(findings(reportOf(reviewed))[0]?.suppressions?.[0]?.declaredAt).toEqual({ file: `HEAD:${name}`, line: 8 })
    expect((await check(['--suppressions-from', 'HEAD~1'])).exitCode).toBe(1)
  })

  test('a file takes the place of a revision', async () => {
    await write(configWith(null), 'reviewed.yaml')
    expect((await check(['--suppressions-from', './reviewed.yaml'])).exitCode).toBe(1)
  })

  test('a file that a change adds by the name of a revision is not read', async () => {
    await write(configWith(day(30)), 'HEAD~1')
    expect((await check(['--suppressions-from', 'HEAD~1'])).exitCode).toBe(1)
    await write(configWith(day(30)), 'reviewed.yaml')
    expect((await check(['--suppressions-from', 'reviewed.yaml'])).exitCode).toBe(2)
  })

  test.each([
    ['an option', '--output=x'],
    ['a range', 'main..HEAD'],
    ['a path', 'main:secrets'],
    ['a command', '$(touch x)'],
    ['an unknown revision', 'no-such-branch'],
  ])('%s is no revision', async (_, from) => {
    const result = await check([`--suppressions-from=${from}`])
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain('cannot be read')
  })
})

describe('what left the treasury', () => {
  const watched = ['--rule', 'unexpected-outgoing', '--rule', 'balance-drop']
  const look = (...args: readonly string[]) =>
    cli(['check', treasury, '--rpc-url', node.url, '--chain', '31337', '--no-config', '--quiet', ...watched, ...args], {
      cwd: folder,
    })

  test('is found against the baseline, with its transaction', async () => {
    const first = await look('--baseline', 'state.json', '--update-baseline', '-o', 'json')
    expect(first.exitCode).toBe(0)
    const { transactionHash } = await sendAndMine(node, { from: treasury, to: at(0xfee), value: 4n * 10n ** 18n })
    const second = await look('--baseline', 'state.json', '--fail-on-new', '-o', 'json')
    expect(second.exitCode).toBe(1)
    expect(findings(reportOf(second)).map(({ ruleId, subject }) => [ruleId, subject])).toEqual([
      ['unexpected-outgoing', { kind: 'transaction', hash: transactionHash }],
      ['balance-drop', { kind: 'account' }],
    ])
  })

  test('and no more once the baseline has it', async () => {
    expect((await look('--baseline', 'state.json', '--update-baseline')).exitCode).toBe(1)
    expect((await look('--baseline', 'state.json', '--fail-on-new')).exitCode).toBe(0)
  })
})

describe('two spenders that take the same token, and own transfers after them', () => {
  const vault = at(0x7ea51)
  const [taker, other] = [at(0x7a4e1), at(0x7a4e2)]
  const call = (from: Address, functionName: string, ...args: readonly unknown[]) =>
    transact(node, { from, to: token, abi: contract('NamedToken').abi, functionName, args })
  // The second makes the check read the tokens that a baseline is to know.
  const both = ['--rule', 'unexpected-outgoing', '--rule', 'balance-drop', '--quiet', '-o', 'json']
  const run = (...args: readonly string[]) =>
    cli(['check', ...both, ...args], { cwd: folder, env: { DEVNET_RPC: node.url } })
  const look = (...args: readonly string[]) => run('--config', 'vault.yaml', ...args)
  const told = (report: Report) =>
    findings(report)
      .filter(({ ruleId }) => ruleId === 'unexpected-outgoing')
      .map(({ messageId, data, evidence }) => [
        messageId,
        data.count?.value,
        evidence.flatMap((each) => (each.kind === 'log' ? each.transaction : [])),
      ])
  let thefts: readonly string[]

  beforeAll(async () => {
    for (const account of [vault, taker, other]) await fund(node, account, 10n ** 19n)
    await call(treasury, 'transfer', vault, 1000n)
    await call(vault, 'approve', taker, 100n)
    await call(vault, 'approve', other, 100n)
    const rules = `rules: { unexpected-outgoing: { expectedRecipients: ["${token}"] } }`
    await write(
      [...configWith(null).replace(treasury, vault).split('\n').slice(0, 5), rules, ''].join('\n'),
      'vault.yaml',
    )
  })

  test('before them nothing is found', async () => {
    expect((await look('--baseline', 'vault.json', '--update-baseline')).exitCode).toBe(0)
    expect((await look('--baseline', 'vault.json')).exitCode).toBe(0)
  })

  test('each is found, and none of its own', async () => {
    const first = await call(taker, 'transferFrom', vault, taker, 30n)
    await call(vault, 'transfer', treasury, 1n)
    const second = await call(other, 'transferFrom', vault, other, 40n)
    for (let times = 0; times < 9; times++) await call(vault, 'transfer', treasury, 1n)
    thefts = [second.transactionHash, first.transactionHash]
    const result = await look('--baseline', 'vault.json', '--fail-on-new')
    expect(told(reportOf(result))).toEqual([['moved', 2, thefts]])
    expect(result.exitCode).toBe(1)
  })

  test('facts that were saved without the baseline keep a few transactions only: what is not known is not well', async () => {
    expect((await look('--save-facts', 'facts.json')).exitCode).toBe(0)
    const report = reportOf(await run('--facts', 'facts.json', '--baseline', 'vault.json'))
    const [outgoing] = report.result.targets.flatMap(({ outcomes }) => outcomes)
    const because = { missing: [{ about: 'logs', contract: getAddress(token), error: { code: 'sent-left-out' } }] }
    expect(outgoing).toMatchObject({ ruleId: 'unexpected-outgoing', because })
  })

  test('when own transactions are not all read, it is asked who sent the others', async () => {
    await node.send('evm_increaseTime', [10 * 86_400])
    await node.send('evm_mine')
    const [moved, unseen] = told(reportOf(await look('--baseline', 'vault.json', '--history', '1')))
    expect([moved, unseen?.[0]]).toEqual([['moved', 2, thefts], 'unseen'])
  })
})

describe('options that need a baseline or a config file', () => {
  test.each([
    ['--fail-on-new', '--fail-on-new needs a baseline'],
    ['--update-baseline', '--update-baseline needs a baseline'],
    ['--baseline=missing.json', 'missing.json yet.\n  → The first one: --baseline FILE --update-baseline'],
    [`--baseline=${name}`, 'is not whole JSON'],
  ])('%s', async (option, sentence) => {
    const result = await check([option])
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain(sentence)
  })

  test('--suppressions-from without a config file', async () => {
    const result = await check([treasury, '--no-config', '--rpc-url', node.url, '--suppressions-from', 'main'])
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain('another version of a config file')
  })
})
