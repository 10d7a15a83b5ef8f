/**
 * Every kind of approval, and every way in which a node may fail to say whether it is live. A live approval that cannot be
 * read is never gone: the rules about it cannot decide, and what the other contracts answer is found all the same.
 */
import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permit2Address } from '../../fixtures/chains/preinstalls.ts'
import type { Report } from '../../src/index.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { findings } from '../end-to-end/support/demo-check.ts'
import { type Behaviour, pass, startNodeProxy } from '../end-to-end/support/node-proxy.ts'
import { type CaseChain, startCaseChain } from './chain-of-cases.ts'
import { contractAt, inShort, reportOf, type Scene, sceneOn, unreadRules } from './scenario.ts'

type Kind = {
  /** Gives the approval; whoever answers for it. */
  readonly give: (scene: Scene) => Promise<Address>
  readonly found: string
}

const presetItems = 'ERC721PresetMinterPauserAutoId'
const preset = ({ deploy, owner }: Scene) => deploy('ERC20PresetFixedSupply', 'Coin', 'COIN', 1000n, owner)

async function items({ owner }: Scene) {
  const collection = contractAt(
    chain,
    presetItems,
    await chain.deployFrom(owner, presetItems, 'Items', 'ITM', 'ipfs://'),
  )
  for (let item = 0; item < 2; item++) await collection.from(owner, 'mint', owner)
  return collection
}

const kinds = {
  'an ERC-20 allowance': {
    give: async (scene) => {
      const token = await preset(scene)
      await token.from(scene.owner, 'approve', chain.router, 40n)
      return token.address
    },
    found: 'grant of allowance 40',
  },
  'one item of ERC-721': {
    give: async (scene) => {
      const collection = await items(scene)
      await collection.from(scene.owner, 'approve', chain.router, 1n)
      return collection.address
    },
    found: 'grant of nft #1',
  },
  'an operator of ERC-721': {
    give: async (scene) => {
      const collection = await items(scene)
      await collection.from(scene.owner, 'setApprovalForAll', chain.router, true)
      return collection.address
    },
    found: 'grant of operator',
  },
  'an operator of ERC-1155': {
    give: async (scene) => {
      const name = 'ERC1155PresetMinterPauser'
      const collection = contractAt(chain, name, await chain.deployFrom(scene.owner, name, 'ipfs://'))
      await collection.from(scene.owner, 'mint', scene.owner, 1n, 5n, '0x')
      await collection.from(scene.owner, 'setApprovalForAll', chain.router, true)
      return collection.address
    },
    found: 'grant of operator',
  },
  'an operator of ERC-6909': {
    give: async (scene) => {
      const ledger = await scene.deploy('ItemLedger')
      await ledger.from(scene.owner, 'setOperator', chain.router, true)
      return ledger.address
    },
    found: 'grant of operator',
  },
  'an operator of an ERC-7540 vault': {
    give: async (scene) => {
      const vault = await scene.deploy('RequestVault', chain.router, true, scene.owner)
      await vault.from(scene.owner, 'setOperator', chain.router, true)
      return vault.address
    },
    found: 'grant of operator',
  },
  'one item of ERC-6909': {
    give: async (scene) => {
      const ledger = await scene.deploy('ItemLedger')
      await ledger.from(scene.owner, 'approve', chain.router, 7n, 20n)
      return ledger.address
    },
    found: 'grant of item 20 #7',
  },
  'an operator of ERC-777': {
    give: async (scene) => {
      const token = await scene.deploy('OperatedToken', [], 1000n, scene.owner)
      await token.from(scene.owner, 'authorizeOperator', chain.router)
      return token.address
    },
    found: 'grant of operator',
  },
  'a grant inside Permit2': {
    give: async (scene) => {
      const token = await preset(scene)
      await chain.permit2(scene.owner, 'approve', token.address, chain.router, 70n, 2n ** 48n - 1n)
      return permit2Address
    },
    found: 'grant of permit2 70',
  },
} as const satisfies Record<string, Kind>

const refusal = (code: number, message: string): Behaviour => ({ kind: 'refuse', code, message })

const failures: readonly (readonly [string, Behaviour])[] = [
  ['HTTP 429', { kind: 'http', status: 429, body: 'Too Many Requests' }],
  ['HTTP 503', { kind: 'http', status: 503, body: 'busy' }],
  ['a closed connection', { kind: 'close' }],
  ['-32016 over rate limit', refusal(-32016, 'over rate limit')],
  ['429 in an answer', refusal(429, 'Too Many Requests')],
  ['-32005 limit exceeded', refusal(-32005, 'limit exceeded')],
  ['-32000 header not found', refusal(-32000, 'header not found')],
  ['-32000 missing trie node', refusal(-32000, 'missing trie node 5a7c (path ) <nil>')],
  ['-32000 out of gas', refusal(-32000, 'out of gas')],
  ['-32000 execution aborted', refusal(-32000, 'execution aborted (timeout = 5s)')],
  ['-32603 internal error', refusal(-32603, 'Internal error')],
  ['-32001 resource not found', refusal(-32001, 'resource not found')],
  ['-32601 no such method', refusal(-32601, 'the method does not exist/is not available')],
  ['-32602 invalid params', refusal(-32602, 'invalid params')],
  ['execution reverted', refusal(3, 'execution reverted')],
  ['an empty answer', { kind: 'answer', result: '0x' }],
  ['null', { kind: 'answer', result: null }],
]

type Given = { readonly name: string; readonly found: string; readonly scene: Scene; readonly contract: Address }

let chain: CaseChain
const given: Given[] = []
beforeAll(async () => {
  chain = await startCaseChain()
  for (const [name, { give, found }] of Object.entries<Kind>(kinds)) {
    const scene = await sceneOn(chain)
    given.push({ name, found, scene, contract: await give(scene) })
    await (await preset(scene)).from(scene.owner, 'approve', chain.router, 5n)
  }
}, 60_000)
afterAll(() => chain?.stop())

/** Which calls fail. */
const scopes = {
  'that name the contract': ({ contract }: Given, params: unknown) =>
    JSON.stringify(params).toLowerCase().includes(contract.slice(2).toLowerCase()),
  'of any kind': () => true,
}

/** Through a node that does so with these calls. */
async function check(each: Given, behaviour: Behaviour, fails = scopes['that name the contract']) {
  const { scene } = each
  const proxy = await startNodeProxy(chain.node.url, (method, params) =>
    method === 'eth_call' && fails(each, params) ? behaviour : pass,
  )
  try {
    return await reportOf(scene, { rpc: createRpcClient({ url: proxy.url, maximumAttempts: 2, backoffMs: 1 }) })
  } finally {
    await proxy.stop()
  }
}

const other = 'grant of allowance 5'
const grantsIn = (report: Report) => findings(report, 'unexpected-spender').map(inShort)

test.each(Object.keys(kinds))('%s is found where the node answers', async (name) => {
  for (const each of given.filter((one) => one.name === name)) {
    const report = await check(each, pass)
    expect([...grantsIn(report)].sort()).toEqual([each.found, other].sort())
    expect(unreadRules(report)).toEqual([])
  }
})

describe.each(Object.entries(scopes))('calls %s', (_, fails) => {
  test.each(failures)('%s: no kind of approval is gone', async (_, behaviour) => {
    const read = async (each: Given) => ({ name: each.name, report: await check(each, behaviour, fails) })
    for (const { name, report } of await Promise.all(given.map(read))) {
      // A node that refuses whatever it is asked is not asked for the other token, either.
      expect([name, grantsIn(report).filter((found) => found !== other)]).toEqual([name, []])
      const outcome = report.result.targets[0]?.outcomes.find(({ ruleId }) => ruleId === 'unexpected-spender')
      expect([name, outcome]).toEqual([name, expect.objectContaining({ because: expect.anything() })])
      expect([name, report.result.summary.complete]).toEqual([name, false])
    }
  })
})
