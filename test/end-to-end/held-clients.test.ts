/** The same check-up through three clients: ours, one of viem and one of ethers. What was read must be the same to the byte. */
import { JsonRpcProvider, Network } from 'ethers'
import { createPublicClient, http } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Demo, startDemo } from '../../fixtures/chains/demo.ts'
import { encodeCollection, fromEthers, fromViem, gather, judgeCollection, type RpcClient } from '../../src/index.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { findings } from './support/demo-check.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
  await demo.refresh()
}, 60_000)
afterAll(() => demo?.node.stop())

function ethersClient(): RpcClient {
  const network = Network.from(demo.chainId)
  return fromEthers(new JsonRpcProvider(demo.node.url, network, { staticNetwork: network }))
}

const clients = {
  own: () => createRpcClient({ url: demo.node.url }),
  viem: () => fromViem(createPublicClient({ transport: http(demo.node.url, { batch: true }) })),
  ethers: ethersClient,
} as const

async function check(name: keyof typeof clients, address: string) {
  const collection = await gather({
    address,
    rpc: clients[name](),
    chainId: demo.chainId,
    threatLists: [{ name: 'demo', date: '2026-11-01', entries: [{ chainId: null, address: demo.actors.drainer }] }],
    // One clock for all, so that only what was read can differ.
    now: () => 1_800_000_000_000,
  })
  const report = judgeCollection(collection)
  return {
    facts: encodeCollection({ ...collection, endpoint: { ...collection.endpoint, requests: 0 } }),
    result: JSON.stringify(report.result),
    found: findings(report).length,
    requests: collection.endpoint.requests,
  }
}

describe.each(['sick', 'well'] as const)('the %s account', (patient) => {
  test('is the same through each client', async () => {
    const own = await check('own', demo[patient])
    expect(own.found).toBeGreaterThan(0)
    for (const name of ['viem', 'ethers'] as const) {
      const held = await check(name, demo[patient])
      expect(held.requests).toBeGreaterThan(10)
      expect(held.facts).toBe(own.facts)
      expect(held.result).toBe(own.result)
    }
  }, 120_000)
})
