/** Random histories: what owners, spenders and third persons may do with every kind of approval, as data that fast-check can shrink. */
import fc from 'fast-check'
import type { Abi, Address } from 'viem'
import { encodeFunctionData } from 'viem/utils'
import { contract, fund, send, sendAndMine, type Transaction } from '../../fixtures/chains/contracts.ts'
import { permit2Abi, permit2Address } from '../../fixtures/chains/preinstalls.ts'
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

/** Three new owners with something of everything. */
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
  const { timestamp } = (await node.send('eth_getBlockByNumber', ['latest', false])) as { timestamp: string }
  const spenders = [router, friend, permit2Address, ...owners]
  return { owners, spenders, items, mixed, deadline: Number(timestamp) + 1000 }
}

type Scene = World & { readonly owner: Address; readonly spender: Address; readonly to: Address } & {
  readonly token: Address
  readonly mixed: Address
  readonly item: bigint
  readonly ledgerItem: bigint
  readonly amount: bigint
  readonly portion: bigint
  readonly isOn: boolean
  readonly expiration: number
}

const erc20 = contract('ERC20PresetFixedSupply').abi
const erc721 = contract('ERC721PresetMinterPauserAutoId').abi
const abiOf = (name: string) => contract(name).abi

const act =
  (abi: Abi, functionName: string, ...args: readonly unknown[]) =>
  (from: Address, to: Address): Transaction => ({ from, to, data: encodeFunctionData({ abi, functionName, args }) })

/** Each may fail on the chain, as such calls do: nothing happened then. */
const actions = {
  approve: ({ owner, token, spender, amount }: Scene) => act(erc20, 'approve', spender, amount)(owner, token),
  permit: ({ owner, proxy, spender, amount }: Scene) =>
    act(abiOf('ChangingToken'), 'permit', owner, spender, amount)(spender, proxy),
  spend: ({ owner, token, spender, to, portion }: Scene) =>
    act(erc20, 'transferFrom', owner, to, portion)(spender, token),
  upgrade: ({ proxy, implementations: [one, other], isOn }: Scene) =>
    act(abiOf('ChangingToken'), 'upgradeTo', isOn ? other : one)(friend, proxy),
  rewrite: ({ owner, proxy, spender, amount }: Scene) =>
    act(abiOf('ChangingToken'), 'rewrite', owner, spender, amount)(friend, proxy),
  approveItem: ({ owner, collection, spender, item }: Scene) =>
    act(erc721, 'approve', spender, item)(owner, collection),
  moveItem: ({ owner, collection, to, item }: Scene) => act(erc721, 'transferFrom', owner, to, item)(owner, collection),
  takeItem: ({ owner, collection, spender, to, item }: Scene) =>
    act(erc721, 'transferFrom', owner, to, item)(spender, collection),
  burnItem: ({ owner, collection, item }: Scene) => act(erc721, 'burn', item)(owner, collection),
  setApprovalForAll: ({ owner, collection, spender, isOn }: Scene) =>
    act(erc721, 'setApprovalForAll', spender, isOn)(owner, collection),
  setApprovalForAllMulti: ({ owner, multi, spender, isOn }: Scene) =>
    act(erc721, 'setApprovalForAll', spender, isOn)(owner, multi),
  approvePlainItem: ({ owner, plain, spender, item }: Scene) =>
    act(abiOf('PlainIdItems'), 'approve', spender, item)(owner, plain),
  // One of the items 1 and 7, or an amount.
  approveMixed: ({ owner, mixed, spender, amount }: Scene) =>
    act(abiOf('MixedToken'), 'approve', spender, amount)(owner, mixed),
  setApprovalForAllMixed: ({ owner, mixed, spender, isOn }: Scene) =>
    act(erc721, 'setApprovalForAll', spender, isOn)(owner, mixed),
  permit2Approve: ({ owner, token, spender, amount, expiration }: Scene) =>
    act(permit2Abi, 'approve', token, spender, amount & (2n ** 160n - 1n), expiration)(owner, permit2Address),
  permit2Spend: ({ owner, token, spender, to, portion }: Scene) =>
    act(permit2Abi, 'transferFrom', owner, to, portion, token)(spender, permit2Address),
  lockdown: ({ owner, token, spender, preset }: Scene) =>
    act(
      permit2Abi,
      'lockdown',
      [token, preset].map((each) => ({ token: each, spender })),
    )(owner, permit2Address),
  setOperator: ({ owner, ledger, spender, isOn }: Scene) =>
    act(abiOf('ItemLedger'), 'setOperator', spender, isOn)(owner, ledger),
  approveLedgerItem: ({ owner, ledger, spender, ledgerItem, amount }: Scene) =>
    act(abiOf('ItemLedger'), 'approve', spender, ledgerItem, amount)(owner, ledger),
  spendLedgerItem: ({ owner, ledger, spender, to, ledgerItem, portion }: Scene) =>
    act(abiOf('ItemLedger'), 'transferFrom', owner, to, ledgerItem, portion)(spender, ledger),
  // ERC-777 takes every holder for the operator of itself.
  nameOperator: ({ owner, operated, spender, chain, isOn }: Scene) =>
    act(
      abiOf('OperatedToken'),
      isOn ? 'authorizeOperator' : 'revokeOperator',
      spender === owner ? chain.router : spender,
    )(owner, operated),
  forge: ({ owner, forger, token, spender }: Scene) =>
    act(abiOf('Forger'), 'forge', owner, token, spender)(friend, forger),
  announce: ({ owner, mute, spender, amount }: Scene) =>
    act(abiOf('RevertingToken'), 'announce', owner, spender, amount)(friend, mute),
} as const satisfies Record<string, (scene: Scene) => Transaction>

/** What the spender of an approval may do with it at once. */
const uses: Partial<Record<keyof typeof actions, keyof typeof actions>> = {
  approve: 'spend',
  permit2Approve: 'permit2Spend',
  approveItem: 'takeItem',
  approveLedgerItem: 'spendLedgerItem',
}
/** Only who holds an item can: each owner tries. */
const ofHolder: ReadonlySet<keyof typeof actions> = new Set(['approveItem', 'approvePlainItem', 'moveItem', 'takeItem'])
const names = Object.keys(actions) as readonly (keyof typeof actions)[]

/** What other steps build on, and whom and what they take, comes more often: most steps would come to nothing otherwise. */
const anyStep = fc.record({
  action: fc.constantFrom(
    ...names,
    ...names.filter((name) => name !== 'burnItem'),
    'approve',
    'permit2Approve',
    'approveMixed',
  ),
  owner: fc.constantFrom<number>(0, 0, 1, 2),
  spender: fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 4, 5),
  to: fc.nat(2),
  token: fc.constantFrom(0, 0, 1, 1, 1, 2, 3, 4, 5),
  item: fc.nat(5),
  amount: fc.constantFrom(0n, 1n, 7n, 60n, 2n ** 96n - 1n, 2n ** 160n - 1n, maximum - 1n, maximum),
  portion: fc.constantFrom(1n, 7n, 60n),
  isOn: fc.boolean(),
  isUsed: fc.boolean(),
  term: fc.constantFrom('over', 'deadline', 'for-ever'),
})
type Step = typeof anyStep extends fc.Arbitrary<infer Each> ? Each : never

/** Several steps in one block, several blocks; then the clock stands at the deadline, a second after it, or before it. */
export const anyHistory = fc.record({
  blocks: fc.array(fc.array(anyStep, { minLength: 4, maxLength: 12 }), { minLength: 15, maxLength: 20 }),
  end: fc.constantFrom('before', 'deadline', 'after'),
})
type History = typeof anyHistory extends fc.Arbitrary<infer Each> ? Each : never

export async function live(world: World, actors: Actors, { blocks, end }: History): Promise<void> {
  const { node } = world.chain
  await node.send('evm_setAutomine', [false])
  for (const steps of blocks) {
    for (const step of steps) {
      const use = step.isUsed ? uses[step.action] : undefined
      for (const action of use === undefined ? [step.action] : [step.action, use]) {
        const owners = ofHolder.has(action) ? [0, 1, 2] : [step.owner]
        for (const owner of owners) {
          // With its gas given, a call that fails is mined all the same.
          await send(node, { ...actions[action](sceneOf(world, actors, { ...step, owner })), gas: 400_000n })
        }
      }
    }
    await node.send('evm_mine')
  }
  if (end !== 'before') {
    await node.send('evm_setNextBlockTimestamp', [actors.deadline + (end === 'after' ? 1 : 0)])
    await node.send('evm_mine')
  }
  await node.send('evm_setAutomine', [true])
}

function sceneOf(world: World, actors: Actors, step: Step): Scene {
  const { amount, portion, isOn } = step
  return {
    ...world,
    owner: pick(actors.owners, step.owner),
    to: pick(actors.owners, step.to),
    spender: pick(actors.spenders, step.spender),
    token: pick(fungible(world), step.token),
    mixed: pick(actors.mixed, step.owner),
    item: pick(actors.items, step.item),
    ledgerItem: BigInt(1 + (step.item % 2)),
    amount,
    portion,
    isOn,
    expiration: { over: 0, deadline: actors.deadline, 'for-ever': 2 ** 48 - 1 }[step.term],
  }
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const found = items[index]
  if (found === undefined) throw new Error(`there is no item ${index}`)
  return found
}
