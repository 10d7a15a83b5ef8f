/** Imitations of a recipient, made on a development node in each way that imitators have, and dealings with listed addresses. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { contract, deploy, fund, sendAndMine, transact } from '../../fixtures/chains/contracts.ts'
import { checkup } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import { cli } from '../support/cli.ts'
import { findings, statuses } from './support/demo-check.ts'
import { reportOf } from './support/report-of.ts'

const stranger = at(0xbad)
const friend = getAddress('0xabc4444444444444444444444444444444441234')
const like = (fill: string): Address => getAddress(`0xabc${fill.repeat(33)}1234`)

let node: DevelopmentNode
let token: Address
let forged: Address
let router: Address

beforeAll(async () => {
  node = await startAnvil()
  await fund(node, stranger, 10n ** 20n)
  token = getAddress(await deploy(node, { name: 'NamedToken', args: ['Harbor', 'HRBR', 6, 10n ** 12n, stranger] }))
  forged = getAddress(await deploy(node, { name: 'ForgedToken', args: ['Harbor', 'НRBR'] }))
  router = await deploy(node, { name: 'Router' })
}, 60_000)
afterAll(() => node?.stop())

let accounts = 0
/** An account of its own for each test, with tokens and coins. */
async function newAccount(): Promise<Address> {
  const account = at(0xacc0000n + BigInt(++accounts))
  await fund(node, account, 10n ** 20n)
  await move(stranger, account, 10n ** 9n)
  return account
}

const move = (from: Address, to: Address, amount: bigint) =>
  transact(node, { from, to: token, abi: contract('NamedToken').abi, functionName: 'transfer', args: [to, amount] })
/** Anybody may: nothing is taken. */
const moveNothing = (from: Address, to: Address) =>
  transact(node, {
    from: stranger,
    to: router,
    abi: contract('Router').abi,
    functionName: 'pull',
    args: [token, from, to, 0n],
  })
const forge = (from: Address, to: Address, amount: bigint) =>
  transact(node, {
    from: stranger,
    to: forged,
    abi: contract('ForgedToken').abi,
    functionName: 'forge',
    args: [from, to, amount],
  })
const payCoins = (from: Address, to: Address) => sendAndMine(node, { from, to, value: 1n })

async function check(account: Address, over: Partial<Parameters<typeof checkup>[0]> = {}) {
  return checkup({
    address: account,
    rpcUrl: node.url,
    onlyRules: ['address-poisoning'],
    tokenLists: [{ name: 'mine', date: '2026-10-01', tokens: [{ chainId: 31337, address: token }] }],
    ...over,
  })
}

test.each<[string, (account: Address) => Promise<unknown>, string, string]>([
  ['a transfer of nothing', (account) => moveNothing(account, like('5')), 'empty', like('5')],
  ['a forged transfer of a counterfeit', (account) => forge(account, like('6'), 5_000_000n), 'counterfeit', like('6')],
  [
    'dust',
    async (account) => {
      await fund(node, like('7'), 10n ** 18n)
      await move(stranger, like('7'), 10n)
      await move(like('7'), account, 10n)
    },
    'dust',
    like('7'),
  ],
])('%s is found, with proof that holds when read again', async (_, imitate, sign, lookalike) => {
  const account = await newAccount()
  await move(account, friend, 1_000_000n)
  await imitate(account)
  const report = await check(account)
  expect(findings(report)).toMatchObject([
    {
      subject: { kind: 'counterparty', address: friend },
      data: { imitated: { value: friend }, lookalike: { value: lookalike }, sign: { value: sign } },
      evidence: [{ kind: 'log' }, { kind: 'log' }, { kind: 'second-reading', agrees: true, compared: 2, unread: 0 }],
    },
  ])
  expect(report.result.summary).toMatchObject({ complete: true, exitCode: 1 })
})

test('a recipient of coins is imitated too', async () => {
  const account = await newAccount()
  await payCoins(account, friend)
  await moveNothing(account, like('5'))
  expect(findings(await check(account))).toMatchObject([
    {
      data: { imitated: { value: friend } },
      evidence: [{ kind: 'transaction' }, { kind: 'log', sender: stranger }, {}],
    },
  ])
})

test('without the token list the sender of the transaction tells who made it', async () => {
  const account = await newAccount()
  await move(account, friend, 1_000_000n)
  await forge(account, like('6'), 5_000_000n)
  await forge(account, at(0xf00d), 5_000_000n)
  expect(findings(await check(account, { tokenLists: [] }))).toMatchObject([
    { data: { imitated: { value: friend }, lookalike: { value: like('6') }, sign: { value: 'unsent' } } },
  ])
})

test.each<[string, (account: Address) => Promise<unknown>]>([
  ['nobody else', async () => {}],
  ['somebody who does not look like it', (account) => moveNothing(account, at(0xf00d))],
  ['a lookalike that the account paid itself', (account) => move(account, like('5'), 5n)],
  [
    'a lookalike that paid the account in earnest',
    async (account) => {
      await fund(node, like('8'), 10n ** 18n)
      await move(stranger, like('8'), 10n ** 8n)
      await move(like('8'), account, 10n ** 8n)
    },
  ],
])('nothing is found where there is %s', async (_, act) => {
  const account = await newAccount()
  await move(account, friend, 1_000_000n)
  await act(account)
  const report = await check(account)
  expect(statuses(report)).toEqual({ 'address-poisoning': 'passed' })
})

test('forged events around a payment hide neither it nor its imitation', async () => {
  const account = await newAccount()
  await forge(account, friend, 1n)
  await move(account, friend, 1_000_000n)
  await forge(account, like('6'), 5_000_000n)
  await move(account, like('6'), 5n)
  await forge(account, friend, 1n)
  expect(findings(await check(account))).toMatchObject([
    { data: { imitated: { value: friend }, lookalike: { value: like('6') }, sign: { value: 'counterfeit' } } },
  ])
})

test('events alone make no recipient: a forged history imitates nobody', async () => {
  const account = await newAccount()
  await forge(account, friend, 5_000_000n)
  await moveNothing(account, like('5'))
  expect(statuses(await check(account))).toEqual({ 'address-poisoning': 'passed' })
})

test('without logs it is not known', async () => {
  const account = await newAccount()
  expect(statuses(await check(account, { quick: true }))).toEqual({ 'address-poisoning': 'inconclusive' })
})

describe('sanctioned addresses, by the real command', () => {
  const listed = at(0x5a9c710)
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const checkWith = async (account: Address, text: string) => {
    const file = join(folder, 'sanctions.txt')
    await writeFile(file, text)
    const tokens = join(folder, 'tokens.txt')
    await writeFile(tokens, `31337:${token}\n`)
    const lists = ['--sanctions-list', file, '--token-list', tokens]
    return cli(['check', account, '--rpc-url', node.url, '--rule', 'sanctioned-counterparty', '-o', 'json', ...lists])
  }
  const today = () => new Date().toISOString().slice(0, 10)

  test('coins and tokens that went there, and tokens that came from there', async () => {
    const account = await newAccount()
    await payCoins(account, listed)
    await move(account, at(0x5a9c711), 5n)
    await fund(node, at(0x5a9c712), 10n ** 18n)
    await move(stranger, at(0x5a9c712), 9n)
    await move(at(0x5a9c712), account, 9n)
    await forge(account, at(0x5a9c713), 5n)
    const all = [0, 1, 2, 3].map((each) => at(0x5a9c710 + each)).join('\n')
    const run = await checkWith(account, `# date: ${today()}\n${all}\n`)
    const report = reportOf(run)
    expect(findings(report).map(({ messageId, subject }) => [messageId, subject])).toEqual(
      expect.arrayContaining([
        ['sent', { kind: 'counterparty', address: listed }],
        ['sent', { kind: 'counterparty', address: at(0x5a9c711) }],
        ['received', { kind: 'counterparty', address: at(0x5a9c712) }],
      ]),
    )
    expect(findings(report)).toHaveLength(3)
    expect(report.run.lists).toContainEqual({ name: 'sanctions.txt', date: today(), entries: 4 })
    expect(run.exitCode).toBe(0)
  })

  test.each([
    ['that is old', '# date: 2025-03-20\n', 'sanctions-list-old'],
    ['without a date, however new the file is', '', 'sanctions-list-undated'],
  ])('a list %s decides nothing', async (_, date, code) => {
    const account = await newAccount()
    await payCoins(account, listed)
    const run = await checkWith(account, `${date}${listed}\n`)
    expect(run.exitCode).toBe(3)
    expect(reportOf(run).result.targets[0]?.outcomes).toMatchObject([
      { status: 'inconclusive', because: { missing: [{ about: 'sanctions-list', error: { code } }] } },
    ])
  })

  test('without a list nothing is compared', async () => {
    const report = await check(await newAccount(), { onlyRules: ['sanctioned-counterparty'] })
    expect(statuses(report)).toEqual({ 'sanctioned-counterparty': 'not-applicable' })
  })
})
