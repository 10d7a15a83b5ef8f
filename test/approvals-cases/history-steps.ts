/** Random histories: what owners, spenders and third persons may do with every kind of approval, as data that fast-check can shrink. */
import fc from 'fast-check'
import type { Address } from 'viem'
import { send, type Transaction } from '../../fixtures/chains/contracts.ts'
import { permit2Abi, permit2Address } from '../../fixtures/chains/preinstalls.ts'
import { friend, maximum } from './chain-of-cases.ts'
import { type Actors, abiOf, act, erc20, erc721, fungible, type World } from './history-world.ts'

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
  // A signature that somebody else sends. Only an owner that is a contract agrees to this one.
  permit2Permit: ({ owner, token, spender, amount, expiration, ledgerItem }: Scene) => {
    const details = { token, amount: amount & (2n ** 160n - 1n), expiration, nonce: ledgerItem - 1n }
    const permit = { details, spender, sigDeadline: maximum }
    return act(permit2Abi, 'permit', owner, permit, '0x')(friend, permit2Address)
  },
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
