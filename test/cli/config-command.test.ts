/** `init`, `config check` and `config print`. */
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { sample, treasury, variables } from '../config/file/sample.ts'
import { reportOf } from '../end-to-end/support/report-of.ts'
import { cli } from '../support/cli.ts'
import { pluginSource } from '../support/plugins.ts'
import { startSmallChain } from '../support/small-chain.ts'

const name = 'wallet-checkup.config.yaml'
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-init-'))
})
afterEach(() => rm(folder, { recursive: true }))

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => cli(args, { cwd: folder, env })
const written = () => readFile(join(folder, name), 'utf8')

describe.each([
  ['en', 'Who is asked.', 'can be used: 1 account on 1 chain.', 'is there already, and was left as it is.'],
  [
    'ja',
    '問い合わせる接続先',
    '1個のチェーンで、1個のアカウントをチェックします。',
    'すでにあるため、変更していません。',
  ],
] as const)('init in %s', (locale, comment, fine, refusal) => {
  const language = ['--locale', locale]

  test('writes a file that can be used once its variable is set', async () => {
    expect(await run(['init', ...language])).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await written()).toContain(comment)
    const early = await run(['config', 'check', ...language])
    expect(early).toMatchObject({ exitCode: 2, stdout: '' })
    expect(early.stderr).toContain(`${name}:10:10: chains.ethereum.rpc`)
    expect(early.stderr).toContain('MAINNET_RPC')
    const ready = await run(['config', 'check', ...language], { MAINNET_RPC: 'https://rpc.example' })
    expect(ready).toMatchObject({ exitCode: 0, stderr: '' })
    expect(ready.stdout).toContain(fine)
  })

  test('never writes over a file', async () => {
    await writeFile(join(folder, name), 'mine')
    const result = await run(['init', ...language])
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain(refusal)
    expect(await written()).toBe('mine')
  })

  test('tells editors where the schema is, and holds what is commented out in working order', async () => {
    await run(['init', ...language])
    const text = await written()
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=https:\/\/unpkg\.com\/wallet-checkup\/schema\/config\.json\n/,
    )
    const all = text
      .replace(/^# (?=(?:tags|expectedSpenders|suppressions):| {2,}(?!export)\S)/gm, '')
      .replace(/^ {4}# (?=tags:)/m, '    ')
    await writeFile(join(folder, name), all.replace(/expires: \S+/, `expires: ${soon()}`))
    const result = await run(['config', 'print', ...language], { MAINNET_RPC: 'https://rpc.example' })
    expect(parse(result.stdout)).toMatchObject({
      targets: [{ tags: ['payroll'], rules: { 'unlimited-allowance': { severity: 'off' } } }],
      suppressions: [{ rule: 'unlimited-allowance' }],
    })
  })
})

test('what init writes is checked at a node', async () => {
  const chain = await startSmallChain({ over: { eth_chainId: { result: '0x1' } } })
  await run(['init'])
  const report = reportOf(await run(['check', '-o', 'json', '--allow-incomplete'], { MAINNET_RPC: chain.url }))
  expect(report.result.targets).toMatchObject([{ label: 'example', declaredAt: { file: name, line: 16 } }])
  await chain.close()
})

test('init writes to a name that is given', async () => {
  expect((await run(['init', '--config', 'treasury.yaml'])).exitCode).toBe(0)
  expect(await readFile(join(folder, 'treasury.yaml'), 'utf8')).toContain('version: 1')
  expect((await run(['init', '--config', 'none/treasury.yaml'])).stderr).toContain('cannot be written (ENOENT)')
})

describe('config print', () => {
  beforeEach(() => writeFile(join(folder, name), sample.replace(/expires: \S+/, `expires: ${soon()}`)))

  test('shows what the file comes to for each account, and of what is secret only where it goes', async () => {
    const { exitCode, stdout, stderr } = await run(['config', 'print'], variables)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).not.toMatch(/key-of|https?:|abab/)
    const shown = parse(stdout)
    expect(shown).toMatchObject({
      config: name,
      failOn: 'medium',
      allowIncomplete: true,
      outputs: ['table', 'json=report.json'],
      chains: {
        ethereum: { id: 1, rpc: ['one.example'], second: 'two.example' },
        base: { id: 8453, rpc: ['base.example', 'spare.example'], maxRps: 5, timeout: 20, fromBlock: '1000' },
        devnet: { id: 31337, rpc: ['127.0.0.1:8545'] },
      },
      notify: [
        { type: 'webhook', url: 'ops.example', secret: '***' },
        { type: 'slack', url: 'hooks.example', on: ['new', 'worse'] },
      ],
    })
    expect(shown.targets[0]).toEqual({
      address: treasury,
      label: 'treasury',
      chain: 'base',
      tags: ['payroll'],
      kind: 'safe',
      declaredAt: `${name}:13`,
      rules: {
        'safe-spending-limit': { expected: expect.any(Array) },
        'stale-approval': { severity: 'low', days: 30 },
        'stale-head': { severity: 'info' },
        'unexpected-account-kind': { kind: 'safe' },
        'unexpected-spender': { expectedSpenders: expect.any(Array) },
        'unlimited-allowance': { severity: 'off' },
      },
    })
  })

  test('names the plugins whose code runs', async () => {
    const plugins = ['./one.mjs', './two.mjs']
    const config = sample.replace(/expires: \S+/, `expires: ${soon()}`)
    await writeFile(join(folder, name), `${config}plugins: ${JSON.stringify(plugins)}\n`)
    await writeFile(join(folder, 'one.mjs'), pluginSource())
    await writeFile(join(folder, 'two.mjs'), pluginSource({ rules: ['acme/two'] }))
    const { stdout } = await run(['config', 'print'], variables)
    expect(parse(stdout).plugins).toEqual(plugins)
  })

  test('is the same as JSON', async () => {
    const [yaml, json] = await Promise.all([
      run(['config', 'print'], variables),
      run(['config', 'print', '--json'], variables),
    ])
    expect(JSON.parse(json.stdout)).toEqual(parse(yaml.stdout))
  })

  test('fails as a check would', async () => {
    const result = await run(['config', 'print'], { ...variables, BASE_KEY: '' })
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain(`${name}:7:11: chains.base.rpc[0]: The variable BASE_KEY is not set`)
  })

  test('says what a whole run would come to: accounts, chains, and what it counts', async () => {
    expect((await run(['config', 'check'], variables)).stdout).toBe(
      `${name} can be used: 2 accounts on 2 chains, checked as 3: an account counts once for each of its chains.\n`,
    )
    const ja = await run(['config', 'check', '--locale', 'ja'], variables)
    expect(ja.stdout).toBe(
      `${name} は使えます。2個のチェーンで、2個のアカウントをチェックします(アカウントをチェーンごとに1件と数えて、合わせて3件)。\n`,
    )
  })
})

test.each([
  ['an action that there is not', ['config', 'edit'], 'It takes one of: check, print.'],
  ['no action', ['config'], 'This command needs ACTION.'],
  ['no file', ['config', 'check'], 'There is no config file here.'],
  [
    'an option of a check',
    ['config', 'check', '--rpc-url', 'http://127.0.0.1:1'],
    'There is no option --rpc-url here.',
  ],
])('%s is wrong usage', async (_, args, words) => {
  const result = await run(args)
  expect(result).toMatchObject({ exitCode: 2, stdout: '' })
  expect(result.stderr).toContain(words)
})

function soon(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
}

describe('a config file that is there and cannot be read is not passed over', () => {
  const check = ['check', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', '--rpc-url', 'http://127.0.0.1:9']

  test.each<[string, string, () => Promise<unknown>]>([
    ['a folder', 'EISDIR', () => mkdir(join(folder, name))],
    ['a link to nothing', 'ENOENT', () => symlink('nothing', join(folder, name))],
    ['a link to itself', 'ELOOP', () => symlink(name, join(folder, name))],
  ])('%s', async (_, code, make) => {
    await make()
    const said = `Error: The file ${name} cannot be read (${code}).\n`
    expect(await run(check)).toEqual({ exitCode: 2, stdout: '', stderr: said })
    expect(await run([...check, '--no-config'])).toMatchObject({ exitCode: 3 })
  })
})
