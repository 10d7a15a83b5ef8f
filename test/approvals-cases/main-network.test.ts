/** Approvals that only Ethereum's own network has: through the registry of the first OpenSea, and to contracts robbed there. */
import type { Address } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from '../end-to-end/support/demo-check.ts'
import { type CaseChain, startCaseChain } from './chain-of-cases.ts'
import { contractAt, inShort, reportOf, sceneOn, unreadRules } from './scenario.ts'

const registryAddress: Address = '0xa5409ec958C83C3f309868babACA7c86DCB077c1'

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain(['--chain-id', '1'])
  const copied = await chain.deploy('ProxyRegistry')
  await chain.node.send('anvil_setCode', [registryAddress, await chain.node.send('eth_getCode', [copied, 'latest'])])
}, 60_000)
afterAll(() => chain?.stop())

test('the proxy that a marketplace keeps for the account may move its items, and no event says so', async () => {
  const scene = await sceneOn(chain)
  const proxy = await chain.deploy('Router')
  const collection = await scene.deploy('RegisteredCollection', registryAddress, scene.owner)
  const without = await reportOf(scene, { chainId: 1 })
  expect(findings(without).map(inShort)).toEqual([])

  await contractAt(chain, 'ProxyRegistry', registryAddress).from(scene.owner, 'register', scene.owner, proxy)
  const report = await reportOf(scene, { chainId: 1 })
  expect(findings(report).map(inShort)).toEqual(['low implicit-approval/unannounced'])
  expect(findings(report)[0]?.subject).toEqual({
    kind: 'operator',
    collection: collection.address,
    owner: scene.owner,
    operator: proxy,
  })
  expect(unreadRules(report)).toEqual([])
})

test('an allowance of a contract that was robbed on this chain, and what is left of one', async () => {
  const scene = await sceneOn(chain)
  // Of the "SushiSwap Hack" of 2023.
  const robbed: Address = '0x044b75f554b886A065b9567891e45c79542d7357'
  await chain.node.send('anvil_setCode', [robbed, '0x6000'])
  const token = await scene.deploy('ERC20PresetFixedSupply', 'Coin', 'COIN', 1000n, scene.owner)
  await token.from(scene.owner, 'approve', robbed, 5n)
  const live = await reportOf(scene, { chainId: 1 })
  expect(findings(live).map(inShort)).toContain('high exploited-spender-approval/exploited 5')
  await token.from(scene.owner, 'approve', robbed, 0n)
  expect(findings(await reportOf(scene, { chainId: 1 })).map(inShort)).toEqual([])
})
