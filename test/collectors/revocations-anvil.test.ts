/** Calls that end grants, tried on a development node against real contracts; then sent, to see whether what was said is so. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import {
  type ContractCall,
  contract,
  deploy as deployAt,
  fund,
  sendAndMine,
  transact,
} from '../../fixtures/chains/contracts.ts'
import { installPreinstalls, permit2Abi, permit2Address } from '../../fixtures/chains/preinstalls.ts'
import approvalsCollector from '../../src/collectors/approvals.ts'
import chainCollector from '../../src/collectors/chain.ts'
import logsCollector from '../../src/collectors/logs.ts'
import threatsCollector from '../../src/collectors/threats.ts'
import tokensCollector from '../../src/collectors/tokens.ts'
import type { ApprovalFacts, Grant } from '../../src/core/facts.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { revokeCalls } from '../../src/domain/revoke.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at } from '../../src/testing.ts'
import { read, without } from '../support/fake-rpc.ts'

const spender = at(0x5e0de5)
const habits = [
  'RefusesZero',
  'RefusesZeroOnly',
  'Paused',
  'IgnoresZero',
  'AnswersFalse',
  'Burns',
  'BurnsMore',
  'BurnsAll',
  'FixedAtInfinity',
  'Shouts',
] as const
type Habit = (typeof habits)[number]

let node: DevelopmentNode
let rpc: RpcClient

beforeAll(async () => {
  node = await startAnvil()
  rpc = createRpcClient({ url: node.url })
  await installPreinstalls(node)
}, 60_000)
afterAll(() => node.stop())

const deploy = async (input: Parameters<typeof deployAt>[1]) => getAddress(await deployAt(node, input))

let accounts = 0
async function newOwner(): Promise<Address> {
  const owner = at(0xacc0000n + BigInt(++accounts))
  await fund(node, owner, 10n ** 20n)
  return owner
}

function call(name: string, from: Address, to: Address) {
  const { abi } = contract(name)
  return (functionName: string, ...args: ContractCall['args'] & object) =>
    transact(node, { from, to, abi, functionName, args })
}

async function check(owner: Address, client: RpcClient = rpc): Promise<ApprovalFacts> {
  const options = { account: owner }
  const now = () => Math.floor(Date.now() / 1000)
  const chain = await read(chainCollector, { rpc: client, facts: {}, options, now })
  const logs = await read(logsCollector, { rpc: client, facts: { chain }, options })
  const tokens = await read(tokensCollector, { rpc: client, facts: { chain, logs }, options })
  const threats = await read(threatsCollector, { rpc: client, facts: { chain }, options })
  return read(approvalsCollector, { rpc: client, facts: { chain, logs, tokens, threats }, options })
}

async function only(owner: Address, client?: RpcClient): Promise<Grant> {
  const [grant, ...others] = (await check(owner, client)).grants
  if (grant === undefined) throw new Error('no grant')
  expect(others).toEqual([])
  return grant
}

/** A node that runs nothing but what stands on the chain. */
function withoutOverrides(client: RpcClient): RpcClient {
  return {
    ...client,
    request: (method, params) => client.request(method, params.slice(0, method === 'eth_call' ? 2 : undefined)),
  }
}

const outcomeOf = ({ revocation }: Grant) => [revocation?.variant, revocation?.simulation.status]

/** As a wallet would, whatever was said of it. */
async function sendRevocation(grant: Grant, from: Address): Promise<string> {
  const [revocation] = revokeCalls(grant, 31_337)
  if (revocation === undefined) throw new Error('no call')
  const { status } = await sendAndMine(node, { from, to: revocation.to, data: revocation.data, gas: 20_000_000n })
  return status
}

async function withGrant(habit: Habit): Promise<Address> {
  const owner = await newOwner()
  const token = await deploy({ name: 'StubbornToken', args: [habits.indexOf(habit), owner] })
  await call('StubbornToken', owner, token)('approve', spender, 500n)
  return owner
}

describe('what is said to work ends the grant when it is sent', () => {
  const kinds: readonly (readonly [string, (owner: Address) => Promise<unknown>])[] = [
    [
      'an allowance',
      async (owner) => {
        const token = await deploy({ name: 'ERC20PresetFixedSupply', args: ['Coin', 'COIN', 1000n, owner] })
        await call('ERC20PresetFixedSupply', owner, token)('approve', spender, 5n)
      },
    ],
    [
      'a token without return values',
      async (owner) => {
        const token = await deploy({ name: 'TetherLikeToken', args: [1000n, owner] })
        await call('TetherLikeToken', owner, token)('approve', spender, 5n)
      },
    ],
    [
      'one NFT',
      async (owner) => {
        const collection = await deploy({ name: 'ERC721PresetMinterPauserAutoId', args: ['N', 'N', ''], from: owner })
        const own = call('ERC721PresetMinterPauserAutoId', owner, collection)
        await own('mint', owner)
        await own('approve', spender, 0n)
      },
    ],
    [
      'an operator of NFTs',
      async (owner) => {
        const collection = await deploy({ name: 'ERC1155PresetMinterPauser', args: [''], from: owner })
        await call('ERC1155PresetMinterPauser', owner, collection)('setApprovalForAll', spender, true)
      },
    ],
    [
      'a grant inside Permit2',
      async (owner) => {
        const args = [at(0x70c), spender, 7n, 2n ** 48n - 1n]
        await transact(node, { from: owner, to: permit2Address, abi: permit2Abi, functionName: 'approve', args })
      },
    ],
    [
      'an operator of ERC-6909',
      async (owner) => {
        const ledger = await deploy({ name: 'ItemLedger' })
        await call('ItemLedger', owner, ledger)('setOperator', spender, true)
      },
    ],
    [
      'one item of ERC-6909',
      async (owner) => {
        const ledger = await deploy({ name: 'ItemLedger' })
        await call('ItemLedger', owner, ledger)('approve', spender, 12n, 5n)
      },
    ],
    [
      'an operator of ERC-7540',
      async (owner) => {
        const vault = await deploy({ name: 'RequestVault', args: [at(0xa55e7), true, owner] })
        await call('RequestVault', owner, vault)('setOperator', spender, true)
      },
    ],
    [
      'an operator of ERC-777',
      async (owner) => {
        const token = await deploy({ name: 'OperatedToken', args: [[], 1000n, owner] })
        await call('OperatedToken', owner, token)('authorizeOperator', spender)
      },
    ],
  ]

  test.each(kinds)('%s', async (_, give) => {
    const owner = await newOwner()
    await give(owner)
    const grant = await only(owner)
    expect(grant.revocation).toMatchObject({
      variant: 'usual',
      simulation: { status: 'succeeds', isConfirmed: true, gasUsed: expect.stringMatching(/^\d{5,6}$/) },
    })
    const plain = await only(owner, without(rpc, 'eth_simulateV1'))
    const { block } = grant.revocation?.simulation ?? {}
    expect(plain.revocation?.simulation).toEqual({ status: 'succeeds', isConfirmed: true, block })
    const plainest = await only(owner, withoutOverrides(without(rpc, 'eth_simulateV1')))
    expect(plainest.revocation?.simulation).toEqual({ status: 'succeeds', isConfirmed: false, block })
    expect(await sendRevocation(grant, owner)).toBe('0x1')
    expect((await check(owner)).grants).toEqual([])
  })

  test('a token that refuses to approve 0, but lets go of an amount', async () => {
    const owner = await withGrant('RefusesZero')
    const grant = await only(owner)
    expect(outcomeOf(grant)).toEqual(['decrease', 'succeeds'])
    expect(outcomeOf(await only(owner, without(rpc, 'eth_simulateV1')))).toEqual(['decrease', 'succeeds'])
    // Where nobody can see what it leaves, the other call is not believed.
    expect(outcomeOf(await only(owner, withoutOverrides(without(rpc, 'eth_simulateV1'))))).toEqual(['usual', 'reverts'])
    expect(await sendRevocation(grant, owner)).toBe('0x1')
    expect((await check(owner)).grants).toEqual([])
  })

  test.each([
    ['Burns', 700_000],
    ['BurnsMore', 3_000_000],
  ] as const)('a token that burns gas (%s), and how much of it', async (habit, least) => {
    const owner = await withGrant(habit)
    const grant = await only(owner)
    const simulation = grant.revocation?.simulation
    expect(simulation).toMatchObject({ status: 'succeeds', isConfirmed: true })
    const gasUsed = simulation?.status === 'succeeds' ? Number(simulation.gasUsed) : 0
    expect(gasUsed).toBeGreaterThan(least)
    expect(gasUsed).toBeLessThan(least + 100_000)
    expect(await sendRevocation(grant, owner)).toBe('0x1')
    expect((await check(owner)).grants).toEqual([])
  })
})

describe('what is said to fail fails when it is sent', () => {
  test.each([
    ['RefusesZeroOnly', 'reverts', undefined],
    ['Paused', 'reverts', 'Pausable: paused'],
    ['BurnsAll', 'reverts', undefined],
    ['Shouts', 'reverts', expect.stringContaining('claim.example')],
  ] as const)('%s', async (habit, status, reason) => {
    const owner = await withGrant(habit)
    for (const client of [rpc, without(rpc, 'eth_simulateV1'), withoutOverrides(without(rpc, 'eth_simulateV1'))]) {
      const grant = await only(owner, client)
      expect(outcomeOf(grant)).toEqual(['usual', status])
      const { simulation } = grant.revocation ?? {}
      expect(simulation?.status === 'reverts' ? simulation.reason : 'none').toEqual(reason)
      expect(await sendRevocation(grant, owner)).toBe('0x0')
    }
    expect((await check(owner)).grants).toHaveLength(1)
  })

  test.each([
    ['IgnoresZero', { status: 'succeeds', isConfirmed: false }],
    ['AnswersFalse', { status: 'unknown', error: { code: 'revocation-doubtful' } }],
  ] as const)('%s: it runs, and the grant stays', async (habit, plain) => {
    const owner = await withGrant(habit)
    const grant = await only(owner)
    expect(outcomeOf(grant)).toEqual(['usual', 'no-effect'])
    const unsimulated = without(rpc, 'eth_simulateV1')
    expect(outcomeOf(await only(owner, unsimulated))).toEqual(['usual', 'no-effect'])
    expect((await only(owner, withoutOverrides(unsimulated))).revocation?.simulation).toMatchObject(plain)
    expect(await sendRevocation(grant, owner)).toBe('0x1')
    expect((await check(owner)).grants).toHaveLength(1)
  })

  test('an allowance that is fixed at infinity has no call that ends it', async () => {
    const grant = await only(await withGrant('FixedAtInfinity'))
    expect(outcomeOf(grant)).toEqual(['usual', 'reverts'])
    expect(revokeCalls(grant, 31_337)).toEqual([])
  })
})

test('one token that burns everything costs no other its answer, and many need few requests', async () => {
  const owner = await newOwner()
  const token = await deploy({ name: 'ERC20PresetFixedSupply', args: ['Coin', 'COIN', 1000n, owner] })
  for (let index = 1; index <= 24; index++) {
    await call('ERC20PresetFixedSupply', owner, token)('approve', at(0x5e000 + index), 5n)
  }
  const burner = await deploy({ name: 'StubbornToken', args: [habits.indexOf('BurnsAll'), owner] })
  await call('StubbornToken', owner, burner)('approve', spender, 500n)
  let requests = 0
  const request: RpcClient['request'] = (method, params) => {
    if (method === 'eth_simulateV1') requests++
    return rpc.request(method, params)
  }
  const { grants } = await check(owner, { ...rpc, request })
  expect(grants.map(({ revocation }) => revocation?.simulation.status).sort()).toEqual([
    'reverts',
    ...Array.from({ length: 24 }, () => 'succeeds'),
  ])
  // Two for 25 grants, one for the burner alone, one for its other call.
  expect(requests).toBe(4)
})
