/**
 * Random histories of every kind of approval on a real chain. What a check-up says must be what asking about every pair says,
 * through our own client, viem's and ethers' alike.
 */
import { JsonRpcProvider, Network } from 'ethers'
import fc from 'fast-check'
import { createPublicClient, http } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeCollection, fromEthers, fromViem, gather, judgeCollection, type RpcClient } from '../../src/index.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at } from '../../src/testing.ts'
import { findings, outcomes } from '../end-to-end/support/demo-check.ts'
import { startCaseChain } from './chain-of-cases.ts'
import { linesOf, readEveryPair } from './every-pair.ts'
import { anyHistory, live, newActors, startWorld, type World } from './history-steps.ts'

const runs = 8
let world: World
let items = 0
beforeAll(async () => {
  world = await startWorld(await startCaseChain())
}, 60_000)
afterAll(() => world?.chain.stop())

/** Nobody is expected, so every grant that the account gave is a finding. */
const judging = {
  onlyRules: ['unexpected-spender', 'implicit-approval'],
  ruleOptions: { 'unexpected-spender': { expectedSpenders: [at(0xe4bec7ed)] } },
}

async function check(rpc: RpcClient, address: `0x${string}`) {
  const collection = await gather({ address, rpc, chainId: 31337, now: () => 1_800_000_000_000, ...judging })
  return {
    collection,
    saved: encodeCollection({ ...collection, endpoint: { ...collection.endpoint, requests: 0 } }),
    report: judgeCollection(collection, judging),
  }
}

test('a check-up finds exactly the grants that asking about every pair finds', async () => {
  const { url } = world.chain.node
  const network = Network.from(31337)
  const clients = {
    viem: fromViem(createPublicClient({ transport: http(url, { batch: true }) })),
    ethers: fromEthers(new JsonRpcProvider(url, network, { staticNetwork: network })),
  }
  const seen = new Set<string>()
  const property = fc.asyncProperty(anyHistory, async (history) => {
    const actors = await newActors(world, items)
    items += actors.items.length
    await live(world, actors, history)
    for (const owner of actors.owners) {
      const { collection, saved, report } = await check(createRpcClient({ url }), owner)
      const { chain, approvals } = collection.facts
      if (chain.status !== 'ok' || approvals.status !== 'ok') throw new Error('a fact could not be read')
      expect(approvals.value.missing).toEqual([])
      const everyPair = await readEveryPair(world, { owner, actors, items, block: chain.value.block.number })
      expect(linesOf(approvals.value.grants)).toEqual(everyPair)
      for (const line of everyPair) seen.add(line.split(' ')[0] ?? '')
      // The account itself is always expected.
      const given = everyPair.filter((line) => !line.includes(owner))
      expect(findings(report, 'unexpected-spender')).toHaveLength(given.length)
      expect(outcomes(report).map(({ status }) => status)).not.toContain('inconclusive')
      for (const client of Object.values(clients)) expect((await check(client, owner)).saved).toBe(saved)
    }
  })
  await fc.assert(property, { numRuns: runs, seed: 20_260_823, endOnFailure: true })
  expect([...seen].sort()).toEqual(['allowance', 'item', 'nft', 'operator', 'permit2'])
}, 300_000)
