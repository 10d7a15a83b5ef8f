import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CliRun, cli } from '../support/cli.ts'

// Nothing here is anybody's: one byte or one word, over and over.
const key = 'ab'.repeat(32)
const phrase = Array(12).fill('abandon').join(' ')
const japanese = Array(12).fill('あいこくしん').join('\u3000')
const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const keystore = JSON.stringify({ crypto: { ciphertext: 'cd'.repeat(20) } })
const vault = JSON.stringify({ data: 'ef'.repeat(20), iv: 'x', salt: 'y' })
const parts = ['abab', 'abandon', 'あいこくしん', 'cdcd', 'efef', 'zzzz']

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

function expectRefusal({ exitCode, stdout, stderr }: CliRun, words: string): void {
  expect(exitCode).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain(words)
  for (const part of parts) expect(stderr).not.toContain(part)
}

describe('on the command line', () => {
  test.each<[string, readonly string[], string]>([
    ['a key as the address', [key], 'a private key'],
    ['a key with 0x, behind the command', ['check', `0x${key}`], 'a private key'],
    ['a key as an unknown option', [`--${key}`], 'a private key'],
    ['a key as the value of an option', [account, '--chain', key], 'a private key'],
    ['a key joined to its option', [account, `--fail-on=${key}`], 'a private key'],
    ['a key as the name of a rule', ['rules', key], 'a private key'],
    ['a quoted phrase', [phrase], 'a secret recovery phrase'],
    ['a phrase of many arguments', phrase.split(' '), 'a secret recovery phrase'],
    ['a Japanese phrase', [japanese], 'a secret recovery phrase'],
    ['an extended key', ['xprv'.padEnd(111, 'z')], 'an extended private key'],
    ['a keystore', [keystore], 'a keystore file'],
    ['a vault', [vault], "a wallet's vault"],
  ])('%s is refused and not repeated', async (_, args, words) => {
    const run = await cli(args)
    expectRefusal(run, words)
    expect(run.stderr).toContain('Delete it from the history of your shell')
  })

  test('the refusal tells what npm may have kept, and only where npm started the program', async () => {
    const env = { npm_lifecycle_event: 'start', npm_config_user_agent: 'npm/11.0.0 node/v20', npm_config_cache: '/npm' }
    const { stderr } = await cli([key], { env })
    expect(stderr).toContain('npm, which started this program, may have shown it on the screen')
    expect(stderr).toContain('delete the newest files in /npm/_logs')
    expect((await cli([key, '--locale', 'ja'], { env })).stderr).toContain('/npm/_logs の新しいファイルを削除')
    expect((await cli([key])).stderr).not.toContain('npm')
    const silent = { npm_config_loglevel: 'silent', npm_config_logs_max: '0' }
    expect((await cli([key], { env: { ...env, ...silent } })).stderr).not.toContain('npm')
  })

  test('a key is refused before help or version', async () => {
    expectRefusal(await cli(['--help', key]), 'a private key')
  })

  test('the refusal of a key says that a transaction hash looks the same', async () => {
    expect((await cli([`0x${key}`])).stderr).toContain('A transaction hash has the same shape')
  })

  test('the refusal speaks the chosen language', async () => {
    const run = await cli([key, '--locale', 'ja'])
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('コマンドラインに、秘密鍵のようなものが含まれています')
    expect(run.stderr).not.toContain('abab')
  })
})

test.each([
  ['WALLET_CHECKUP_RPC_URL', key],
  ['WALLET_CHECKUP_ANYTHING', phrase],
])('in the variable %s', async (name, secret) => {
  const run = await cli(['rules'], { env: { [name]: secret } })
  expectRefusal(run, `The environment variable ${name} holds`)
  const [, firstAdvice = ''] = run.stderr.split('→')
  expect(firstAdvice).toContain(`Remove the variable ${name}`)
})

test('a variable of another program is none of our business', async () => {
  expect((await cli(['--version'], { env: { OTHER_KEY: key } })).exitCode).toBe(0)
})

describe('in a file', () => {
  const file = () => join(folder, 'given')

  test.each<[string, string, (file: string) => readonly string[]]>([
    [
      'a token list',
      `${account}\n${key}\n`,
      (given) => [account, '--rpc-url', 'http://127.0.0.1:9', '--token-list', given],
    ],
    [
      'a list of sanctioned addresses',
      phrase,
      (given) => [account, '--rpc-url', 'http://127.0.0.1:9', '--sanctions-list', given],
    ],
    ['a threat list', phrase, (given) => [account, '--rpc-url', 'http://127.0.0.1:9', '--threat-list', given]],
    ['the shown tokens', key, (given) => [account, '--rpc-url', 'http://127.0.0.1:9', '--shown-tokens', given]],
    ['expected spenders', key, (given) => [account, '--rpc-url', 'http://127.0.0.1:9', '--expected-spenders', given]],
    ['saved facts', keystore, (given) => ['--facts', given]],
    ['a report', vault, (given) => ['report', given]],
  ])('given as %s', async (_, text, args) => {
    await writeFile(file(), text)
    const run = await cli(args(file()))
    expectRefusal(run, `The file ${file()} holds`)
    const [, firstAdvice = ''] = run.stderr.split('→')
    expect(firstAdvice).toContain(`delete it from this file`)
    // Whoever deletes the only copy of a phrase loses the wallet.
    expect(firstAdvice).toContain('Be sure that you have it on paper')
    expect(run.stderr).not.toContain('history')
  })

  test('a phrase too long for a file but not for an argument is still the file’s', async () => {
    await writeFile(file(), Array(13).fill('abandon').join('-'))
    const run = await cli([account, '--rpc-url', 'http://127.0.0.1:9', '--shown-tokens', file()])
    expectRefusal(run, `The file ${file()} holds`)
  })
})
