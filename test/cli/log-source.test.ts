import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { emptyFolder } from '../store/support/folder.ts'
import { cli } from '../support/cli.ts'
import { startSmallChain } from '../support/small-chain.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const from = (variable: string) => `\${${variable}}`
const node = ['--rpc-url', 'http://127.0.0.1:9']
const run = (source: string, env: Readonly<Record<string, string>> = {}, more: readonly string[] = []) =>
  cli([account, ...node, '--logs-from', source, ...more], { env })

describe('--logs-from', () => {
  test.each([
    ['explorer', 'This is no source of logs that is known here.', 'Write blockscout:URL, etherscan'],
    ['blockscout:explorer.example/secretpart', 'must begin with https:// or http://', 'Write blockscout:URL'],
    ['sqd:https://portal.example/datasets/x?key=secretpart', 'holds a user, a query', 'WALLET_CHECKUP_LOGS_KEY'],
    ['etherscan', 'needs a key, in the variable WALLET_CHECKUP_LOGS_KEY', 'Set it to your key'],
  ])('%s is refused, and what may be a key is not repeated', async (source, words, hint) => {
    const { exitCode, stdout, stderr } = await run(source)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(words)
    expect(stderr).toContain(hint)
    expect(stderr).not.toContain('secretpart')
  })

  test('a refusal speaks Japanese as well', async () => {
    const { exitCode, stderr } = await run('etherscan', {}, ['--locale', 'ja'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('環境変数 WALLET_CHECKUP_LOGS_KEY に設定してください。')
  })

  test('a key with a line break in it is refused and not repeated', async () => {
    const { exitCode, stderr } = await run('etherscan', { WALLET_CHECKUP_LOGS_KEY: 'secret\npart' })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('holds characters that no key has')
    expect(stderr).not.toMatch(/secret|part/)
  })

  test('a private key in place of the key is refused unread', async () => {
    const { exitCode, stderr } = await run('etherscan', { WALLET_CHECKUP_LOGS_KEY: 'ab'.repeat(32) })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('WALLET_CHECKUP_LOGS_KEY holds something that looks like a private key')
    expect(stderr).not.toContain('abab')
  })

  test('says who will see the address before anything is asked, and shows neither path nor key', async () => {
    const { exitCode, stderr } = await run(
      'rpc:http://127.0.0.1:9/secretpath/{key}',
      { WALLET_CHECKUP_LOGS_KEY: 'secretkey' },
      ['-o', 'json'],
    )
    expect(exitCode).toBe(3)
    expect(stderr).toContain('Logs are searched at 127.0.0.1:9. Its operator sees the address and your IP address.')
    expect(stderr).not.toMatch(/secretpath|secretkey/)
  })
})

describe('a key that the URL has no place for', () => {
  const env = { WALLET_CHECKUP_LOGS_KEY: 'secretkey' }

  test('stops nothing, and is told', async () => {
    const { exitCode, stderr } = await run('rpc:http://127.0.0.1:9/', env)
    expect(exitCode).toBe(3)
    expect(stderr).toContain('is not used: the URL behind rpc: has no {key}.')
    expect(stderr).not.toContain('secretkey')
  })

  test('is told in Japanese as well', async () => {
    const { stderr } = await run('rpc:http://127.0.0.1:9/', env, ['--locale', 'ja'])
    expect(stderr).toContain('rpc: のURLに {key} がないため')
  })

  test.each([
    ['where it has one', 'rpc:http://127.0.0.1:9/{key}', env],
    ['where the source takes it in another way', 'blockscout:http://127.0.0.1:9', env],
    ['where no key is given', 'rpc:http://127.0.0.1:9/', {}],
  ])('is not told of %s', async (_, source, given) => {
    const { exitCode, stderr } = await run(source, given)
    expect(exitCode).toBe(3)
    expect(stderr).not.toContain('{key}')
  })

  test('is told of a source in the config file, and its key is for no other host', async () => {
    const cwd = await emptyFolder()
    const logs = { logsFrom: 'rpc:http://127.0.0.1:9/', logsKey: from('LOGS_KEY') }
    const chains = { mainnet: { rpc: 'http://127.0.0.1:9', ...logs } }
    const file = { version: 1, chains, accounts: [{ address: account, chains: ['mainnet'] }] }
    await writeFile(join(cwd, 'wallet-checkup.config.json'), JSON.stringify(file))
    const unused = 'is not used: the URL behind rpc: has no {key}.'
    const given = { cwd, env: { LOGS_KEY: 'secretkey' } }
    const filed = await cli(['check'], given)
    expect(filed.exitCode).toBe(3)
    expect(filed.stderr).toContain(unused)
    const other = await cli(['check', '--logs-from', 'rpc:http://127.0.0.1:9/{key}'], given)
    expect(other.exitCode).toBe(2)
    expect(other.stderr).toContain('needs a key, in the variable WALLET_CHECKUP_LOGS_KEY')
    expect(other.stderr).not.toContain(unused)
  })
})

describe('a source that fails', () => {
  const chains: { close: () => Promise<void> }[] = []
  afterEach(() => Promise.all(chains.splice(0).map(({ close }) => close())))

  /** The report as JSON, and the tables of it without their line breaks. */
  async function check(...given: readonly string[]) {
    const chain = await startSmallChain({ over: { eth_getTransactionCount: { result: '0x3' } } })
    chains.push(chain)
    const report = await cli([account, '--rpc-url', chain.url, '--timeout', '5', '-o', 'json', ...given])
    const file = join(await emptyFolder(), 'report.json')
    await writeFile(file, report.stdout)
    const inWords = async (locale: string) =>
      (await cli(['report', file, '--locale', locale])).stdout.replace(/\s+/g, locale === 'ja' ? '' : ' ')
    return {
      exitCode: report.exitCode,
      json: report.stdout.replace(/\s+/g, ' '),
      en: await inWords('en'),
      ja: await inWords('ja'),
    }
  }

  test('is named as what failed, and the RPC URL is not to be checked: --logs-from', async () => {
    const { exitCode, json, en, ja } = await check('--logs-from', 'rpc:http://127.0.0.1:9/secretpath')
    expect(exitCode).toBe(3)
    expect(json).toContain('"code": "log-source-failed", "message": "The source 127.0.0.1:9 failed. No connection to')
    expect(en).toContain('Event logs: The source 127.0.0.1:9 failed. No connection to 127.0.0.1:9 (ECONNREFUSED).')
    expect(en).toContain(
      '- Check the URL of the source and your connection. - Use another source with --logs-from or --history-url, or none.',
    )
    expect(en).not.toContain('Check the RPC URL')
    expect(ja).toContain('取得先127.0.0.1:9から読み取れませんでした。127.0.0.1:9に接続できませんでした(ECONNREFUSED)。')
    expect(ja).toContain('取得先のURLとインターネット接続を確認してください。')
    expect(ja).not.toContain('RPCURLとインターネット接続')
    expect(json + en + ja).not.toContain('secretpath')
  })

  test('is named as what failed, and the RPC URL is not to be checked: --history-url', async () => {
    const { exitCode, json, en, ja } = await check('--history-url', 'http://127.0.0.1:9/secretpath')
    expect(exitCode).toBe(3)
    expect(json).toContain('"code": "log-source-failed", "message": "The source 127.0.0.1:9 failed. No connection to')
    expect(en).toContain('127.0.0.1:9 listed no transactions. No connection to 127.0.0.1:9 (ECONNREFUSED).')
    expect(en).toContain('The source 127.0.0.1:9 failed. No connection to 127.0.0.1:9 (ECONNREFUSED).')
    expect(en).toContain('- Check the URL of the source and your connection.')
    expect(en).not.toContain('Check the RPC URL')
    expect(ja).toContain('127.0.0.1:9からは取引の一覧を得られませんでした。127.0.0.1:9に接続できませんでした')
    expect(ja).toContain('取得先のURLとインターネット接続を確認してください。')
    expect(json + en + ja).not.toContain('secretpath')
  })
})
