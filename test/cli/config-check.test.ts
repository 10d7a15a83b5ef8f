/** `check` with a config file, a table of accounts, and options that outrank both. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { at } from '../../src/testing.ts'
import { reportOf } from '../end-to-end/support/report-of.ts'
import { cli } from '../support/cli.ts'
import { startSmallChain } from '../support/small-chain.ts'

const name = 'wallet-checkup.config.yaml'
const ops = at(0x0b5)
const cold = at(0xc01d)
const from = (variable: string) => `"\${${variable}}"`

let folder: string
let chain: Awaited<ReturnType<typeof startSmallChain>>
let other: Awaited<ReturnType<typeof startSmallChain>>

beforeAll(async () => {
  chain = await startSmallChain({ ageSeconds: 7200 })
  other = await startSmallChain({ ageSeconds: 7200, over: { eth_chainId: { result: '0x539' } } })
})
afterAll(() => Promise.all([chain.close(), other.close()]))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-config-'))
})
afterEach(() => rm(folder, { recursive: true }))

const config = `version: 1
chains:
  devnet: { id: 31337, rpc: ${from('DEVNET_RPC')} }
  other: { id: 1337, rpc: ${from('OTHER_RPC')} }
accounts:
  - address: "${ops}"
    label: ops
    tags: [hot]
    chains: [devnet]
  - address: "${cold}"
    label: cold
tags:
  hot: { rules: { stale-head: off } }
rules:
  stale-head: low
`

type More = { readonly env?: Readonly<Record<string, string>>; readonly input?: string }

async function run(args: readonly string[], { env, input }: More = {}) {
  const variables = env ?? { DEVNET_RPC: chain.url, OTHER_RPC: other.url }
  return cli(args, { cwd: folder, env: variables, ...(input !== undefined && { input }) })
}
const write = (text: string, file = name) => writeFile(join(folder, file), text)
const checked = ({ result }: ReturnType<typeof reportOf>) =>
  result.targets.map(({ label, account, chain: on }) => `${label ?? account} ${on?.id}`)

test('facts are saved of an account that could not be checked as well', async () => {
  await write(
    `version: 1\nchains: { devnet: { id: 31337, rpc: ${from('DEVNET_RPC')} } }\naccounts: [{ address: nobody.eth }]\n`,
  )
  const live = reportOf(await run(['check', '--save-facts', 'facts.json', '-o', 'json']))
  const again = reportOf(await run(['check', '--facts', 'facts.json', '-o', 'json']))
  expect(live.result.unchecked).toMatchObject([{ input: 'nobody.eth' }])
  expect(again.result.unchecked).toMatchObject([{ input: 'nobody.eth' }])
})

describe('check without an account', () => {
  test('checks all that the file names, on their chains, and says where each stands', async () => {
    await write(config)
    const result = await run(['check', '-o', 'json'])
    const report = reportOf(result)
    expect(checked(report)).toEqual(['cold 1337', 'ops 31337', 'cold 31337'])
    expect(report.result.targets.map(({ declaredAt, tags }) => ({ declaredAt, tags }))).toEqual([
      { declaredAt: { file: name, line: 10 }, tags: undefined },
      { declaredAt: { file: name, line: 6 }, tags: ['hot'] },
      { declaredAt: { file: name, line: 10 }, tags: undefined },
    ])
    expect(result.exitCode).toBe(report.result.summary.exitCode)
  })

  test('judges each account by its own rules', async () => {
    await write(config)
    const { result } = reportOf(await run(['-o', 'json']))
    const severities = result.targets.map(({ outcomes }) =>
      outcomes
        .filter(({ ruleId }) => ruleId === 'stale-head')
        .map((outcome) => (outcome.status === 'found' ? outcome.findings[0]?.severity : outcome.status)),
    )
    expect(severities).toEqual([['low'], [], ['low']])
  })

  test('writes what the file asks for beside the file, and ends by its level', async () => {
    await mkdir(join(folder, 'treasury'))
    await write(`${config}outputs: [json=report.json]\nfailOn: low\nallowIncomplete: true\n`, 'treasury/wallets.yml')
    const result = await run(['check', '--config', 'treasury/wallets.yml'])
    expect(result).toMatchObject({ exitCode: 1, stdout: '' })
    // It was named: whoever named it knows.
    expect(result.stderr).toBe('')
    const report = reportOf({ ...result, stdout: await readFile(join(folder, 'treasury/report.json'), 'utf8') })
    expect(report.result.targets[0]?.declaredAt).toEqual({ file: 'treasury/wallets.yml', line: 10 })
  })

  test('says that a file decides that nobody named', async () => {
    await write(config)
    expect((await run(['check', '-o', 'json'])).stderr).toBe(
      `The config file ${name} says what is checked. To use none: --no-config\n`,
    )
    expect((await run(['check', '-o', 'json', '--quiet'])).stderr).toBe('')
    expect((await run(['check', '--locale', 'ja', '-o', 'json'])).stderr).toContain('に従ってチェックします。')
  })

  test('writes to a whole path where the file gives one', async () => {
    await mkdir(join(folder, 'treasury'))
    await write(`${config}outputs: ["json=${join(folder, 'whole.json')}"]\n`, 'treasury/wallets.yml')
    await run(['check', '--config', 'treasury/wallets.yml'])
    expect(JSON.parse(await readFile(join(folder, 'whole.json'), 'utf8'))).toHaveProperty('result.targets')
  })

  test('reads lists beside the file, and looks for the tokens that are expected', async () => {
    await mkdir(join(folder, 'treasury'))
    await write(`${at(0xbad)}\n`, 'treasury/drainers.txt')
    const lists = `lists: { threats: [drainers.txt] }\nexpectedTokens: ["${at(0x701)}", "${at(0x702)}"]\n`
    await write(config + lists, 'treasury/wallets.yml')
    const args = ['check', '--config', 'treasury/wallets.yml', '-o', 'json']
    const names = (report: ReturnType<typeof reportOf>) => report.run.lists.map(({ name, entries }) => [name, entries])
    const found = names(reportOf(await run(args)))
    expect(found).toContainEqual(['drainers.txt', 1])
    expect(found).toContainEqual(['expectedTokens', 2])
    // A list on the command line takes the place of the file's.
    await write(`${at(1)}\n${at(2)}\n`, 'other.txt')
    const replaced = names(reportOf(await run([...args, '--threat-list', 'other.txt'])))
    expect(replaced).toContainEqual(['other.txt', 2])
    expect(replaced).not.toContainEqual(['drainers.txt', 1])
  })

  test('leaves alone what the file suppresses, and says where', async () => {
    const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const suppression = `{ rule: stale-head, account: cold, chain: other, reason: being replaced, expires: ${expires} }`
    await write(`${config}failOn: low\nsuppressions: [${suppression}]\n`)
    const { result } = reportOf(await run(['check', '--chain', 'other', '-o', 'json']))
    expect(result.summary.suppressed).toBe(1)
    expect(result.summary.exitCode).not.toBe(1)
    expect(JSON.stringify(result.targets)).toContain(
      JSON.stringify({ reason: 'being replaced', expires, declaredAt: { file: name, line: 17 } }),
    )
  })

  test('lets options outrank the file', async () => {
    await write(`${config}outputs: [json=report.json]\nfailOn: low\nallowIncomplete: true\n`)
    const result = await run(['check', '--fail-on', 'high', '-o', 'json'])
    expect(result.exitCode).toBe(0)
    expect(checked(reportOf(result))).toHaveLength(3)
  })

  test('goes on where one node is gone, and says what is not known', async () => {
    await write(config)
    const result = await run(['-o', 'json'], { env: { DEVNET_RPC: chain.url, OTHER_RPC: 'http://127.0.0.1:1' } })
    const report = reportOf(result)
    expect(result.exitCode).toBe(3)
    expect(report.result.targets.map(({ label, verdict }) => [label, verdict])).toContainEqual(['cold', 'inconclusive'])
    expect(checked(report)).toHaveLength(3)
  })

  test('asks the next endpoint of a chain where one fails', async () => {
    await write(config.replace(from('OTHER_RPC'), `["http://127.0.0.1:1", ${from('OTHER_RPC')}]`))
    const report = reportOf(await run(['check', '--chain', 'other', '-o', 'json']))
    expect(report.result.targets).toMatchObject([{ label: 'cold', chain: { id: 1337 } }])
    expect(report.run.endpoints.map(({ host }) => host)).toEqual(['127.0.0.1:1', new URL(other.url).host])
  })

  test('finds a file in JSON as well', async () => {
    const json = { version: 1, chains: { devnet: { id: 31337, rpc: chain.url } }, accounts: [{ address: ops }] }
    await write(JSON.stringify(json, null, 2), 'wallet-checkup.config.json')
    expect(checked(reportOf(await run(['-o', 'json'])))).toEqual([`${ops} 31337`])
  })

  test('reads accounts of a table beside the file', async () => {
    await write(config.replace(/accounts:.*(?=tags:\n {2}hot)/s, 'accountsFrom: lists/accounts.csv\n'))
    await mkdir(join(folder, 'lists'))
    await write(`address,label,chains,tags\n${ops},ops,devnet,hot\n${cold},cold,other,\n`, 'lists/accounts.csv')
    const report = reportOf(await run(['-o', 'json']))
    expect(checked(report)).toEqual(['cold 1337', 'ops 31337'])
    expect(report.result.targets[0]?.declaredAt).toEqual({ file: 'lists/accounts.csv', line: 3 })
  })
})

describe('a choice on the command line', () => {
  test.each([
    ['an account by its label', ['ops'], ['ops 31337']],
    ['an account by its address', [cold.toLowerCase()], ['cold 1337', 'cold 31337']],
    ['a chain by its name', ['check', '--chain', 'devnet'], ['ops 31337', 'cold 31337']],
    ['a chain by its id', ['check', '--chain', '1337'], ['cold 1337']],
    ['two accounts', ['ops', 'cold', '--chain', 'devnet'], ['ops 31337', 'cold 31337']],
    ['an account on a chain', ['cold', '--chain', 'other'], ['cold 1337']],
  ])('of %s checks no other', async (_, args, expected) => {
    await write(config)
    expect(checked(reportOf(await run([...args, '-o', 'json'])))).toEqual(expected)
  })

  test('of a chain needs no variable of another', async () => {
    await write(config)
    const result = await run(['--chain', 'devnet', '-o', 'json'], { env: { DEVNET_RPC: chain.url } })
    expect(checked(reportOf(result))).toEqual(['ops 31337', 'cold 31337'])
  })

  test('may give that chain another endpoint', async () => {
    await write(config)
    const env = { DEVNET_RPC: 'http://127.0.0.1:1' }
    const result = await run(['ops', '--rpc-url', chain.url, '-o', 'json'], { env })
    expect(reportOf(result).run.endpoints[0]?.host).toBe(new URL(chain.url).host)
  })

  test('of an account that the file does not name goes by the options alone, and says so', async () => {
    await write(config)
    const result = await run([at(7), '--rpc-url', chain.url, '-o', 'json'], { env: {} })
    expect(checked(reportOf(result))).toEqual([`${at(7)} 31337`])
    expect(result.stderr).toContain(`${name} does not name this account, so it is checked by the options alone.`)
  })

  test('of no file looks at none', async () => {
    await write('this: is: no: config')
    const result = await run([at(7), '--no-config', '--rpc-url', chain.url, '-o', 'json'])
    expect(checked(reportOf(result))).toEqual([`${at(7)} 31337`])
    expect((await run(['check', '--no-config'])).stderr).toContain('No address was given.')
  })
})

describe('--accounts', () => {
  test('checks the accounts of a table on the chain that is named', async () => {
    await write(`${ops}, ops\n${cold}\n`, 'accounts.txt')
    const args = ['--accounts', 'accounts.txt', '--chain', '31337', '--rpc-url', chain.url, '-o', 'json']
    const report = reportOf(await run(args))
    expect(checked(report)).toEqual(['ops 31337', `${cold} 31337`])
    expect(report.result.targets[1]?.declaredAt).toEqual({ file: 'accounts.txt', line: 2 })
  })

  test('reads standard input', async () => {
    const args = ['--accounts', '-', '--chain', '31337', '--rpc-url', chain.url, '-o', 'json']
    expect(checked(reportOf(await run(args, { input: `address,label\n${ops},ops\n` })))).toEqual(['ops 31337'])
  })

  test('takes the place of the accounts of the file, and keeps its chains and tags', async () => {
    await write(config)
    const report = reportOf(
      await run(['--accounts', '-', '-o', 'json'], { input: `address,chains,tags\n${at(9)},devnet,hot\n` }),
    )
    expect(checked(report)).toEqual([`${at(9)} 31337`])
    expect(report.result.targets[0]?.outcomes.some(({ ruleId }) => ruleId === 'stale-head')).toBe(false)
  })
})

describe('what is wrong is said before anything is asked, in both languages', () => {
  test.each([
    [
      'a mistyped key',
      config.replace('chains:', 'chain:'),
      [],
      `${name}:2:1: chain: There is no key chain here.`,
      '`chains` の間違い',
    ],
    [
      'an unknown output',
      `${config}outputs: [tabel]\n`,
      [],
      `${name}:16:11: outputs[0]: There is no output format`,
      '出力形式',
    ],
    [
      'a source of logs that there is not',
      config.replace('31337,', '31337, logsFrom: scan,'),
      [],
      `${name}:3:34: chains.devnet.logsFrom: This is no source of logs`,
      'ログの',
    ],
    [
      'an account that a named file does not have',
      config,
      [at(7), '--config', name],
      `The config file ${name} names no account`,
      '設定ファイル',
    ],
    [
      'one account that it has, and one that it has not',
      config,
      ['ops', at(7)],
      `The config file ${name} names no account`,
      '設定ファイル',
    ],
    [
      'one endpoint for two chains',
      config,
      ['check', '--rpc-url', 'http://127.0.0.1:1'],
      '--rpc-url is about one chain, and 2 chains are checked.',
      '--rpc-url は1つのチェーンに',
    ],
    [
      'facts of many',
      config,
      ['check', '--save-facts', 'facts.json'],
      '--save-facts is about one account on one chain, and 3 are checked.',
      '3件をチェックします',
    ],
    [
      'an account and a table',
      config,
      ['ops', '--accounts', '-'],
      'Both an account and --accounts were given.',
      '両方が指定',
    ],
    [
      'a chain that the file does not have',
      config,
      ['check', '--chain', 'devnett'],
      'The file has no chain of this name: devnett.',
      'devnett というチェーン',
    ],
    [
      'saved facts and a file',
      config,
      ['check', '--facts', 'x.json', '--config', name],
      '--config has no effect together with --facts',
      '--config は',
    ],
  ])('%s', async (_, text, args, english, japanese) => {
    await write(text)
    const before = chain.requests.length
    const result = await run([...(args.length === 0 ? ['check'] : args)])
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain(english)
    const translated = await run([...(args.length === 0 ? ['check'] : args), '--locale', 'ja'])
    expect(translated.exitCode).toBe(2)
    expect(translated.stderr).toContain(japanese.replaceAll('`', ''))
    expect(chain.requests.length).toBe(before)
  })

  test('a variable that is not set is named with its line; none is shown', async () => {
    await write(config)
    const result = await run(['check'], { env: { DEVNET_RPC: 'http://127.0.0.1:1/topsecret', OTHER_RPC: '' } })
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain(`${name}:4:27: chains.other.rpc: The variable OTHER_RPC is not set, or is empty.`)
    expect(result.stderr).not.toContain('topsecret')
  })

  test('two files at once', async () => {
    await write(config)
    await write('{}', 'wallet-checkup.config.json')
    const result = await run(['check'])
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain(`There are several config files: ${name}, wallet-checkup.config.json.`)
  })

  test('a file that is not there', async () => {
    expect(await run(['check', '--config', 'none.yaml'])).toMatchObject({ exitCode: 2 })
  })

  test('a table without a chain', async () => {
    const result = await run(['--accounts', '-', '--rpc-url', chain.url], { input: ops })
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain('Name it with --chain, or write a config file.')
  })

  test('a secret in the file, in a table, on standard input or in a variable, told by its place and never repeated', async () => {
    const key = 'ef56'.repeat(16)
    const input = `address,label\n${ops},${key}\n`
    await write(config)
    await write(config.replace('label: ops', `label: "${key}"`), 'secret.yaml')
    await write(input, 'secret.csv')
    const told = async (args: readonly string[], more: More = {}) => {
      const { exitCode, stdout, stderr } = await run(args, more)
      expect(exitCode).toBe(2)
      expect(stdout + stderr).not.toContain('ef56')
      return stderr
    }
    expect(await told(['check', '--config', 'secret.yaml'])).toContain('The file secret.yaml holds something')
    expect(await told(['--accounts', 'secret.csv'])).toContain('The file secret.csv holds something')
    expect(await told(['--accounts', '-'], { input })).toContain('The file stdin holds something')
    const env = { DEVNET_RPC: key, OTHER_RPC: other.url }
    expect(await told(['check'], { env })).toContain('The environment variable DEVNET_RPC holds something')
  })
})
