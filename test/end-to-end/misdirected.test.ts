/** Things that the account sent where nobody can take them from, on a development node, and what only looks like it. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { contract, deploy, fund, sendAndMine, transact } from '../../fixtures/chains/contracts.ts'
import { checkup } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import { findings, statuses } from './support/demo-check.ts'

const stranger = at(0xbad)
const dead = at(0xdead)
const minter: Address = '0xDe9107e700000000000000000000000000000001'
const friend = getAddress('0xabc4444444444444444444444444444444441234')
const imitation = getAddress(`0xabc${'5'.repeat(33)}1234`)
const rules = ['sent-to-token-contract', 'sent-to-burn-address', 'sent-to-lookalike']
let node: DevelopmentNode
let token: Address
let collection: Address
let forged: Address
let router: Address

beforeAll(async () => {
  node = await startAnvil()
  await fund(node, stranger, 10n ** 20n)
  token = getAddress(await deploy(node, { name: 'NamedToken', args: ['Harbor', 'HRBR', 6, 10n ** 12n, stranger] }))
  const preset = { name: 'ERC721PresetMinterPauserAutoId', args: ['Shells', 'SHL', ''] }
  collection = getAddress(await deploy(node, preset))
  forged = getAddress(await deploy(node, { name: 'ForgedToken', args: ['Forged', 'FRG'] }))
  router = await deploy(node, { name: 'Router' })
}, 60_000)
afterAll(() => node?.stop())

let accounts = 0
async function newAccount(): Promise<Address> {
  const account = at(0xacc1000n + BigInt(++accounts))
  await fund(node, account, 10n ** 20n)
  await move(stranger, account, 10n ** 9n)
  return account
}

const move = (from: Address, to: Address, amount: bigint) =>
  transact(node, { from, to: token, abi: contract('NamedToken').abi, functionName: 'transfer', args: [to, amount] })
const forge = (from: Address, to: Address) =>
  transact(node, {
    from: stranger,
    to: forged,
    abi: contract('ForgedToken').abi,
    functionName: 'forge',
    args: [from, to, 5n],
  })
const pull = (from: Address, to: Address, amount: bigint) =>
  transact(node, {
    from,
    to: router,
    abi: contract('Router').abi,
    functionName: 'pull',
    args: [token, from, to, amount],
  })

const check = (address: Address, over: Partial<Parameters<typeof checkup>[0]> = {}) =>
  checkup({
    address,
    rpcUrl: node.url,
    onlyRules: rules,
    tokenLists: [{ name: 'mine', date: '2026-10-01', tokens: [{ chainId: 31337, address: token }] }],
    ...over,
  })
const inShort = async (address: Address) =>
  findings(await check(address)).map(({ ruleId, messageId, data }) => [ruleId, messageId, data.amount?.value ?? null])

test('tokens, an item and coins that went astray are told, each with its amount', async () => {
  const account = await newAccount()
  await transact(node, {
    from: minter,
    to: collection,
    abi: contract('ERC721PresetMinterPauserAutoId').abi,
    functionName: 'mint',
    args: [account],
  })
  await move(account, token, 3_000_000n)
  await move(account, dead, 2_000_000n)
  await transact(node, {
    from: account,
    to: collection,
    abi: contract('ERC721PresetMinterPauserAutoId').abi,
    functionName: 'transferFrom',
    args: [account, dead, 0n],
  })
  await sendAndMine(node, { from: account, to: dead, value: 7n })
  expect((await inShort(account)).toSorted()).toEqual([
    ['sent-to-burn-address', 'coins', '7'],
    ['sent-to-burn-address', 'item', null],
    ['sent-to-burn-address', 'tokens', '2000000'],
    ['sent-to-token-contract', 'tokens', '3000000'],
  ])
}, 60_000)

test.each<[string, (account: Address) => Promise<unknown>]>([
  ['events that a contract made up', async (account) => [await forge(account, forged), await forge(account, dead)]],
  ['a payment to somebody', (account) => move(account, friend, 5n)],
  [
    'what another contract was told to move there',
    async (account) => {
      const approve = {
        from: account,
        to: token,
        abi: contract('NamedToken').abi,
        functionName: 'approve',
        args: [router, 9n],
      }
      await transact(node, approve)
      await pull(account, token, 5n)
    },
  ],
  ['a call without coins', (account) => sendAndMine(node, { from: account, to: dead, value: 0n })],
])(
  'is no finding: %s',
  async (_, act) => {
    const account = await newAccount()
    await act(account)
    expect(statuses(await check(account))).toEqual(Object.fromEntries(rules.map((rule) => [rule, 'passed'])))
  },
  60_000,
)

test('what a router moved there later hides no mistake', async () => {
  const account = await newAccount()
  await move(account, token, 3_000_000n)
  await move(account, dead, 2_000_000n)
  const abi = contract('NamedToken').abi
  await transact(node, { from: account, to: token, abi, functionName: 'approve', args: [router, 99n] })
  for (const to of [token, dead, token, dead]) await pull(account, to, 5n)
  expect((await inShort(account)).toSorted()).toEqual([
    ['sent-to-burn-address', 'tokens', '2000000'],
    ['sent-to-token-contract', 'tokens', '3000000'],
  ])
}, 60_000)

test('a payment to an imitation of a recipient', async () => {
  const account = await newAccount()
  await move(account, friend, 1_000_000n)
  await transact(node, {
    from: stranger,
    to: router,
    abi: contract('Router').abi,
    functionName: 'pull',
    args: [token, account, imitation, 0n],
  })
  expect(statuses(await check(account))).toMatchObject({ 'sent-to-lookalike': 'passed' })
  await move(account, imitation, 4_000_000n)
  const [finding] = findings(await check(account))
  expect(finding).toMatchObject({
    ruleId: 'sent-to-lookalike',
    severity: 'critical',
    data: {
      lookalike: { value: imitation },
      imitated: { value: friend },
      amount: { value: '4000000', symbol: 'HRBR' },
    },
  })
}, 60_000)

test('a forged payment to the imitation hides no real one of a token that no list has', async () => {
  const account = await newAccount()
  await move(account, friend, 1_000_000n)
  await forge(account, imitation)
  const lists = { tokenLists: [] }
  expect(statuses(await check(account, lists))).toMatchObject({ 'sent-to-lookalike': 'passed' })
  const { transactionHash } = await move(account, imitation, 4_000_000n)
  await forge(account, imitation)
  expect(findings(await check(account, lists))).toMatchObject([
    {
      ruleId: 'sent-to-lookalike',
      data: { lookalike: { value: imitation }, imitated: { value: friend }, hash: { value: transactionHash } },
    },
  ])
}, 60_000)

test('without logs nothing is said to be well', async () => {
  const report = await checkup({ address: await newAccount(), rpcUrl: node.url, onlyRules: rules, quick: true })
  expect(statuses(report)).toEqual(Object.fromEntries(rules.map((rule) => [rule, 'inconclusive'])))
}, 60_000)
