/** What rules say about a Safe account: the reads that prove it, and the unsigned calls that end a part's power. */
import type { Address, Hex } from 'viem'
import { encodeFunctionData } from 'viem/utils'
import type { SafeAccount, SafePart } from '../core/facts.ts'
import type { Evidence, UnsignedCall } from '../core/finding.ts'
import { modulePage, safeSlots, sentinel } from './safe-calls.ts'
import { addressTopic } from './topics.ts'

export type SafePlace = 'module' | 'guard' | 'module-guard' | 'fallback-handler' | 'singleton'
type Where = { readonly safe: Address; readonly block: bigint }
type PlacedPart = { readonly place: SafePlace; readonly part: SafePart }

/** Every contract that a Safe gives power to, in the order of that power, as far as they were read. */
export function partsOf(safe: SafeAccount): readonly PlacedPart[] {
  const placed = (place: SafePlace, part: SafeAccount['guard']) => (typeof part === 'string' ? [] : [{ place, part }])
  return [
    ...placed('singleton', safe.singleton),
    ...safe.modules.flatMap((part) => placed('module', part)),
    ...placed('fallback-handler', safe.fallbackHandler),
    ...placed('guard', safe.guard),
    ...placed('module-guard', safe.moduleGuard),
  ]
}

/** The reads that say who must agree. */
export function ownerEvidence({ owners, threshold }: SafeAccount, at: Where): readonly [Evidence, ...Evidence[]] {
  const list = owners.map(({ address }) => address).join(', ')
  return [call(at, 'getThreshold()', { value: String(threshold) }), call(at, 'getOwners()', { value: list })]
}

/** The read that names a part, then the read of its code. */
export function partEvidence(
  safe: SafeAccount,
  { place, part }: PlacedPart,
  at: Where,
): readonly [Evidence, ...Evidence[]] {
  const code = { kind: 'read', method: 'eth_getCode', address: part.address, block: String(at.block) } as const
  const named = place === 'module' ? moduleEvidence(safe, part.address, at) : slotEvidence(place, part.address, at)
  if (part.code === 'unknown') return [named]
  // The hash of the code stands for it; 0x: nothing is deployed there.
  if (part.code === 'none') return [named, { ...code, value: '0x' }]
  return part.codeHash === null ? [named] : [named, { ...code, value: `keccak256 ${part.codeHash}` }]
}

/** The page of the list that the module stands on. The first of its two answers: the second says where the list goes on. */
function moduleEvidence({ modules, version }: SafeAccount, module: Address, at: Where): Evidence {
  const all = modules.map(({ address }) => address)
  const page = modulePage(all, all.indexOf(module))
  const value = page.modules.join(', ')
  if (/^(?:0|1\.0)\./.test(version)) return call(at, 'getModules()', { value: all.join(', ') })
  return call(at, 'getModulesPaginated(address,uint256)', { value, arguments: [page.start, String(page.size)] })
}

const slotOf = {
  singleton: 'singleton',
  guard: 'guard',
  'module-guard': 'moduleGuard',
  'fallback-handler': 'fallbackHandler',
} as const satisfies Record<Exclude<SafePlace, 'module'>, keyof typeof safeSlots>

function slotEvidence(place: keyof typeof slotOf, address: Address, { safe, block }: Where): Evidence {
  const slot = safeSlots[slotOf[place]]
  return {
    kind: 'read',
    method: 'eth_getStorageAt',
    address: safe,
    slot,
    block: String(block),
    value: addressTopic(address),
  }
}

function call({ safe, block }: Where, name: string, over: { value: string; arguments?: string[] }): Evidence {
  return { kind: 'call', to: safe, function: name, arguments: [], block: String(block), ...over }
}

const addressInputs = (...names: readonly string[]) => names.map((name) => ({ name, type: 'address' }) as const)
const abi = [
  ...(['setGuard', 'setModuleGuard'] as const).map((name) => ({ name, inputs: addressInputs('guard') })),
  { name: 'disableModule', inputs: addressInputs('previous', 'module') },
].map((entry) => ({ ...entry, type: 'function', stateMutability: 'nonpayable', outputs: [] }) as const)
const nobody: Address = '0x0000000000000000000000000000000000000000'

/**
 * The call of the Safe to itself that takes a part away; none for the code it runs and for what answers in its name, which
 * something must replace. A module is named with the one before it, so the call of another module holds only until then.
 */
export function removalCalls(
  { modules }: SafeAccount,
  { place, part }: PlacedPart,
  { safe, chainId }: { readonly safe: Address; readonly chainId: number },
): readonly UnsignedCall[] {
  const { removal: simulation } = part
  const tried = simulation === undefined ? {} : { simulation }
  const toSelf = (data: Hex): readonly UnsignedCall[] => [
    { chainId, to: safe, data, value: '0', purpose: 'revoke', ...tried },
  ]
  switch (place) {
    case 'module': {
      const index = modules.findIndex(({ address }) => address === part.address)
      const previous = modules[index - 1]?.address ?? sentinel
      return toSelf(encodeFunctionData({ abi, functionName: 'disableModule', args: [previous, part.address] }))
    }
    case 'guard':
      return toSelf(encodeFunctionData({ abi, functionName: 'setGuard', args: [nobody] }))
    case 'module-guard':
      return toSelf(encodeFunctionData({ abi, functionName: 'setModuleGuard', args: [nobody] }))
    case 'fallback-handler':
    case 'singleton':
      return []
    default:
      return place satisfies never
  }
}
