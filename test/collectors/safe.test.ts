/** A Safe behind a node that fails: what was not read is missing, and never "no module". */
import type { Address, Hex } from 'viem'
import { decodeFunctionData, encodeFunctionResult, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import safeCollector from '../../src/collectors/safe.ts'
import type { ReadMethod } from '../../src/core/rpc.ts'
import { safeSlots } from '../../src/domain/safe-calls.ts'
import { account, at, chain, hashOf, owner } from '../../src/testing.ts'
import { fakeRpc, pruned, read, refused } from '../support/fake-rpc.ts'

const owners = [at(0x0e1), at(0x0e2), at(0x0e3)]
const module = at(0x300)
const allowanceModule: Address = '0xCFbFaC74C26F8647cBDb8c5caf80BB5b32E43134'
const abi = parseAbi([
  'function VERSION() view returns (string)',
  'function getThreshold() view returns (uint256)',
  'function getOwners() view returns (address[])',
  'function nonce() view returns (uint256)',
  'function getModulesPaginated(address, uint256) view returns (address[], address)',
  'function getDelegates(address, uint48, uint8) view returns (address[], uint48)',
  'function getTokens(address, address) view returns (address[])',
  'function getTokenAllowance(address, address, address) view returns (uint256[5])',
])
type Name = (typeof abi)[number]['name']

const answers: Readonly<Record<Name, unknown>> = {
  VERSION: '1.4.1',
  getThreshold: 2n,
  getOwners: owners,
  nonce: 5n,
  getModulesPaginated: [[module, allowanceModule], at(1)],
  getDelegates: [[at(0xde1)], 0],
  getTokens: [at(0)],
  getTokenAllowance: [100n, 10n, 0n, 0n, 1n],
}

/** By the name of a function, a storage slot, or a method and an address: the error to throw, or the reply. */
type Wrong = Readonly<Record<string, unknown>>

function nodeWith(wrong: Wrong = {}) {
  const answer = (key: string, right: () => unknown) => {
    if (!(key in wrong)) return right()
    if (wrong[key] instanceof Error) throw wrong[key]
    return wrong[key]
  }
  return fakeRpc({
    eth_call: ({ to, data }: { to: Address; data: Hex }, _block: Hex, overrides?: object) => {
      // This node runs no code but what stands on the chain.
      if (overrides !== undefined) return '0x'
      if (to === '0xcA11bde05977b3631167028862bE2a173976CA11') throw refused('eth_call')
      // A call that is tried: this node does not simulate, so what it leaves is not known.
      if (data.startsWith('0xe009cfde')) return answer('disableModule', () => '0x')
      if (data.startsWith('0x885133e3')) return answer('deleteAllowance', () => '0x')
      const { functionName } = decodeFunctionData({ abi, data })
      return answer(functionName, () =>
        // The table above has what each function returns.
        encodeFunctionResult({ abi, functionName, result: answers[functionName] } as Parameters<
          typeof encodeFunctionResult
        >[0]),
      )
    },
    eth_getStorageAt: (_: Address, slot: Hex) =>
      answer(slot, () => (slot === safeSlots.singleton ? hashOf(0x5afe) : hashOf(0))),
    eth_getCode: (of: Address) =>
      answer(`code of ${of}`, () =>
        owners.includes(of) || of === at(0xde1) || of.startsWith('0xcA11') ? '0x' : '0x6001',
      ),
    eth_getTransactionCount: (of: Address) => answer(`nonce of ${of}`, () => '0x3'),
  })
}

const contractAccount = account({ code: { kind: 'contract', codeHash: hashOf(1) } })
const check = (wrong: Wrong = {}, of = contractAccount) =>
  read(safeCollector, { rpc: nodeWith(wrong), facts: { chain: chain(), account: of } })

const reverted = () => refused('eth_call', 'execution reverted', '0x')
const ways: readonly (readonly [string, Error])[] = [
  ['refuses', refused('eth_call')],
  ['has lost the state', pruned('eth_call')],
]

test('a node that answers everything', async () => {
  expect(await check()).toMatchObject({
    kind: 'safe',
    version: '1.4.1',
    owners: owners.map((address) => ({ address, code: 'none', nonce: 3 })),
    modules: [
      { address: module, release: null },
      { address: allowanceModule, release: 'AllowanceModule 0.1.0' },
    ],
    spendingLimits: [
      { module: allowanceModule, delegate: { address: at(0xde1) }, token: null, amount: 100n, spent: 10n },
    ],
    missing: [],
  })
})

test.each([
  ['without code', account()],
  ['with a delegate', account({ code: { kind: 'delegated', delegate: at(7), delegateCodeHash: null } })],
])('an account %s is asked nothing', async (_, of) => {
  const rpc = nodeWith()
  const facts = await read(safeCollector, { rpc, facts: { chain: chain(), account: of } })
  expect([facts, rpc.asked]).toEqual([{ kind: 'none', missing: [] }, []])
})

test('every read is of the pinned block', async () => {
  const rpc = nodeWith()
  await read(safeCollector, { rpc, facts: { chain: chain(), account: contractAccount } })
  const blocks = rpc.asked.map(({ params }) => params.findLast((param) => typeof param === 'string'))
  expect(blocks.length).toBeGreaterThan(15)
  expect(new Set(blocks)).toEqual(new Set(['0x1406f40']))
})

describe.each(ways)('a node that %s', (_, error) => {
  test.each(['VERSION', 'getThreshold', 'getOwners', 'nonce', safeSlots.singleton])(
    '%s: whether it is a Safe is not known',
    async (key) => {
      expect(await check({ [key]: error })).toMatchObject({
        kind: 'unknown',
        missing: [{ about: 'safe', contract: owner, error: { code: expect.any(String) } }],
      })
    },
  )

  test('one question, while another answer shows that it is no Safe: it is none', async () => {
    expect(await check({ getOwners: error, VERSION: reverted() })).toEqual({ kind: 'none', missing: [] })
  })

  test('the modules: they are missing', async () => {
    expect(await check({ getModulesPaginated: error })).toMatchObject({
      kind: 'safe',
      modules: [],
      missing: [{ about: 'safe-module', contract: owner }],
    })
  })

  test.each(['guard', 'moduleGuard', 'fallbackHandler'] as const)('the slot of the %s: it is unread', async (place) => {
    expect(await check({ [safeSlots[place]]: error })).toMatchObject({
      [place]: 'unread',
      missing: [{ about: 'safe-module', contract: owner }],
    })
  })

  test.each([
    ['the code of a module', `code of ${module}`, 'safe-module', module],
    ['the code of the Safe itself', `code of ${at(0x5afe)}`, 'safe-module', at(0x5afe)],
    ['the code of an owner', `code of ${owners[0]}`, 'safe-owner', owners[0]],
    ['the nonce of an owner', `nonce of ${owners[0]}`, 'safe-owner', owners[0]],
    ['the code of a delegate', `code of ${at(0xde1)}`, 'spending-limit', at(0xde1)],
    ['the delegates', 'getDelegates', 'spending-limit', allowanceModule],
    ['the tokens of a delegate', 'getTokens', 'spending-limit', allowanceModule],
    ['a limit', 'getTokenAllowance', 'spending-limit', allowanceModule],
  ])('%s: that is missing', async (_, key, about, contract) => {
    expect(await check({ [key]: error })).toMatchObject({ kind: 'safe', missing: [{ about, contract }] })
  })
})

describe('a contract that', () => {
  test.each(['VERSION', 'getThreshold', 'getOwners', 'nonce'])('reverts on %s is no Safe', async (key) => {
    expect(await check({ [key]: reverted() })).toEqual({ kind: 'none', missing: [] })
  })

  test.each([
    ['getOwners', '0x'],
    ['getOwners', hashOf(32)],
    ['getThreshold', hashOf(2n ** 255n)],
    ['VERSION', hashOf(0)],
    [safeSlots.singleton, hashOf(0)],
    [safeSlots.singleton, hashOf(2n ** 200n)],
    [`code of ${at(0x5afe)}`, '0x'],
  ])('answers %s with %s is no Safe', async (key, reply) => {
    expect(await check({ [key]: reply })).toEqual({ kind: 'none', missing: [] })
  })

  test.each([
    ['reverts', reverted()],
    ['says nothing', '0x'],
    ['says half a list', hashOf(64)],
  ])('is a Safe and %s about its modules: they are missing, not none', async (_, reply) => {
    expect(await check({ getModulesPaginated: reply })).toMatchObject({
      kind: 'safe',
      modules: [],
      missing: [{ about: 'safe-module', error: { code: 'safe-unreadable' } }],
    })
  })

  test('keeps no address where its guard stands: the guard is unread', async () => {
    expect(await check({ [safeSlots.guard]: hashOf(2n ** 200n) })).toMatchObject({
      guard: 'unread',
      missing: [{ about: 'safe-module', error: { code: 'safe-unreadable' } }],
    })
  })
})

test.each(['0x', null, 'word'])('a node that answers a slot with %s has not told what it holds', async (reply) => {
  expect(await check({ [safeSlots.guard]: reply })).toMatchObject({
    guard: 'unread',
    missing: [{ about: 'safe-module', error: { code: 'malformed-reply' } }],
  })
})

test('a node without eth_getStorageAt: whether it is a Safe is not known', async () => {
  const method: ReadMethod = 'eth_getStorageAt'
  const wrong = Object.fromEntries(Object.values(safeSlots).map((slot) => [slot, refused(method)]))
  expect(await check(wrong)).toMatchObject({ kind: 'unknown', missing: [{ about: 'safe' }] })
})

test('more owners than are looked at: the others are unknown, and that is said', async () => {
  const many = Array.from({ length: 400 }, (_, index) => at(0x10000 + index))
  const getOwners = encodeFunctionResult({ abi, functionName: 'getOwners', result: many })
  const facts = await check({ getOwners })
  if (facts.kind !== 'safe') throw new Error('no Safe')
  expect(facts.owners).toHaveLength(400)
  expect(facts.owners.filter(({ code }) => code === 'unknown')).toHaveLength(103)
  expect(facts.missing).toMatchObject([
    { about: 'safe-owner', error: { code: 'safe-list-unfinished' } },
    { about: 'spending-limit', error: { code: 'safe-list-unfinished' } },
  ])
})

test('a list of modules without an end is read to a bound', async () => {
  let page = 0
  const rpc = nodeWith()
  const request: typeof rpc.request = async (method, params) => {
    const [call] = params as readonly [{ data?: Hex }]
    if (method !== 'eth_call' || !call.data?.startsWith('0xcc2f8452')) return rpc.request(method, params)
    const modules = Array.from({ length: 50 }, (_, index) => at(0x100000 + 50 * page + index))
    page++
    return encodeFunctionResult({ abi, functionName: 'getModulesPaginated', result: [modules, at(0xabcdef)] })
  }
  const facts = await read(safeCollector, {
    rpc: { ...rpc, request },
    facts: { chain: chain(), account: contractAccount },
  })
  if (facts.kind !== 'safe') throw new Error('no Safe')
  expect([page, facts.modules.length]).toEqual([20, 1000])
  expect(facts.missing).toContainEqual(
    expect.objectContaining({ about: 'safe-module', error: expect.objectContaining({ code: 'safe-list-unfinished' }) }),
  )
})
