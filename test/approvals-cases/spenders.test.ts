/** What is told of spenders: proxies and who may replace their code, since when they are there, and what no endpoint told. */
import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReadMethod, RpcClient } from '../../src/core/rpc.ts'
import { StateUnavailableError } from '../../src/rpc/errors.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { at } from '../../src/testing.ts'
import { without } from '../support/fake-rpc.ts'
import { type CaseChain, startCaseChain } from './chain-of-cases.ts'

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain()
}, 60_000)
afterAll(() => chain.stop())

const keeper = at(0xad314)
const head = async () => BigInt((await chain.node.send('eth_blockNumber')) as string)

/** The spender of a grant that the account gives it now, as it is told through `client`. */
async function told(spender: Address, client: RpcClient = chain.rpc) {
  const owner = await chain.newOwner()
  const token = await chain.deploy('NamedToken', 'Named', 'NMD', 8, 1000n, owner)
  await chain.send('NamedToken', owner, token)('approve', spender, 40n)
  const { grants, facts, outcome } = await chain.check(owner, { client })
  return { spender: grants[0]?.spender, missing: facts.approvals.missing, outcome }
}

test('a plain contract: no proxy, made in the block that deployed it', async () => {
  const plain = await chain.deploy('Router')
  const block = await head()
  const { timestamp } = (await chain.node.send('eth_getBlockByNumber', [numberToHex(block), false])) as {
    timestamp: string
  }
  const { spender, missing } = await told(plain)
  expect(spender).toEqual({
    address: plain,
    code: 'contract',
    nonce: null,
    proxy: null,
    created: { block, timestamp: Number(timestamp) },
  })
  expect(missing).toEqual([])
})

test("OpenZeppelin's transparent proxy: its implementation, and the admin who may replace it", async () => {
  const implementation = await chain.deploy('Router')
  const proxy = await chain.deploy('TransparentUpgradeableProxy', implementation, keeper, '0x')
  const { spender } = await told(proxy)
  expect(spender?.proxy).toEqual({ implementation, beacon: null, admin: keeper })
})

test('a proxy without an admin', async () => {
  const implementation = await chain.deploy('Router')
  const { spender } = await told(await chain.deploy('ERC1967Proxy', implementation, '0x'))
  expect(spender?.proxy).toEqual({ implementation, beacon: null, admin: null })
})

test('a proxy behind a beacon runs what the beacon names', async () => {
  const implementation = await chain.deploy('Router')
  const beacon = await chain.deploy('UpgradeableBeacon', implementation)
  const { spender } = await told(await chain.deploy('BeaconProxy', beacon, '0x'))
  expect(spender?.proxy).toEqual({ implementation, beacon, admin: null })
})

test('an account that never sent anything, and one with a delegate', async () => {
  expect((await told(at(0xfeed01))).spender).toEqual({ address: at(0xfeed01), code: 'none', nonce: 0 })
  await chain.node.send('anvil_setCode', [at(0xfeed02), `0xef0100${chain.router.slice(2)}`])
  const { spender } = await told(at(0xfeed02))
  expect(spender).toEqual({ address: at(0xfeed02), code: 'delegated', nonce: 0, delegate: chain.router })
})

describe('when the endpoint does not tell', () => {
  test('past state: since when is not known, with the reason, and every rule is whole', async () => {
    const plain = await chain.deploy('Router')
    const { client, asked } = pruned(chain.rpc, await head())
    const { spender, missing, outcome } = await told(plain, client)
    expect(spender?.created).toMatchObject({ error: { code: 'state-unavailable' } })
    expect(missing).toEqual([])
    expect(outcome('approval-to-account').status).toBe('passed')
    expect(outcome('unlimited-allowance').status).toBe('passed')
    expect(asked()).toBe(1)
  })

  test('past state, and shows that of today for every block', async () => {
    const plain = await chain.deploy('Router')
    const { spender } = await told(plain, flattened(chain.rpc))
    expect(spender?.created).toMatchObject({ error: { code: 'creation-not-told' } })
  })

  test('storage: whether it is a proxy is not known, with the reason', async () => {
    const implementation = await chain.deploy('Router')
    const proxy = await chain.deploy('ERC1967Proxy', implementation, '0x')
    const { spender, missing, outcome } = await told(proxy, without(chain.rpc, 'eth_getStorageAt'))
    expect(spender?.proxy).toMatchObject({ error: { code: 'method-not-supported' } })
    expect(missing).toEqual([])
    expect(outcome('approval-to-account').status).toBe('passed')
  })
})

test('the search is made for eight contracts, those granted last first', async () => {
  const owner = await chain.newOwner()
  const token = await chain.deploy('NamedToken', 'Named', 'NMD', 8, 1000n, owner)
  for (let count = 0; count < 9; count++) {
    await chain.send('NamedToken', owner, token)('approve', await chain.deploy('Router'), 40n)
  }
  const { grants } = await chain.check(owner)
  const created = grants.map(({ spender }) => spender.created)
  expect(created[0]).toMatchObject({ error: { code: 'creations-left-out' } })
  expect(created.slice(1).every((each) => each !== undefined && 'block' in each)).toBe(true)
})

describe('what an earlier run found', () => {
  async function stage() {
    const owner = await chain.newOwner()
    const token = await chain.deploy('NamedToken', 'Named', 'NMD', 8, 1000n, owner)
    const plain = await chain.deploy('Router')
    const made = await head()
    for (let block = 0; block < 40; block++) await chain.node.send('evm_mine')
    await chain.send('NamedToken', owner, token)('approve', plain, 40n)
    const store = memoryStore()
    const check = async () => {
      const { client, asked } = counting(chain.rpc, plain)
      const { grants } = await chain.check(owner, { client, store })
      return { created: grants[0]?.spender.created, asked: asked() }
    }
    return { plain, made, store, check }
  }

  test('is looked at again, and not searched for', async () => {
    const { made, check } = await stage()
    const [first, second] = [await check(), await check()]
    expect([first.created, second.created]).toEqual([{ block: made, timestamp: expect.any(Number) }, first.created])
    expect(first.asked).toBeGreaterThan(5)
    expect(second.asked).toBe(2)
  })

  test.each([
    ['a block too late', (made: bigint) => String(made + 1n)],
    ['a block too early', (made: bigint) => String(made - 1n)],
    ['a block that is not there yet', (made: bigint) => String(made + 1000n)],
    ['no block', () => 'soon'],
  ])('is searched for anew when it is %s', async (_, text) => {
    const { plain, made, store, check } = await stage()
    await store.immutable.put(`creation:31337:${plain}`, text(made))
    expect((await check()).created).toMatchObject({ block: made })
    expect(await store.immutable.get(`creation:31337:${plain}`)).toBe(String(made))
  })
})

test('a finding tells it, with the reads of the slots', async () => {
  const implementation = await chain.deploy('Router')
  const proxy = await chain.deploy('TransparentUpgradeableProxy', implementation, keeper, '0x')
  const owner = await chain.newOwner()
  const token = await chain.deploy('NamedToken', 'Named', 'NMD', 8, 1000n, owner)
  await chain.send('NamedToken', owner, token)('approve', proxy, 2n ** 256n - 1n)
  const outcome = (await chain.check(owner)).outcome('unlimited-allowance')
  const evidence = outcome.status === 'found' ? outcome.findings[0].evidence : []
  expect(evidence.find(({ kind }) => kind === 'spender')).toMatchObject({
    code: 'contract',
    proxy: { implementation, admin: keeper },
    createdBlock: expect.any(String),
    lists: [],
  })
  expect(evidence.filter((each) => each.kind === 'read').map(({ method }) => method)).toEqual([
    'eth_getStorageAt',
    'eth_getStorageAt',
  ])
})

/** The same node, without the state of blocks up to `last`. */
function pruned(rpc: RpcClient, last: bigint): { readonly client: RpcClient; readonly asked: () => number } {
  let asked = 0
  const request: RpcClient['request'] = async (method: ReadMethod, params) => {
    if (method === 'eth_getCode' && BigInt(String(params[1])) <= last) {
      asked++
      throw new StateUnavailableError({ host: rpc.host, method }, 'missing trie node')
    }
    return rpc.request(method, params)
  }
  return { client: { ...rpc, request }, asked: () => asked }
}

/** The same node, and how often it was asked for the code of one contract in blocks of the past. */
function counting(rpc: RpcClient, contract: Address): { readonly client: RpcClient; readonly asked: () => number } {
  const asked: unknown[] = []
  const request: RpcClient['request'] = async (method: ReadMethod, params) => {
    if (method === 'eth_getCode' && params[0] === contract) asked.push(params[1])
    return rpc.request(method, params)
  }
  // Once of the pinned block, as of every spender.
  return { client: { ...rpc, request }, asked: () => asked.length - 1 }
}

/** The same node, which shows the code of now whatever block is asked for. */
function flattened(rpc: RpcClient): RpcClient {
  const request: RpcClient['request'] = async (method: ReadMethod, params) =>
    rpc.request(method, method === 'eth_getCode' ? [params[0], 'latest'] : params)
  return { ...rpc, request }
}
