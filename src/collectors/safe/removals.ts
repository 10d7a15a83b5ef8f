/** Runs the calls by which a Safe account would take a module or a guard away, at the pinned block. */
import type { Address } from 'viem'
import type { SafeAccount, SafePart } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { partsOf, removalCalls } from '../../domain/safe-account.ts'
import { safeCall, safeSlots } from '../../domain/safe-calls.ts'
import { type ReadCall, readNumber } from '../../domain/token-calls.ts'
import type { CallResult } from '../../rpc/read-contracts.ts'
import { type TryResult, tryCalls } from '../../rpc/try-calls.ts'
import { toSimulation } from '../simulations.ts'

type Placed = ReturnType<typeof partsOf>[number]
/** By place and address. */
export type Removals = ReadonlyMap<string, TryResult>

/** The first ones of the list: an account with more is in trouble of another kind. */
const maximumParts = 40

export async function tryRemovals(
  { rpc, account, block }: { readonly rpc: RpcClient; readonly account: Address; readonly block: bigint },
  safe: SafeAccount,
): Promise<Removals> {
  const tries = partsOf(safe).flatMap((placed) => {
    // The chain is the wallet's matter.
    const [call] = removalCalls(safe, placed, { safe: account, chainId: 0 })
    const check = checkOf(placed, account)
    return call === undefined || check === null ? [] : [{ placed, call: { to: call.to, data: call.data }, check }]
  })
  const chosen = tries.slice(0, maximumParts)
  const results = await tryCalls(rpc, chosen, { from: account, block })
  return new Map(
    chosen.flatMap(({ placed }, index) => {
      const result = results[index]
      return result === undefined ? [] : [[keyOf(placed), result] as const]
    }),
  )
}

function keyOf({ place, part }: Placed): string {
  return `${place}:${part.address}`
}

/** What says afterwards that it is gone; null for a part that no call takes away. */
function checkOf({ place, part }: Placed, account: Address): ReadCall | null {
  if (place === 'module') return safeCall(account, 'isModuleEnabled(address)', part.address)
  if (place === 'guard') return safeCall(account, 'getStorageAt(uint256,uint256)', BigInt(safeSlots.guard), 1n)
  if (place === 'module-guard')
    return safeCall(account, 'getStorageAt(uint256,uint256)', BigInt(safeSlots.moduleGuard), 1n)
  return null
}

/** The account, each of its parts with what became of trying to take it away. */
export function withRemovals(safe: SafeAccount, removals: Removals, block: bigint): SafeAccount {
  const withRemoval = (place: Placed['place'], part: SafePart): SafePart => {
    const result = removals.get(keyOf({ place, part }))
    if (result === undefined) return part
    return { ...part, removal: toSimulation(result, { block, isGone: (after) => isGone(place, after) }) }
  }
  const optional = (place: Placed['place'], part: SafeAccount['guard']) =>
    typeof part === 'string' ? part : withRemoval(place, part)
  return {
    ...safe,
    modules: safe.modules.map((part) => withRemoval('module', part)),
    guard: optional('guard', safe.guard),
    moduleGuard: optional('module-guard', safe.moduleGuard),
  }
}

function isGone(place: Placed['place'], after: CallResult): boolean | null {
  if (after.status !== 'ok') return null
  // Storage comes as bytes: where they stand, how many, and the word itself.
  const left = readNumber(after.data, place === 'module' ? 0 : 2)
  return left === null ? null : left === 0n
}
