/** Which unsigned calls only take power away, and in what order they can follow each other. */
import type { Address, Hex } from 'viem'
import type { UnsignedCall } from '../core/finding.ts'
import { wordAt } from './topics.ts'

type Call = Pick<UnsignedCall, 'to' | 'data' | 'value'>
type Shape = {
  /** Words of the arguments that must be zero: one of them is enough. Absent: the call cannot give anything. */
  readonly zero?: readonly number[]
  /** How many words the arguments have; absent: any number. */
  readonly words?: number
  /** A function of a Safe account that only the account itself may call. */
  readonly isOwn?: boolean
}

/** First four bytes of the hash of each signature. A test computes every one again. */
export const revocationShapes = {
  // Nothing to a spender, or an item to nobody.
  'approve(address,uint256)': { selector: '0x095ea7b3', words: 2, zero: [0, 1] },
  'approve(address,uint256,uint256)': { selector: '0x426a8493', words: 3, zero: [2] },
  'decreaseAllowance(address,uint256)': { selector: '0xa457c2d7', words: 2 },
  'setApprovalForAll(address,bool)': { selector: '0xa22cb465', words: 2, zero: [1] },
  'setOperator(address,bool)': { selector: '0x558a7297', words: 2, zero: [1] },
  'revokeOperator(address)': { selector: '0xfad8b32a', words: 1 },
  'lockdown((address,address)[])': { selector: '0xcc53287f' },
  // Of the allowance module.
  'deleteAllowance(address,address)': { selector: '0x885133e3', words: 2 },
  'disableModule(address,address)': { selector: '0xe009cfde', words: 2, isOwn: true },
  'setGuard(address)': { selector: '0xe19a9dd9', words: 1, zero: [0], isOwn: true },
  'setModuleGuard(address)': { selector: '0xe068df37', words: 1, zero: [0], isOwn: true },
} as const satisfies Readonly<Record<string, Shape & { readonly selector: Hex }>>

const shapes: ReadonlyMap<string, Shape> = new Map(
  Object.values(revocationShapes).map(({ selector, ...shape }) => [selector, shape]),
)

/** Whether a call of the account can give nobody anything: it sends no coins, and only ends what others may do. */
export function isRevocation({ to, data, value }: Call, account: Address): boolean {
  const shape = shapes.get(data.slice(0, 10).toLowerCase())
  if (shape === undefined || BigInt(value) !== 0n) return false
  const isSelf = to.toLowerCase() === account.toLowerCase()
  // A function of the account's own code may do anything: only those named so above are known.
  if (isSelf !== (shape.isOwn ?? false)) return false
  const input: Hex = `0x${data.slice(10)}`
  if (shape.words !== undefined && input.length !== 2 + 64 * shape.words) return false
  return shape.zero === undefined || shape.zero.some((index) => BigInt(wordAt(input, index) ?? 1) === 0n)
}

/**
 * The same calls, those that take modules away at the end and from the end of the account's list: each names the module before
 * it, which must still be there when its turn comes.
 */
export function inRemovalOrder<Item extends { readonly call: Call }>(items: readonly Item[]): readonly Item[] {
  const depths = new Map(items.map((item) => [item, depthOf(item.call, items)]))
  return items.toSorted((one, other) => (depths.get(one) ?? 0) - (depths.get(other) ?? 0))
}

/** Zero for other calls. A removal comes the earlier, the more of the modules before its own go as well. */
function depthOf(call: Call, items: readonly { readonly call: Call }[]): number {
  const own = removalOf(call)
  if (own === null) return 0
  const all = items.flatMap((item) => removalOf(item.call) ?? [])
  let depth = items.length + 1
  // No list is longer than all removals together: what goes in a circle is no list.
  for (let { before } = own; depth > 1; depth--) {
    const next = all.find(({ module }) => module === before)
    if (next === undefined) break
    before = next.before
  }
  return depth
}

function removalOf({ data }: Call): { readonly before: Hex; readonly module: Hex } | null {
  if (!data.toLowerCase().startsWith(revocationShapes['disableModule(address,address)'].selector)) return null
  const input: Hex = `0x${data.slice(10)}`
  const [before, module] = [wordAt(input, 0), wordAt(input, 1)]
  return before === null || module === null ? null : { before, module }
}
