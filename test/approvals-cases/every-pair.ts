/** Brute force: asks about every pair of contract and spender and every item there is, by viem, and knows nothing of events. */
import { type Address, createPublicClient, http, parseAbi } from 'viem'
import { multicall3Address, permit2Abi, permit2Address } from '../../fixtures/chains/preinstalls.ts'
import type { Grant } from '../../src/core/facts.ts'
import { type Actors, fungible, type World } from './history-world.ts'

const abi = parseAbi([
  'function allowance(address, address) view returns (uint256)',
  'function allowance(address, address, uint256) view returns (uint256)',
  'function isApprovedForAll(address, address) view returns (bool)',
  'function isOperator(address, address) view returns (bool)',
  'function isOperatorFor(address, address) view returns (bool)',
  'function ownerOf(uint256) view returns (address)',
  'function getApproved(uint256) view returns (address)',
])

type Question = {
  readonly address: Address
  readonly functionName: string
  readonly args: readonly unknown[]
  /** The line of a live grant; null when the answer says that there is none. */
  readonly line: (answer: unknown) => string | null
}

type Asked = { readonly owner: Address; readonly actors: Actors; readonly items: number; readonly block: bigint }

/** A line for each grant that is live at the block, sorted. */
export async function readEveryPair(world: World, asked: Asked): Promise<readonly string[]> {
  const client = createPublicClient({ transport: http(world.chain.node.url) })
  const { timestamp } = await client.getBlock({ blockNumber: asked.block })
  const questions = [
    ...asked.actors.spenders.flatMap((spender) => pairsOf(world, asked, { spender, timestamp })),
    ...[world.collection, world.plain].flatMap((collection) => itemsOf(collection, asked.owner, asked.items)),
    ...itemsOf(ownMixed(asked), asked.owner, mixedItems),
  ]
  const answers = await client.multicall({
    contracts: questions.map(({ line: _, ...call }) => ({ ...call, abi: [...abi, ...permit2Abi] })),
    multicallAddress: multicall3Address,
    blockNumber: asked.block,
    batchSize: 0,
  })
  const lines = questions.map(({ line }, index) => {
    const answer = answers[index]
    // Only an item that was burned has no answer.
    return answer?.status === 'success' ? line(answer.result) : null
  })
  return lines.flatMap((line) => line ?? []).sort()
}

/** MixedToken has the items 1 to 10. */
const mixedItems = 11

/** The mixed contracts of the others know nothing of this owner. */
function ownMixed({ owner, actors }: Asked): Address {
  const mixed = actors.mixed[actors.owners.indexOf(owner)]
  if (mixed === undefined) throw new Error(`${owner} is no actor`)
  return mixed
}

/** Given by the contract to everybody: there is nothing that the account could end. */
export function isBuiltIn({ trusting }: World, line: string): boolean {
  return line.startsWith(`allowance ${trusting} ${permit2Address}`)
}

const zero = '0x0000000000000000000000000000000000000000'

function pairsOf(
  world: World,
  asked: Asked,
  { spender, timestamp }: { readonly spender: Address; readonly timestamp: bigint },
): readonly Question[] {
  const { owner } = asked
  const mixed = ownMixed(asked)
  const tokens = fungible(world)
  const yes = (line: string) => (answer: unknown) => (answer === true ? line : null)
  const some = (line: string) => (answer: unknown) => (answer === 0n ? null : `${line} ${answer}`)
  const operator = (address: Address, functionName: string, args: readonly Address[] = [owner, spender]): Question => {
    return { address, functionName, args, line: yes(`operator ${address} ${spender}`) }
  }
  return [
    ...[...tokens, mixed].map((token): Question => {
      const line = some(`allowance ${token} ${spender}`)
      return { address: token, functionName: 'allowance', args: [owner, spender], line }
    }),
    ...tokens.map((token): Question => {
      const line = (answer: unknown) => {
        const [amount, expiration] = answer as readonly [bigint, number] // as its ABI says
        return amount > 0n && BigInt(expiration) >= timestamp
          ? `permit2 ${token} ${spender} ${amount} ${expiration}`
          : null
      }
      return { address: permit2Address, functionName: 'allowance', args: [owner, token, spender], line }
    }),
    operator(world.collection, 'isApprovedForAll'),
    operator(world.multi, 'isApprovedForAll'),
    operator(mixed, 'isApprovedForAll'),
    operator(world.ledger, 'isOperator'),
    ...(spender === owner ? [] : [operator(world.operated, 'isOperatorFor', [spender, owner])]),
    ...[1n, 2n].map((id): Question => {
      const line = some(`item ${world.ledger} ${spender} ${id}`)
      return { address: world.ledger, functionName: 'allowance', args: [owner, spender, id], line }
    }),
  ]
}

/** Two answers of one item, in turn: it counts where the first names the owner and the second somebody. */
function itemsOf(collection: Address, owner: Address, items: number): readonly Question[] {
  let holder: unknown = null
  return Array.from({ length: items }, (_, index): readonly Question[] => {
    const args = [BigInt(index)]
    return [
      {
        address: collection,
        functionName: 'ownerOf',
        args,
        line: (answer) => {
          holder = answer
          return null
        },
      },
      {
        address: collection,
        functionName: 'getApproved',
        args,
        line: (answer) => {
          const isHeld = holder === owner
          holder = null
          return isHeld && answer !== zero ? `nft ${collection} ${answer} ${index}` : null
        },
      },
    ]
  }).flat()
}

/** The same lines of what was found. */
export function linesOf(grants: readonly Grant[]): readonly string[] {
  return grants.map(lineOf).sort()
}

function lineOf(grant: Grant): string {
  const pair = `${grant.token.address} ${grant.spender.address}`
  switch (grant.kind) {
    case 'allowance':
      return `allowance ${pair} ${grant.amount}`
    case 'nft':
      return `nft ${pair} ${grant.tokenId}`
    case 'operator':
      return `operator ${pair}`
    case 'item-allowance':
      return `item ${pair} ${grant.tokenId} ${grant.amount}`
    case 'permit2':
      return `permit2 ${pair} ${grant.amount} ${grant.expiration}`
    default:
      return grant satisfies never
  }
}
