/** Logs, tokens and approvals read from real contracts on a development node. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { type ContractCall, contract, deploy as deployAt, fund, transact } from '../../fixtures/chains/contracts.ts'
import { installPreinstalls, permit2Abi, permit2Address } from '../../fixtures/chains/preinstalls.ts'
import approvalsCollector from '../../src/collectors/approvals.ts'
import chainCollector from '../../src/collectors/chain.ts'
import logsCollector from '../../src/collectors/logs.ts'
import threatsCollector from '../../src/collectors/threats.ts'
import tokensCollector from '../../src/collectors/tokens.ts'
import type { Grant } from '../../src/core/facts.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { RateLimitedError } from '../../src/rpc/errors.ts'
import { at } from '../../src/testing.ts'
import { read } from '../support/fake-rpc.ts'

const spender = at(0x5e0de5)
const friend = at(0xf1e4d)
const forever = 2n ** 48n - 1n
const maximum = 2n ** 256n - 1n

let node: DevelopmentNode
let rpc: RpcClient

beforeAll(async () => {
  node = await startAnvil()
  rpc = createRpcClient({ url: node.url })
  await installPreinstalls(node)
  await fund(node, spender, 10n ** 20n)
}, 60_000)
afterAll(() => node.stop())

async function deploy(input: Parameters<typeof deployAt>[1]): Promise<Address> {
  return getAddress(await deployAt(node, input))
}

/** An account of its own for each test, so that each sees only what it did. */
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

async function check(owner: Address, client: RpcClient = rpc, block: bigint | null = null) {
  const options = { account: owner, block }
  const chain = await read(chainCollector, {
    rpc: client,
    facts: {},
    options,
    now: () => Math.floor(Date.now() / 1000),
  })
  const logs = await read(logsCollector, { rpc: client, facts: { chain }, options })
  const tokens = await read(tokensCollector, { rpc: client, facts: { chain, logs }, options })
  const threats = await read(threatsCollector, { rpc: client, facts: { chain }, options })
  const facts = { chain, logs, tokens, threats }
  return { ...facts, approvals: await read(approvalsCollector, { rpc: client, facts, options }) }
}

const brief = (grants: readonly Grant[]) =>
  grants.map((grant) => [grant.kind, grant.spender.address, 'amount' in grant ? grant.amount : null])

const newErc20 = (owner: Address) => deploy({ name: 'ERC20PresetFixedSupply', args: ['Coin', 'COIN', 1000n, owner] })

test('an ERC-20 allowance: granted, spent without an event of its own, and revoked', async () => {
  const owner = await newOwner()
  const token = await deploy({ name: 'NamedToken', args: ['Named', 'NMD', 8, 1000n, owner] })
  const own = call('NamedToken', owner, token)
  await own('approve', spender, 100n)
  await own('approve', friend, maximum)
  const before = await check(owner)
  expect(brief(before.approvals.grants)).toEqual([
    ['allowance', spender, 100n],
    ['allowance', friend, maximum],
  ])
  expect(before.approvals.grants[0]).toMatchObject({
    token: { address: token, standard: 'erc20', symbol: 'NMD', name: 'Named', decimals: 8 },
    balance: 1000n,
    totalSupply: 1000n,
    spender: { code: 'none' },
  })

  const pull = call('NamedToken', spender, token)
  await pull('transferFrom', owner, friend, 60n)
  expect(brief((await check(owner)).approvals.grants)[0]).toEqual(['allowance', spender, 40n])
  await pull('transferFrom', owner, friend, 40n)
  await own('approve', friend, 0n)
  const after = await check(owner)
  expect(after.approvals).toMatchObject({ grants: [], endedCount: 2, missing: [] })
  expect(after.logs.coverage.gaps).toEqual([])
})

test('a token without return values, one with bytes32 words, and one without any', async () => {
  const owner = await newOwner()
  const tether = await deploy({ name: 'TetherLikeToken', args: [1000n, owner] })
  const maker = await deploy({ name: 'Bytes32Token', args: [1000n, owner] })
  const nameless = await deploy({ name: 'NamelessToken', args: [1000n, owner] })
  await call('TetherLikeToken', owner, tether)('approve', spender, 5n)
  await call('Bytes32Token', owner, maker)('approve', spender, 6n)
  await call('NamelessToken', owner, nameless)('approve', spender, 7n)
  const { approvals, tokens } = await check(owner)
  expect(
    approvals.grants.map((grant) => [grant.token.symbol, grant.token.decimals, 'amount' in grant && grant.amount]),
  ).toEqual([
    ['PUSD', 6, 5n],
    ['OMKR', 18, 6n],
    [null, null, 7n],
  ])
  expect(approvals.grants[2]).toMatchObject({ totalSupply: null })
  expect(approvals.missing).toMatchObject([{ about: 'token-metadata', error: { code: 'supply-not-told' } }])
  expect(tokens.holdings.map(({ token, balance }) => [token.address, balance])).toEqual(
    [tether, maker, nameless]
      .sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1))
      .map((token) => [token, 1000n]),
  )
})

test('one item of a collection: approved, cleared by moving, approved again, burned', async () => {
  const owner = await newOwner()
  const name = 'ERC721PresetMinterPauserAutoId'
  const collection = await deploy({ name, args: ['Items', 'ITM', 'ipfs://'], from: owner })
  const own = call(name, owner, collection)
  await own('mint', owner)
  await own('mint', owner)
  await own('approve', spender, 0n)
  await own('approve', spender, 1n)
  const { approvals, tokens } = await check(owner)
  expect(approvals.grants).toMatchObject([
    { kind: 'nft', tokenId: 0n, token: { standard: 'erc721', symbol: 'ITM' }, spender: { address: spender } },
    { kind: 'nft', tokenId: 1n },
  ])
  expect(tokens.holdings).toMatchObject([{ token: { address: collection, standard: 'erc721' }, balance: 2n }])

  await call(name, spender, collection)('transferFrom', owner, friend, 0n)
  expect((await check(owner)).approvals.grants).toMatchObject([{ kind: 'nft', tokenId: 1n }])
  await own('burn', 1n)
  const after = await check(owner)
  expect(after.approvals).toMatchObject({ grants: [], missing: [] })
  expect(after.approvals.endedCount).toBeGreaterThanOrEqual(2)
})

test.each(['ERC721PresetMinterPauserAutoId', 'ERC1155PresetMinterPauser'])(
  'an operator of %s: named and dismissed',
  async (name) => {
    const owner = await newOwner()
    const isMulti = name === 'ERC1155PresetMinterPauser'
    const args = isMulti ? ['ipfs://'] : ['Items', 'ITM', 'ipfs://']
    const collection = await deploy({ name, args, from: owner })
    const own = call(name, owner, collection)
    if (isMulti) await own('mint', owner, 1n, 5n, '0x')
    await own('setApprovalForAll', spender, true)
    const { approvals, tokens, logs } = await check(owner)
    expect(approvals.grants).toMatchObject([
      { kind: 'operator', token: { standard: isMulti ? 'erc1155' : 'erc721' }, balance: isMulti ? null : 0n },
    ])
    expect(approvals.missing).toEqual([])
    expect(logs.received.map(({ kind }) => kind)).toEqual(isMulti ? ['multi'] : [])
    expect(tokens).toMatchObject({ holdings: [], missing: [] })
    await own('setApprovalForAll', spender, false)
    expect((await check(owner)).approvals).toMatchObject({ grants: [], endedCount: 1, missing: [] })
  },
)

test('a grant inside Permit2: live, spent, and locked down', async () => {
  const owner = await newOwner()
  const token = await newErc20(owner)
  await call('ERC20PresetFixedSupply', owner, token)('approve', permit2Address, maximum)
  const permit2 = (from: Address, functionName: string, ...args: readonly unknown[]) =>
    transact(node, { from, to: permit2Address, abi: permit2Abi, functionName, args })
  await permit2(owner, 'approve', token, spender, 100n, forever)
  await permit2(spender, 'transferFrom', owner, friend, 30n, token)
  const { approvals } = await check(owner)
  expect(approvals.grants).toMatchObject([
    { kind: 'allowance', amount: maximum, spender: { address: permit2Address, code: 'contract' } },
    {
      kind: 'permit2',
      permit2: permit2Address,
      amount: 70n,
      expiration: Number(forever),
      outerAllowance: maximum,
      balance: 970n,
    },
  ])
  expect(approvals.missing).toEqual([])
  await permit2(owner, 'lockdown', [{ token, spender }])
  const after = await check(owner)
  expect(after.approvals.grants.map(({ kind }) => kind)).toEqual(['allowance'])
  expect(after.approvals.endedCount).toBe(1)
})

test('a grant inside Permit2 is live up to its last second', async () => {
  const owner = await newOwner()
  const token = await newErc20(owner)
  const { chain } = await check(owner)
  const lastSecond = chain.block.timestamp + 1000
  const args = [token, spender, 100n, BigInt(lastSecond)]
  await transact(node, { from: owner, to: permit2Address, abi: permit2Abi, functionName: 'approve', args })
  const mineAt = async (timestamp: number) => {
    await node.send('evm_setNextBlockTimestamp', [timestamp])
    await node.send('evm_mine')
  }
  await mineAt(lastSecond)
  expect((await check(owner)).approvals.grants.map(({ kind }) => kind)).toEqual(['permit2'])
  await mineAt(lastSecond + 1)
  expect((await check(owner)).approvals).toMatchObject({ grants: [], endedCount: 1, missing: [] })
})

describe.each(['RevertingToken', 'GasBurningToken'])('%s announces an approval and does not answer for it', (name) => {
  const announce = async (owner: Address, sender: Address) => {
    const hostile = await deploy({ name })
    await call(name, sender, hostile)('announce', owner, spender, 5n)
    const token = await newErc20(owner)
    await call('ERC20PresetFixedSupply', owner, token)('approve', spender, 5n)
    const { approvals, tokens } = await check(owner)
    expect(brief(approvals.grants)).toEqual([['allowance', spender, 5n]])
    expect(approvals.endedCount).toBe(0)
    expect(tokens.holdings.map(({ token }) => token.address)).toEqual([token])
    return { hostile, approvals }
  }

  test('in a transaction of the owner: that is missing, and costs no other token its answer', async () => {
    const owner = await newOwner()
    const { hostile, approvals } = await announce(owner, owner)
    expect(approvals.unsolicited).toEqual([])
    expect(approvals.missing.map(({ about }) => about)).toContain('allowance')
    for (const { contract, error } of approvals.missing)
      expect([contract, error.code]).toEqual([hostile, 'contract-unreadable'])
  })

  test('in a transaction of somebody else: that is unsolicited, and nothing is missing', async () => {
    const { hostile, approvals } = await announce(await newOwner(), spender)
    expect(approvals.missing).toEqual([])
    expect(approvals.unsolicited.length).toBeGreaterThan(0)
    for (const event of approvals.unsolicited)
      expect(event).toMatchObject({ contract: hostile, spender, sender: spender })
    const places = approvals.unsolicited.map(({ log }) => `${log.transaction}:${log.index}`)
    expect(new Set(places).size).toBe(places.length)
  })
})

test('a node that stops answering about one token leaves it missing, never absent', async () => {
  const owner = await newOwner()
  const token = await newErc20(owner)
  await call('ERC20PresetFixedSupply', owner, token)('approve', spender, 5n)
  const request: RpcClient['request'] = async (method, params) => {
    const isAboutToken = JSON.stringify(params).toLowerCase().includes(token.slice(2).toLowerCase())
    if (method === 'eth_call' && isAboutToken) throw new RateLimitedError({ host: rpc.host, method })
    return rpc.request(method, params)
  }
  const { approvals, tokens } = await check(owner, { ...rpc, request })
  expect(approvals).toMatchObject({ grants: [], endedCount: 0 })
  expect(approvals.missing).toContainEqual(
    expect.objectContaining({
      about: 'allowance',
      contract: token,
      error: expect.objectContaining({ code: 'rate-limited' }),
    }),
  )
  expect(tokens.holdings).toEqual([])
  expect(tokens.missing).toContainEqual(expect.objectContaining({ about: 'token-balance', contract: token }))
})

test('an older block is judged by its own state', async () => {
  const owner = await newOwner()
  const token = await newErc20(owner)
  const own = call('ERC20PresetFixedSupply', owner, token)
  const { blockNumber } = await own('approve', spender, 5n)
  await own('approve', spender, 0n)
  const { approvals } = await check(owner, rpc, BigInt(blockNumber))
  expect(brief(approvals.grants)).toEqual([['allowance', spender, 5n]])
  expect((await check(owner)).approvals.grants).toEqual([])
})
