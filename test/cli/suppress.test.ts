/** `suppress` and `baseline update`: what they write, and what they refuse to write. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refuseNoEffect, type SuppressFlags } from '../../src/cli/suppress-flags.ts'
import { type Report, reportSchema } from '../../src/core/report.ts'
import { value } from '../../src/core/value.ts'
import { suppressionData } from '../../src/domain/suppression.ts'
import { at } from '../../src/testing.ts'
import { treasuryReport } from '../reporters/sample-reports.ts'
import { cli } from '../support/cli.ts'
import { startSmallChain } from '../support/small-chain.ts'

const name = 'wallet-checkup.config.yaml'
const sampleReport = treasuryReport()
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-suppress-'))
})
afterEach(() => rm(folder, { recursive: true }))

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const run = (...args: readonly string[]) => cli(args, { cwd: folder })
const text = (file = name) => readFile(join(folder, file), 'utf8')
const write = (content: string, file = name) => writeFile(join(folder, file), content)
const config = `version: 1
chains:
  devnet: { id: 31337, rpc: "\${RPC}" } # needs no variable here
accounts:
  - { address: "${at(1)}", label: treasury }
`
const entry = (reason: string, expires: string) =>
  `  - { rule: stale-approval, account: treasury, reason: ${reason}, expires: ${expires} }\n`
const good = ['--rule', 'stale-approval', '--reason', 'payout job', '--expires', day(30)]

describe('suppress add', () => {
  beforeEach(() => write(config))

  test('writes it into the config file, and keeps what stands there', async () => {
    const result = await run('suppress', 'add', ...good, '--account', 'treasury', '--spender', at(0x5e))
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(result.stdout).toContain(`The suppression was added to ${name}, which has 1 suppression now.`)
    const written = await text()
    expect(written).toContain('# needs no variable here')
    expect(written).toContain(`spender: "${at(0x5e)}"`)
    expect((await run('suppress', 'list')).stdout).toBe(
      `${name}:7  active  until ${day(30)}  stale-approval  account: treasury, spender: ${at(0x5e)}  (payout job)\n`,
    )
  })

  test.each<[string, readonly string[], string]>([
    ['no rule', ['--reason', 'x', '--expires', day(1)], 'suppress add needs --rule'],
    ['no reason', ['--rule', 'stale-approval', '--expires', day(1)], 'suppress add needs --reason'],
    ['no last day', ['--rule', 'stale-approval', '--reason', 'x'], 'suppress add needs --expires'],
    [
      'an unknown rule',
      ['--rule', 'stale-aproval', '--reason', 'x', '--expires', day(1)],
      '--rule: There is no rule of this name',
    ],
    ['an unknown account', [...good, '--account', 'payroll'], '--account: No account has this label'],
    ['an unknown chain', [...good, '--chain', 'mainnet'], '--chain: The file has no chain of this name'],
    ['a subject without a value', [...good, '--subject', 'nonce'], '--subject cannot have this value'],
    ['a subject without a field', [...good, '--subject', '=7'], '--subject cannot have this value'],
    ['one field twice', [...good, '--subject', 'nonce=7', '--subject', 'nonce=8'], '--subject cannot have this value'],
    ['a spender that is no address', [...good, '--spender', '0x12'], '--spender: '],
    [
      'an amount that is no number',
      [...good, '--max-allowance', 'all'],
      '--max-allowance: This value cannot be used here',
    ],
    [
      'too late a day',
      ['--rule', 'stale-approval', '--reason', 'x', '--expires', day(200)],
      '--expires: A suppression lasts 180 days at most',
    ],
    ['yesterday', ['--rule', 'stale-approval', '--reason', 'x', '--expires', day(-1)], `--expires ${day(-1)} is over`],
    [
      'no date',
      ['--rule', 'stale-approval', '--reason', 'x', '--expires', 'never'],
      '--expires: This value cannot be used here',
    ],
  ])('%s: refused, and nothing is written', async (_, args, sentence) => {
    const result = await run('suppress', 'add', ...args)
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain(sentence)
    expect(result.stderr).not.toContain(name)
    expect(await text()).toBe(config)
  })

  test('a wrong entry of before is told by its line', async () => {
    await write(`${config}suppressions:\n${entry('gone', day(9)).replace('account: treasury', 'account: payroll')}`)
    const result = await run('suppress', 'add', ...good)
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toMatch(/^Error: wallet-checkup\.config\.yaml:7:\d+: suppressions\[0\]\.account: No account/)
  })

  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['--now', ['--now', '2027-03-31T23:59:59Z'], {}],
    ['SOURCE_DATE_EPOCH', [], { SOURCE_DATE_EPOCH: String(Date.parse('2027-03-31T23:59:59Z') / 1000) }],
  ])('%s says which day it is', async (_, now, env) => {
    const at = (args: readonly string[]) => cli(args, { cwd: folder, env })
    const until = (expires: string) => ['--rule', 'stale-approval', '--reason', 'x', '--expires', expires]
    expect((await at(['suppress', 'add', ...until('2027-03-30'), ...now])).exitCode).toBe(2)
    expect((await at(['suppress', 'add', ...until('2027-03-31'), ...now])).exitCode).toBe(0)
    expect((await at(['suppress', 'list', ...now])).stdout).toContain('  active  until 2027-03-31')
    const later = await cli(['suppress', 'list', '--now', '2027-04-01T00:00:00Z'], { cwd: folder })
    expect(later.stdout).toContain('  expired  until 2027-03-31')
  })

  test.each([
    ['a rule that is critical', 'drainer-approval', config, [], true],
    ['one of them, for an account', 'drainer-approval', config, ['--account', 'treasury'], false],
    ['a rule that is not', 'stale-approval', config, [], false],
    ['one that the file makes critical', 'stale-approval', `${config}rules: { stale-approval: critical }\n`, [], true],
    [
      'one that it makes less',
      'drainer-approval',
      `${config}rules: { drainer-approval: { severity: low } }\n`,
      [],
      false,
    ],
  ])('%s, added: what would excuse nothing is warned of', async (_, rule, file, more, isWarned) => {
    await write(file)
    const args = ['--rule', rule, '--reason', 'x', '--expires', day(9), ...more]
    const result = await run('suppress', 'add', ...args)
    expect(result.exitCode).toBe(0)
    expect(result.stderr).toBe(
      isWarned
        ? `Without --account no critical finding is left alone, and those of ${rule} usually are critical: it may excuse nothing.\n`
        : '',
    )
  })

  const outgoing = ['--rule', 'unexpected-outgoing', '--account', 'treasury', '--reason', 'x', '--expires', day(9)]
  const begun = `0x${'ab'.repeat(16)}`

  test('an outgoing payment is left alone by its subject, which the list shows', async () => {
    const result = await run(
      'suppress',
      'add',
      ...outgoing,
      '--subject',
      `hash=${begun}`,
      '--subject',
      'kind=transaction',
    )
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await text()).toContain(`hash: "${begun}"`)
    expect((await run('suppress', 'list')).stdout).toContain(
      `unexpected-outgoing  account: treasury, subject: { hash: ${begun}, kind: transaction }  (x)`,
    )
    expect((await run('suppress', 'add', ...good, '--subject', 'nonce=7')).stderr).toBe('')
  })

  test.each([
    ['en', /^Without --subject hash=… it leaves alone what unexpected-outgoing finds later as well, a theft too: /],
    ['ja', /^--subject hash=… がないと、unexpected-outgoing /],
  ])('every outgoing payment, added: what else that would excuse is warned of (%s)', async (locale, warning) => {
    const result = await run('suppress', 'add', ...outgoing, '--locale', locale)
    expect(result.exitCode).toBe(0)
    expect(result.stderr).toMatch(warning)
  })

  test('a whole hash has the shape of a key: refused, and not repeated', async () => {
    const whole = `0x${'ab'.repeat(32)}`
    const result = await run('suppress', 'add', ...outgoing, '--subject', `hash=${whole}`)
    expect(result.exitCode).toBe(2)
    expect(`${result.stdout}${result.stderr}`).not.toContain('abab')
    expect(await text()).toBe(config)
    await write(
      `${config}suppressions:\n${entry('x', day(9)).replace('reason', `subject: { hash: "${whole}" }, reason`)}`,
    )
    const read = await run('suppress', 'list')
    expect(read.exitCode).toBe(2)
    expect(`${read.stdout}${read.stderr}`).not.toContain('abab')
  })

  test('a link to a ticket is a reason, as in the file', async () => {
    const link = 'https://tickets.example/browse/OPS-123'
    const result = await run('suppress', 'add', ...good, '--reason', `asked for in ${link}`)
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await run('suppress', 'list')).stdout).toContain(`(asked for in ${link})`)
  })

  test.each([
    ['en', 'A link in --reason (tickets.example) looks as if it held a key.', 'the number of the ticket alone'],
    ['ja', '--reason のリンク(tickets.example)に、キーのようなものが含まれています。', 'チケットの番号だけ'],
  ])('a link with a key in it is refused by its host only (%s)', async (locale, sentence, hint) => {
    for (const link of ['https://tickets.example/x?token=abc1', `https://ada:abc1@tickets.example/`]) {
      const result = await run('suppress', 'add', ...good, `--reason=see ${link}`, '--locale', locale)
      expect(result).toMatchObject({ exitCode: 2, stdout: '' })
      expect(result.stderr).toContain(sentence)
      expect(result.stderr).toContain(hint)
      expect(result.stderr).not.toContain('abc1')
    }
    expect(await text()).toBe(config)
  })

  test.each([
    ['en', 'suppress add reads no report, so report.json would have no effect.'],
    ['ja', 'suppress add はレポートを読まないため、report.json を指定しても効果がありません。'],
  ])('a report is of no use, and is refused (%s)', async (locale, sentence) => {
    const result = await run('suppress', 'add', 'report.json', ...good, '--locale', locale)
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain(sentence)
    expect(await text()).toBe(config)
  })

  test('without a config file there is nothing to write to', async () => {
    await rm(join(folder, name))
    expect((await run('suppress', 'add', ...good)).exitCode).toBe(2)
  })
})

describe('suppress list and prune', () => {
  const all = `${config}suppressions:\n${entry('over', day(-1))}${entry('idle', day(9))}${entry('needed', day(9))}`
  const idle = { rule: 'stale-approval', account: 'treasury', reason: 'idle', expires: day(9) }
  /** A report in which this one excused nothing. */
  const reportOn = (said: Parameters<typeof suppressionData>[0], file = name): Report => ({
    ...sampleReport,
    result: {
      ...sampleReport.result,
      notices: [
        {
          kind: 'suppression-unused',
          message: 'It excuses nothing.',
          data: { ...suppressionData(said), count: value.count(0) },
          declaredAt: { file, line: 8 },
        },
      ],
    },
  })
  const report = reportOn(idle)

  test('say how each stands', async () => {
    await write(all)
    await write(JSON.stringify(report), 'report.json')
    const states = (stdout: string) =>
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('  ')[1])
    expect(states((await run('suppress', 'list')).stdout)).toEqual(['expired', 'active', 'active'])
    expect(states((await run('suppress', 'list', 'report.json')).stdout)).toEqual(['expired', 'unused', 'active'])
    expect(states((await run('suppress', 'list', '--locale', 'ja')).stdout)).toEqual(['期限切れ', '有効', '有効'])
  })

  test('take out what has ended, and with a report what excuses nothing', async () => {
    await write(all)
    await write(JSON.stringify(report), 'report.json')
    expect((await run('suppress', 'prune', 'report.json')).stdout).toContain('2 suppressions were taken out')
    const left = await text()
    expect(left).toContain('needed')
    expect(left).not.toMatch(/over|idle/)
    expect((await run('suppress', 'prune')).stdout).toContain('Nothing was taken out')
    expect(await text()).toBe(left)
  })

  test.each<[string, Report, string, boolean]>([
    ['on another line by now', report, all.replace('accounts:', '# moved\n\naccounts:'), true],
    ['with an end of its own', reportOn({ ...idle, expires: day(8) }), all, false],
    ['with another reason', reportOn({ ...idle, reason: 'needed no more' }), all, false],
    ['of another account', reportOn({ ...idle, account: 'payroll' }), all, false],
    ['of one spender only', reportOn({ ...idle, spender: at(0x5e) }), all, false],
    ['up to a limit', reportOn({ ...idle, while: { maxAllowance: '5' } }), all, false],
    ['in a report that was made in another folder', reportOn(idle, `ops/${name}`), all, true],
    ['in a report about the reviewed file', reportOn(idle, `origin/main:${name}`), all, true],
  ])('one %s: taken out as what the report is about, and only then', async (_, given, file, isGone) => {
    await write(file)
    await write(JSON.stringify(given), 'report.json')
    await run('suppress', 'prune', 'report.json')
    const left = await text()
    expect(left.includes('reason: idle')).toBe(!isGone)
    expect(left).toContain('reason: needed')
  })

  test('what a check says excuses nothing is what is taken out', async () => {
    const chain = await startSmallChain()
    const spelled = at(0xabcdef).toLowerCase()
    await write(
      `${all}  - { rule: stale-approval, account: treasury, chain: devnet, spender: "${spelled}", subject: { permit2: no }, reason: seen, expires: ${day(9)} }\n`,
    )
    const args = ['check', '--rule', 'stale-approval', '-o', 'json=report.json', '--quiet']
    const checked = await cli(args, { cwd: folder, env: { RPC: chain.url } })
    await chain.close()
    expect(checked).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await run('suppress', 'prune', 'report.json')).stdout).toContain('4 suppressions were taken out')
    expect(await text()).not.toContain('reason')
  })

  test('a check of some of the accounts does not call one unused that may be for the others', async () => {
    const one = await startSmallChain()
    const two = await startSmallChain({ over: { eth_chainId: { result: '0x7a6a' } } })
    const idle = (more: string) => `  - { rule: stale-approval, ${more}reason: idle, expires: ${day(9)} }\n`
    await write(`version: 1
chains:
  devnet: { id: 31337, rpc: "\${RPC}" }
  dev: { id: 31338, rpc: "\${RPC_TWO}" }
accounts:
  - { address: "${at(1)}", label: treasury }
  - { address: "${at(2)}", label: payroll, chains: [devnet] }
suppressions:
${idle('')}${idle('account: treasury, ')}`)
    const env = { RPC: one.url, RPC_TWO: two.url }
    const check = async (...args: readonly string[]) => {
      const all = ['check', ...args, '--rule', 'stale-approval', '--strict', '--quiet', '-o', 'json=report.json']
      const { exitCode, stderr } = await cli(all, { cwd: folder, env })
      const { stdout } = await run('suppress', 'list', 'report.json')
      return [exitCode, /^Error: (\d) /.exec(stderr)?.[1] ?? stderr, stdout.match(/active|unused/g)]
    }
    const [everything, ...parts] = [
      await check(),
      await check('payroll'),
      await check('--chain', 'dev'),
      await check('treasury'),
    ]
    await Promise.all([one.close(), two.close()])
    expect(everything).toEqual([2, '2', ['unused', 'unused']])
    expect(parts).toEqual([
      [0, '', ['active', 'active']],
      [0, '', ['active', 'active']],
      [2, '1', ['active', 'unused']],
    ])
  })

  test.each<[string, SuppressFlags]>([
    ['--rule', { rule: 'stale-approval' }],
    ['--account', { account: 'treasury' }],
    ['--chain', { chain: 'devnet' }],
    ['--token', { token: at(1) }],
    ['--spender', { spender: at(1) }],
    ['--subject', { subject: ['nonce=7'] }],
    ['--max-allowance', { maxAllowance: '5' }],
    ['--reason', { reason: 'x' }],
    ['--expires', { expires: day(9) }],
  ])('%s narrows nothing there', (option, flags) => {
    for (const action of ['list', 'prune'] as const) {
      const data = { option: value.text(option), action: value.keyword(action) }
      expect(() => refuseNoEffect({ action, reportFile: undefined }, flags)).toThrow(
        expect.objectContaining({ code: 'usage-suppress-add-only', data }),
      )
    }
    expect(() => refuseNoEffect({ action: 'add', reportFile: undefined }, flags)).not.toThrow()
  })

  test.each([
    ['en', '--rule has no effect together with suppress prune: '],
    ['ja', '--rule は suppress prune では効果がありません。'],
  ])('what narrows nothing is refused, and nothing is taken out (%s)', async (locale, sentence) => {
    await write(all)
    const result = await run('suppress', 'prune', '--rule', 'nonce-gap', '--locale', locale)
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain(sentence)
    expect(await text()).toBe(all)
  })

  test('the list shows all that narrows one', async () => {
    const spender = at(0xabcdef)
    await write(
      `${config}suppressions:\n  - { rule: unlimited-allowance, account: treasury, chain: devnet, token: "${at(7)}", spender: "${spender.toLowerCase()}", subject: { nonce: "7", kind: allowance }, while: { maxAllowance: "250" }, reason: seen, expires: ${day(9)} }\n`,
    )
    expect((await run('suppress', 'list')).stdout).toBe(
      `${name}:7  active  until ${day(9)}  unlimited-allowance  account: treasury, chain: 31337, token: ${at(7)}, spender: ${spender}, subject: { kind: allowance, nonce: 7 }, while: { maxAllowance: 250 }  (seen)\n`,
    )
  })

  test('without any, say so', async () => {
    await write(config)
    expect((await run('suppress', 'list')).stdout).toBe('The config file has no suppressions.\n')
  })

  test('another action is refused', async () => {
    await write(config)
    expect((await run('suppress', 'remove')).exitCode).toBe(2)
  })
})

describe('baseline update', () => {
  const read = async () => reportSchema.parse(JSON.parse(await text('baseline.json')))

  test('takes a report into the baseline, twice to the same bytes', async () => {
    await write(JSON.stringify(sampleReport), 'report.json')
    expect(await run('baseline', 'update', 'report.json', '--baseline', 'baseline.json')).toMatchObject({
      exitCode: 0,
      stdout: 'The baseline was written to baseline.json.\n',
    })
    const first = await text('baseline.json')
    expect((await read()).run.endpoints).toEqual([])
    await run('baseline', 'update', 'report.json', '--baseline', 'baseline.json')
    expect(await text('baseline.json')).toBe(first)
  })

  test('takes the file that the config names', async () => {
    await write(JSON.stringify(sampleReport), 'report.json')
    await write(`${config}baseline: baseline.json\n`)
    expect((await run('baseline', 'update', 'report.json')).exitCode).toBe(0)
    expect((await read()).result.targets).toHaveLength(sampleReport.result.targets.length)
  })

  test.each<[string, readonly string[], string]>([
    ['no file', ['update', 'report.json'], 'No baseline file is named'],
    ['another action', ['forget', 'report.json'], 'baseline cannot have this value'],
    ['no report', ['update', 'missing.json', '--baseline', 'b.json'], 'cannot be read'],
  ])('%s: refused', async (_, args, sentence) => {
    await write(JSON.stringify(sampleReport), 'report.json')
    const result = await run('baseline', ...args)
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain(sentence)
  })

  test('a baseline that is damaged is not written over', async () => {
    await write(JSON.stringify(sampleReport), 'report.json')
    await write('{', 'baseline.json')
    expect((await run('baseline', 'update', 'report.json', '--baseline', 'baseline.json')).exitCode).toBe(2)
    expect(await text('baseline.json')).toBe('{')
  })
})
