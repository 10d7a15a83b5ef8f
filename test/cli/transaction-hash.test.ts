/** `--tx`: what has the shape of a key is taken there alone, and never repeated before a node knows it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { type CliRun, cli } from '../support/cli.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
// Nothing here is anybody's: one byte over and over.
const digits = 'ab'.repeat(32)
const hash = `0x${digits}`
const nobody = ['--rpc-url', 'http://127.0.0.1:9'] as const

function expectSilence({ stdout, stderr }: CliRun): void {
  expect(stdout + stderr).not.toMatch(/abab/i)
}

describe('is refused as a key where it is not the value of --tx', () => {
  test.each<[string, readonly string[]]>([
    ['as the address', [hash]],
    ['as a second value', [account, ...nobody, '--tx', hash, hash]],
    ['as the address, behind another option that took --tx', ['--chain', '--tx', hash]],
    ['behind the end of the options', [account, '--', '--tx', hash]],
    ['behind another option', [account, '--chain', hash]],
    ['behind a longer name', [account, `--tx-hash=${hash}`]],
    ['behind --tx, with another option between', [account, '--tx', '--quiet', hash]],
    ['without its 0x', [account, ...nobody, '--tx', digits]],
    ['without its 0x, joined', [account, ...nobody, `--tx=${digits}`]],
    ['with an upper-case X', [account, ...nobody, '--tx', `0X${digits}`]],
    ['a second one behind the same option', [account, ...nobody, '--tx', hash, hash]],
    ['with a space after it', [account, ...nobody, '--tx', `${hash} `]],
    ['with something after it', [account, ...nobody, '--tx', `${hash},${hash}`]],
    ['with something before it', [account, ...nobody, '--tx', `key ${hash}`]],
  ])('%s', async (_, args) => {
    const run = await cli(args)
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('looks like a private key')
    expect(run.stderr.replace(/\s+/g, ' ')).toContain('one --tx for each hash, with nothing before or after it.')
    expectSilence(run)
  })

  test.each([
    ['en', 'Of a link to a transaction, give --tx only the hash at its end'],
    ['ja', '取引のリンクの場合は、末尾のハッシュ'],
  ])('as a link, it says which part to give: %s', async (locale, words) => {
    const link = `https://explorer.example/tx/${hash}`
    const run = await cli([account, ...nobody, '--tx', link, '--locale', locale])
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain(words)
    expectSilence(run)
  })

  test('in a variable', async () => {
    const run = await cli([account, ...nobody], { env: { WALLET_CHECKUP_TX: hash } })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('The environment variable WALLET_CHECKUP_TX holds')
    expectSilence(run)
  })
})

describe('is never repeated', () => {
  test.each<[string, readonly string[], string]>([
    ['too short', [account, ...nobody, '--tx', hash.slice(0, -1)], '--tx: This is not the hash of a transaction.'],
    ['too long', [account, ...nobody, `--tx=${hash}a`], '--tx: This is not the hash of a transaction.'],
    ['by a command that has no --tx', ['rules', '--tx', hash], 'There is no option --tx here.'],
    ['by a command that has no --tx, joined', ['report', `--tx=${hash}`, 'x'], 'There is no option'],
    ['beside saved facts', ['--facts', 'facts.json', '--tx', hash], '--tx has no effect together with --facts'],
    [
      'for two accounts',
      [account, '0x00000000219ab540356cBB839Cbe05303d7705Fa', ...nobody, '--tx', hash],
      '--tx is about one account',
    ],
    ['where no address is given', [...nobody, '--tx', hash], 'No address was given.'],
  ])('%s', async (_, args, words) => {
    const run = await cli(args)
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain(words)
    expectSilence(run)
  })

  test('in a report of an endpoint that does not answer', async () => {
    const run = await cli([account, ...nobody, '--tx', hash, '-o', 'json', '--rule', 'invisible-transaction'])
    expect(run.exitCode).toBe(3)
    expectSilence(run)
  })

  test('in Japanese either', async () => {
    const run = await cli([account, ...nobody, '--tx', hash.slice(0, -1), '--locale', 'ja'])
    expect(run.stderr).toContain('--tx: 取引のハッシュではありません。')
    expectSilence(run)
  })
})

describe('is looked up', () => {
  let node: DevelopmentNode
  let folder: string
  let mined: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
    node = await startAnvil()
    await node.send('anvil_setBalance', [account, '0x3635c9adc5dea00000'])
    mined = String(await node.send('eth_sendTransaction', [{ from: account, to: account, value: '0x1' }]))
  }, 30_000)
  afterAll(async () => {
    await node.stop()
    await rm(folder, { recursive: true })
  })

  const check = (...args: readonly string[]) =>
    cli([account, '--rpc-url', node.url, '--rule', 'invisible-transaction', '--quiet', ...args])

  test('a mined one is told whole, an unknown one by its ends, in the report and in the facts', async () => {
    const facts = join(folder, 'facts.json')
    const run = await check('--tx', hash.toUpperCase().replace('0X', '0x'), `--tx=${mined}`, '--save-facts', facts)
    expect(run.exitCode).toBe(0)
    expect(run.stdout).toContain('no transaction with the hash 0xabab…abab')
    expect(run.stdout.replace(/\s+/g, ' ')).toContain(`${mined} with nonce 0 was mined in block 1. It succeeded.`)
    const kept = await readFile(facts, 'utf8')
    expect(kept).toContain('0xabab…abab')
    for (const text of [run.stdout, run.stderr, kept]) expect(text).not.toContain('ababab')
    const again = await cli(['--facts', facts, '--rule', 'invisible-transaction', '-o', 'json'])
    expect(again.stdout).toContain('0xabab…abab')
    expect(again.stdout).toContain(`"hash": "${mined}"`)
  })

  test('nothing of it is asked when it is refused', async () => {
    const { exitCode } = await check('--tx', mined.slice(2))
    expect(exitCode).toBe(2)
  })
})
