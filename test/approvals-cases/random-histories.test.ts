/**
 * Random histories of every kind of approval on a real chain. What a check-up says must be what asking about every pair says,
 * through our own client, viem's and ethers' alike.
 */
import { JsonRpcProvider, Network } from 'ethers'
import fc from 'fast-check'
import { type Address, createPublicClient, http } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendAndMine, type Transaction } from '../../fixtures/chains/contracts.ts'
import { encodeCollection, fromEthers, fromViem, gather, judgeCollection, type RpcClient } from '../../src/index.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at } from '../../src/testing.ts'
import { findings, outcomes } from '../end-to-end/support/demo-check.ts'
import { startCaseChain } from './chain-of-cases.ts'
import { isBuiltIn, linesOf, readEveryPair } from './every-pair.ts'
import { anyHistory, live } from './history-steps.ts'
import { type Actors, newActors, startWorld, type World } from './history-world.ts'

const runs = 6
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

async function check(rpc: RpcClient, address: Address) {
  const collection = await gather({ address, rpc, chainId: 31337, now: () => 1_800_000_000_000, ...judging })
  return {
    collection,
    saved: encodeCollection({ ...collection, endpoint: { ...collection.endpoint, requests: 0 } }),
    report: judgeCollection(collection, judging),
  }
}

test('a check-up finds exactly the grants that asking about every pair finds, and its calls end them', async () => {
  const seen = new Set<string>()
  const property = fc.asyncProperty(anyHistory, async (history) => {
    const actors = await newActors(world, items)
    items += actors.items.length
    await live(world, actors, history)
    const calls: Transaction[] = []
    const checks = await Promise.all(actors.owners.map((owner) => checkAndCompare(owner, actors)))
    for (const { owner, report, everyPair } of checks) {
      for (const line of everyPair) seen.add(line.split(' ')[0] ?? '')
      for (const { remedy = [] } of findings(report)) {
        calls.push(...remedy.map(({ to, data }) => ({ from: owner, to, data })))
      }
    }
    for (const call of calls) expect(await sendAndMine(world.chain.node, call)).toMatchObject({ status: '0x1' })
    const block = BigInt(String(await world.chain.node.send('eth_blockNumber')))
    for (const owner of actors.owners) {
      const left = await readEveryPair(world, { owner, actors, items, block })
      expect(left.filter((line) => isGiven(line, owner))).toEqual([])
    }
  })
  await fc.assert(property, { numRuns: runs, seed: 20_260_823, endOnFailure: true })
  expect([...seen].sort()).toEqual(['allowance', 'item', 'nft', 'operator', 'permit2'])
}, 300_000)

/** Through each client, beside what every pair answers. */
async function checkAndCompare(owner: Address, actors: Actors) {
  const { collection, saved, report } = await check(createRpcClient({ url: world.chain.node.url }), owner)
  const { chain, approvals } = collection.facts
  if (chain.status !== 'ok' || approvals.status !== 'ok') throw new Error('a fact could not be read')
  expect(approvals.value.missing).toEqual([])
  const everyPair = await readEveryPair(world, { owner, actors, items, block: chain.value.block.number })
  expect(linesOf(approvals.value.grants)).toEqual(everyPair)
  expect(outcomes(report).map(({ status }) => status)).not.toContain('inconclusive')
  const found = findings(report, 'unexpected-spender')
  expect(found).toHaveLength(everyPair.filter((line) => isGiven(line, owner)).length)
  for (const { evidence } of found) {
    expect(evidence).toContainEqual(expect.objectContaining({ kind: 'second-reading', agrees: true, unread: 0 }))
  }
  for (const held of await Promise.all(heldClients().map((client) => check(client, owner)))) {
    expect(held.saved).toBe(saved)
  }
  return { owner, report, everyPair }
}

/** To somebody else, by the account and not by the contract itself. */
function isGiven(line: string, owner: Address): boolean {
  return !line.includes(owner) && !isBuiltIn(world, line)
}

function heldClients(): readonly RpcClient[] {
  const { url } = world.chain.node
  const network = Network.from(31337)
  return [
    fromViem(createPublicClient({ transport: http(url, { batch: true }) })),
    fromEthers(new JsonRpcProvider(url, network, { staticNetwork: network })),
  ]
}
