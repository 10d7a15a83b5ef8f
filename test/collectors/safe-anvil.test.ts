/** Safe accounts with the published code, and contracts that only speak like one, on a development node. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { contract, deploy, fund, transact } from '../../fixtures/chains/contracts.ts'
import { installPreinstalls } from '../../fixtures/chains/preinstalls.ts'
import {
  allowanceModuleAddress,
  asSafe,
  createSafeFactory,
  deployPublished,
  installAllowanceModule,
  installSafe130,
} from '../../fixtures/chains/safe.ts'
import accountCollector from '../../src/collectors/account.ts'
import chainCollector from '../../src/collectors/chain.ts'
import safeCollector from '../../src/collectors/safe.ts'
import type { SafeAccount } from '../../src/core/facts.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at } from '../../src/testing.ts'
import { read } from '../support/fake-rpc.ts'

const owners = [at(0x0e1), at(0x0e2), at(0x0e3)]

let node: DevelopmentNode
let rpc: RpcClient
let singleton: Address
let older: Address
let handler: Address
let create: Awaited<ReturnType<typeof createSafeFactory>>

beforeAll(async () => {
  node = await startAnvil()
  rpc = createRpcClient({ url: node.url })
  await installPreinstalls(node)
  singleton = await deployPublished(node, 'Safe')
  handler = await deployPublished(node, 'CompatibilityFallbackHandler')
  older = await installSafe130(node)
  create = await createSafeFactory(node)
}, 60_000)
afterAll(() => node.stop())

async function check(account: Address, client: RpcClient = rpc) {
  const options = { account }
  const chain = await read(chainCollector, { rpc: client, facts: {}, options })
  const facts = { chain, account: await read(accountCollector, { rpc: client, facts: { chain }, options }) }
  return read(safeCollector, { rpc: client, facts, options })
}

async function checkSafe(account: Address, client: RpcClient = rpc): Promise<SafeAccount> {
  const facts = await check(account, client)
  if (facts.kind !== 'safe') throw new Error(`not recognised: ${facts.kind}`)
  return facts
}

const newSafe = (over: Partial<Parameters<typeof create>[0]> = {}) =>
  create({ singleton, owners, threshold: 2, ...over })

test('a fresh Safe: owners, threshold, version, code and handler, and nothing else', async () => {
  expect(await check(await newSafe({ fallbackHandler: handler }))).toEqual({
    kind: 'safe',
    version: '1.5.0',
    singleton: { address: singleton, code: 'contract', codeHash: expect.any(String), release: 'Safe 1.5.0' },
    owners: owners.map((address) => ({ address, code: 'none', nonce: 0 })),
    threshold: 2,
    nonce: 0n,
    modules: [],
    guard: 'none',
    moduleGuard: 'none',
    fallbackHandler: {
      address: handler,
      code: 'contract',
      codeHash: expect.any(String),
      release: 'CompatibilityFallbackHandler 1.5.0',
    },
    spendingLimits: [],
    lists: [{ name: 'Safe deployments', date: '2026-05-02', entries: expect.any(Number) }],
    missing: [],
  })
})

describe.each([
  ['1.5.0', () => singleton],
  ['1.3.0', () => older],
])('modules of a Safe %s', (version, code) => {
  test.each([1, 49, 50, 51, 101])(
    '%i of them, none lost between pages, in their order',
    async (count) => {
      const safe = await newSafe({ singleton: code() })
      const modules = Array.from({ length: count }, (_, index) => at(0x3000 + index))
      for (const module of modules) await asSafe(node, safe, 'enableModule', module)
      const facts = await checkSafe(safe)
      expect(facts.version).toBe(version)
      // The newest stands first.
      expect(facts.modules.map(({ address }) => address)).toEqual(modules.reverse())
      expect(facts.missing).toEqual([])
    },
    60_000,
  )
})

test('a module with code, a person as a module, a guard for each kind of call, and an owner that is a contract', async () => {
  const guard = await deployPublished(node, 'DebugTransactionGuard')
  const safe = await newSafe()
  await asSafe(node, safe, 'enableModule', handler)
  await asSafe(node, safe, 'enableModule', at(0xeee))
  await asSafe(node, safe, 'setGuard', guard)
  await asSafe(node, safe, 'setModuleGuard', guard)
  await asSafe(node, safe, 'setFallbackHandler', at(0xfff))
  await asSafe(node, safe, 'addOwnerWithThreshold', handler, 3n)
  expect(await checkSafe(safe)).toMatchObject({
    threshold: 3,
    owners: [{ address: handler, code: 'contract', nonce: null }, {}, {}, {}],
    modules: [
      { address: at(0xeee), code: 'none', release: null },
      // Known in another place is not known in this one.
      { address: handler, code: 'contract', release: null },
    ],
    guard: { address: guard, code: 'contract', release: null },
    moduleGuard: { address: guard },
    fallbackHandler: { address: at(0xfff), code: 'none' },
    missing: [],
  })
})

test('limits of the allowance module: live ones, spent ones that come back, and none that are gone', async () => {
  await installAllowanceModule(node)
  const { abi } = contract('SpendingLimits')
  const token = getAddress(await deploy(node, { name: 'NamedToken', args: ['Named', 'NMD', 8, 1000n, at(0xb0b)] }))
  const safe = await newSafe()
  await asSafe(node, safe, 'enableModule', allowanceModuleAddress)
  const limits = (from: Address, functionName: string, ...args: readonly unknown[]) =>
    transact(node, { from, to: allowanceModuleAddress, abi, functionName, args })
  const [delegate, other] = [at(0xde1), at(0xde2)]
  await fund(node, delegate, 10n ** 18n)
  const nobody = '0x0000000000000000000000000000000000000000'
  await limits(safe, 'addDelegate', delegate)
  await limits(safe, 'addDelegate', other)
  await limits(safe, 'setAllowance', delegate, token, 100n, 1440, 0)
  await limits(safe, 'setAllowance', delegate, nobody, 7n, 0, 0)
  await limits(safe, 'setAllowance', other, token, 0n, 1440, 0)
  await limits(delegate, 'spend', safe, token, 100n)
  const before = await checkSafe(safe)
  expect(before.modules).toMatchObject([{ address: allowanceModuleAddress, release: 'AllowanceModule 0.1.0' }])
  expect(before.spendingLimits).toMatchObject([
    {
      delegate: { address: delegate, code: 'none', nonce: 1 },
      token: { symbol: 'NMD', decimals: 8 },
      amount: 100n,
      spent: 100n,
      periodMinutes: 1440,
    },
    { delegate: { address: delegate }, token: null, amount: 7n, spent: 0n, periodMinutes: 0 },
  ])
  expect(before.missing).toEqual([])

  await limits(delegate, 'spend', safe, nobody, 7n)
  expect((await checkSafe(safe)).spendingLimits).toHaveLength(1)
}, 60_000)

test('more delegates than one page', async () => {
  await installAllowanceModule(node)
  const safe = await newSafe()
  await asSafe(node, safe, 'enableModule', allowanceModuleAddress)
  const call = { from: safe, to: allowanceModuleAddress, abi: contract('SpendingLimits').abi }
  for (let index = 0; index < 51; index++) {
    await transact(node, { ...call, functionName: 'addDelegate', args: [at(0x7000 + index)] })
  }
  await transact(node, { ...call, functionName: 'setAllowance', args: [at(0x7000 + 50), at(0x70), 1n, 0, 0] })
  expect((await checkSafe(safe)).spendingLimits).toMatchObject([{ delegate: { address: at(0x7000 + 50) }, amount: 1n }])
}, 60_000)

describe('is no Safe:', () => {
  const impostor = (singletonOf: Address, version: string, threshold: bigint, named: readonly Address[]) =>
    deploy(node, { name: 'SafeImpostor', args: [singletonOf, version, threshold, named] }).then(getAddress)

  test.each([
    ['a threshold of none', '1.4.1', 0n, owners],
    ['more confirmations than owners', '1.4.1', 4n, owners],
    ['no owners', '1.4.1', 1n, []],
    ['an owner named twice', '1.4.1', 1n, [at(1234), at(1234)]],
    ['nobody as an owner', '1.4.1', 1n, [at(0)]],
    ['the end of a list as an owner', '1.4.1', 1n, [at(1)]],
    ['a version that is none', 'latest', 1n, owners],
  ] as const)('%s', async (_, version, threshold, named) => {
    expect(await check(await impostor(singleton, version, threshold, named))).toEqual({ kind: 'none', missing: [] })
  })

  test('a contract that names no code that it runs, or code that is not there', async () => {
    expect(await check(await impostor(at(0), '1.4.1', 2n, owners))).toEqual({ kind: 'none', missing: [] })
    expect(await check(await impostor(at(0xdead), '1.4.1', 2n, owners))).toEqual({ kind: 'none', missing: [] })
  })

  test('a token, the code of a Safe by itself, and a person', async () => {
    const token = await deploy(node, { name: 'NamedToken', args: ['Named', 'NMD', 8, 1000n, at(0xb0b)] })
    for (const account of [getAddress(token), singleton, at(0xb0b)]) {
      expect(await check(account)).toEqual({ kind: 'none', missing: [] })
    }
  })
})

describe('a contract that speaks like a Safe throughout is one whose code is of no release,', () => {
  const speaker = () => deploy(node, { name: 'SafeImpostor', args: [handler, '1.4.1', 2n, owners] }).then(getAddress)
  const tell = (to: Address, modules: readonly Address[], following: Address) =>
    transact(node, {
      from: owners[0] ?? at(1),
      to,
      abi: contract('SafeImpostor').abi,
      functionName: 'setModules',
      args: [modules, following],
    })

  test('and what it says is kept', async () => {
    expect(await checkSafe(await speaker())).toMatchObject({ singleton: { release: null }, modules: [], missing: [] })
  })

  const many = Array.from({ length: 50 }, (_, index) => at(0x9000 + index))
  test.each([
    ['whose pages never end', many, at(0x9fff), 50],
    ['whose short page is not the last', [at(0x9000)], at(0x9fff), 1],
    ['whose empty page is not the last', [], at(0x9fff), 0],
    ['whose list names one module twice', [at(0x9000), at(0x9000)], at(1), 0],
    ['whose list names nobody', [at(0)], at(1), 0],
  ] as const)('%s: the rest of the list is missing', async (_, modules, following, count) => {
    const account = await speaker()
    await fund(node, owners[0] ?? at(1), 10n ** 18n)
    await tell(account, modules, following)
    const facts = await checkSafe(account)
    expect(facts.modules).toHaveLength(count)
    expect(facts.missing).toMatchObject([{ about: 'safe-module', error: { code: 'safe-unreadable' } }])
  })

  test('and the oldest versions give all modules at once', async () => {
    const account = getAddress(await deploy(node, { name: 'SafeImpostor', args: [handler, '1.0.0', 2n, owners] }))
    await tell(account, [at(0x9000), at(0x9001)], at(1))
    expect((await checkSafe(account)).modules.map(({ address }) => address)).toEqual([at(0x9000), at(0x9001)])
  })
})
