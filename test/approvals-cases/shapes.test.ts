/** Approvals told by their contract, whatever the shape of the events: items, collections, mixtures, and what only looks like them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from '../end-to-end/support/demo-check.ts'
import { type CaseChain, friend, maximum, startCaseChain } from './chain-of-cases.ts'
import { type Case, contractAt, inShort, reportOf, type Scene, sceneOn, testCases } from './scenario.ts'

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain()
}, 60_000)
afterAll(() => chain?.stop())

const presetItems = 'ERC721PresetMinterPauserAutoId'

/** A collection of which the account holds the items 0 and 1. */
async function items({ owner }: Scene) {
  const collection = contractAt(
    chain,
    presetItems,
    await chain.deployFrom(owner, presetItems, 'Items', 'ITM', 'ipfs://'),
  )
  for (let item = 0; item < 2; item++) await collection.from(owner, 'mint', owner)
  return collection
}

const single: readonly Case[] = [
  {
    name: 'item 0 of a collection: no revocation, though the number is zero',
    act: async (scene) => (await items(scene)).from(scene.owner, 'approve', chain.router, 0n),
    found: ['grant of nft #0'],
  },
  {
    name: 'an amount of 0: a revocation',
    act: async (scene) => {
      const token = await scene.deploy('ERC20PresetFixedSupply', 'Coin', 'COIN', 1000n, scene.owner)
      await token.from(scene.owner, 'approve', chain.router, 5n)
      await token.from(scene.owner, 'approve', chain.router, 0n)
    },
    found: [],
  },
  {
    name: 'an item that was approved to one and then to another',
    act: async (scene) => {
      const collection = await items(scene)
      await collection.from(scene.owner, 'approve', friend, 1n)
      await collection.from(scene.owner, 'approve', chain.router, 1n)
    },
    found: ['grant of nft #1'],
  },
  {
    name: 'an item that moved away and came back',
    act: async (scene) => {
      const collection = await items(scene)
      await collection.from(scene.owner, 'approve', chain.router, 1n)
      await collection.from(scene.owner, 'transferFrom', scene.owner, friend, 1n)
      await collection.from(friend, 'transferFrom', friend, scene.owner, 1n)
    },
    found: [],
  },
  {
    name: 'an item that its new holder approved',
    act: async (scene) => {
      const collection = await items(scene)
      await collection.from(scene.owner, 'approve', chain.router, 1n)
      await collection.from(scene.owner, 'transferFrom', scene.owner, friend, 1n)
      await collection.from(friend, 'approve', chain.router, 1n)
    },
    found: [],
  },
  {
    name: 'an item that was burned, beside one that was not',
    act: async (scene) => {
      const collection = await items(scene)
      for (const item of [0n, 1n]) await collection.from(scene.owner, 'approve', chain.router, item)
      await collection.from(scene.owner, 'burn', 0n)
    },
    found: ['grant of nft #1'],
  },
]

const shapes: readonly Case[] = [
  {
    name: 'four topics from a token: the amount is indexed',
    act: async (scene) => {
      const token = await scene.deploy('IndexedAmountToken', 1000n, scene.owner)
      await token.from(scene.owner, 'approve', chain.router, 40n)
      await token.from(scene.owner, 'approve', friend, maximum)
      await token.from(scene.owner, 'approve', friend, 0n)
    },
    found: ['grant of allowance 40'],
  },
  {
    name: 'four topics from a token, without end',
    act: async (scene) =>
      (await scene.deploy('IndexedAmountToken', 1000n, scene.owner)).from(
        scene.owner,
        'approve',
        chain.router,
        maximum,
      ),
    found: ['grant of allowance max', 'medium unlimited-allowance/held max, 1000 now'],
  },
  {
    name: 'three topics from a collection: the item is not indexed',
    act: async (scene) => {
      const collection = await scene.deploy('PlainIdItems')
      for (const item of [7n, 8n]) {
        await collection.from(scene.owner, 'mint', scene.owner, item)
        await collection.from(scene.owner, 'approve', chain.router, item)
      }
      await collection.from(scene.owner, 'approve', '0x0000000000000000000000000000000000000000', 8n)
    },
    found: ['grant of nft #7'],
  },
  {
    name: 'a mixed contract: an amount, an item and all items',
    act: async (scene) => {
      const mixed = await scene.deploy('MixedToken', 1000n, scene.owner)
      await mixed.from(scene.owner, 'approve', chain.router, maximum)
      await mixed.from(scene.owner, 'approve', chain.router, 3n)
      await mixed.from(scene.owner, 'setApprovalForAll', chain.router, true)
    },
    found: [
      'grant of allowance max',
      'grant of nft #3',
      'grant of operator',
      'medium operator-approval/operator',
      'medium unlimited-allowance/held max, 1000 now',
    ],
  },
  {
    name: 'a mixed contract, in the other order',
    act: async (scene) => {
      const mixed = await scene.deploy('MixedToken', 1000n, scene.owner)
      await mixed.from(scene.owner, 'setApprovalForAll', chain.router, true)
      await mixed.from(scene.owner, 'approve', chain.router, 3n)
      await mixed.from(scene.owner, 'approve', chain.router, 500n)
      await mixed.from(scene.owner, 'setApprovalForAll', chain.router, false)
    },
    found: ['grant of allowance 500', 'grant of nft #3'],
  },
  {
    name: 'an operator of ERC-1155 items',
    act: async (scene) => {
      const name = 'ERC1155PresetMinterPauser'
      const collection = contractAt(chain, name, await chain.deployFrom(scene.owner, name, 'ipfs://'))
      await collection.from(scene.owner, 'mint', scene.owner, 1n, 5n, '0x')
      await collection.from(scene.owner, 'setApprovalForAll', chain.router, true)
    },
    found: ['grant of operator', 'medium operator-approval/operator'],
  },
  {
    name: 'an operator, an item and all items of ERC-6909',
    act: async (scene) => {
      const ledger = await scene.deploy('ItemLedger')
      await ledger.from(scene.owner, 'mint', scene.owner, 7n, 50n)
      await ledger.from(scene.owner, 'setOperator', chain.router, true)
      await ledger.from(scene.owner, 'approve', chain.router, 7n, 20n)
    },
    found: ['grant of item 20 #7', 'grant of operator', 'medium operator-approval/operator'],
  },
  {
    name: 'an operator of an ERC-7540 vault',
    act: async (scene) => {
      const vault = await scene.deploy('RequestVault', friend, true, scene.owner)
      await vault.from(scene.owner, 'setOperator', chain.router, true)
    },
    found: ['grant of operator', 'medium operator-approval/operator'],
  },
  {
    name: 'an operator of an ERC-777 token, and a default one',
    act: async (scene) => {
      const token = await scene.deploy('OperatedToken', [friend], 1000n, scene.owner)
      await token.from(scene.owner, 'authorizeOperator', chain.router)
    },
    found: ['grant of operator', 'high approval-to-account/account', 'medium operator-approval/operator'],
  },
  {
    name: 'an operator whom the event names and the contract denies',
    act: async (scene) =>
      (await scene.deploy('DenyingCollection')).from(scene.owner, 'setApprovalForAll', chain.router, true),
    found: [],
  },
]

testCases(() => chain, [...single, ...shapes])

test('an approval whose event indexes nothing names no account: it is not found, and nothing says that it was looked for', async () => {
  const scene = await sceneOn(chain)
  const collection = await scene.deploy('UnindexedItems')
  await collection.from(scene.owner, 'mint', scene.owner, 7n)
  await collection.from(scene.owner, 'approve', chain.router, 7n)
  expect(findings(await reportOf(scene)).map(inShort)).toEqual([])
})
