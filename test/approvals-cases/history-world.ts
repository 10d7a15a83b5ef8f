/** Who takes part in random histories, and the contracts that they use. */
import type { Abi, Address } from 'viem'
import { encodeFunctionData } from 'viem/utils'
import { contract, fund, sendAndMine, type Transaction } from '../../fixtures/chains/contracts.ts'
import { permit2Address } from '../../fixtures/chains/preinstalls.ts'
import { at } from '../../src/testing.ts'
import { type CaseChain, friend, maximum } from './chain-of-cases.ts'

export type World = Awaited<ReturnType<typeof startWorld>>
export type Actors = {
  readonly owners: readonly Address[]
  /** Who is named in approvals: a contract, a person, Permit2, and the owners among themselves. */
  readonly spenders: readonly Address[]
  readonly items: readonly bigint[]
  /** A contract of amounts and items for each owner, by itself. */
  readonly mixed: readonly Address[]
  /** Unix seconds after which some of the grants inside Permit2 end. */
  readonly deadline: number
}

/** What everybody uses: each kind of contract once. */
export async function startWorld(chain: CaseChain) {
  // The node sends for contracts as well.
  await fund(chain.node, permit2Address, 10n ** 20n)
  const changing = await chain.deploy('ChangingToken')
  const collection = 'ERC721PresetMinterPauserAutoId'
  return {
    chain,
    implementations: [changing, await chain.deploy('DoublingToken')] as const,
    proxy: await chain.deploy('ERC1967Proxy', changing, '0x'),
    preset: await chain.deploy('ERC20PresetFixedSupply', 'Coin', 'COIN', 10n ** 9n, friend),
    tether: await chain.deploy('TetherLikeToken', 10n ** 9n, friend),
    operated: await chain.deploy('OperatedToken', [], 10n ** 9n, friend),
    ledger: await chain.deploy('ItemLedger'),
    collection: await chain.deployFrom(friend, collection, 'Items', 'ITM', 'ipfs://'),
    multi: await chain.deployFrom(friend, 'ERC1155PresetMinterPauser', 'ipfs://'),
    indexed: await chain.deploy('IndexedAmountToken', 10n ** 9n, friend),
    trusting: await chain.deploy('Permit2Token', 10n ** 9n, friend),
    plain: await chain.deploy('PlainIdItems'),
    agreeing: await chain.deploy('AgreeingAccount'),
    forger: await chain.deploy('Forger'),
    mute: await chain.deploy('RevertingToken'),
  }
}

export const fungible = ({ proxy, preset, tether, operated, indexed, trusting }: World) => [
  proxy,
  preset,
  tether,
  operated,
  indexed,
  trusting,
]

let accounts = 0

/** Three new owners with something of everything. The first is a contract that agrees to any signature. */
export async function newActors(world: World, itemsBefore: number): Promise<Actors> {
  const { node, router } = world.chain
  const owners = [0, 1, 2].map(() => at(0xacc0000n + BigInt(++accounts)))
  const items = Array.from({ length: 2 * owners.length }, (_, index) => BigInt(itemsBefore + index))
  const mixed: Address[] = []
  for (const [index, owner] of owners.entries()) {
    await fund(node, owner, 10n ** 20n)
    mixed.push(await world.chain.deploy('MixedToken', 500n, owner))
    const id = (item: bigint) => act(abiOf('ItemLedger'), 'mint', owner, item, 500n)(friend, world.ledger)
    const gifts = [
      act(abiOf('ChangingToken'), 'mint', owner, 500n)(friend, world.proxy),
      act(erc20, 'transfer', owner, 500n)(friend, world.preset),
      act(erc20, 'transfer', owner, 500n)(friend, world.tether),
      act(abiOf('OperatedToken'), 'operatorSend', friend, owner, 500n)(friend, world.operated),
      act(erc20, 'transferFrom', friend, owner, 500n)(permit2Address, world.trusting),
      ...[1, 2].map(() => act(erc721, 'mint', owner)(friend, world.collection)),
      ...items
        .slice(2 * index, 2 * index + 2)
        .map((item) => act(abiOf('PlainIdItems'), 'mint', owner, item)(friend, world.plain)),
      ...[1n, 2n].map(id),
      act(erc20, 'approve', permit2Address, maximum)(owner, world.preset),
    ]
    for (const gift of gifts) await sendAndMine(node, gift)
  }
  await node.send('anvil_setCode', [owners[0], await node.send('eth_getCode', [world.agreeing, 'latest'])])
  const { timestamp } = (await node.send('eth_getBlockByNumber', ['latest', false])) as { timestamp: string }
  const spenders = [router, friend, permit2Address, ...owners]
  return { owners, spenders, items, mixed, deadline: Number(timestamp) + 1000 }
}

export const erc20 = contract('ERC20PresetFixedSupply').abi
export const erc721 = contract('ERC721PresetMinterPauserAutoId').abi
export const abiOf = (name: string) => contract(name).abi

/** A call with these arguments: `act(…)(from, to)`. */
export const act =
  (abi: Abi, functionName: string, ...args: readonly unknown[]) =>
  (from: Address, to: Address): Transaction => ({ from, to, data: encodeFunctionData({ abi, functionName, args }) })
