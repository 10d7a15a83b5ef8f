/** Runs the calls by which a Safe account would take a module, a guard or a spending limit away, at the pinned block. */
import type { Address } from 'viem'
import type { SafeAccount, SafePart, SpendingLimit } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { partsOf, removalCalls } from '../../domain/safe-account.ts'
import { safeCall, safeSlots } from '../../domain/safe-calls.ts'
import { limitRemovalCall, tokenOfLimit } from '../../domain/spending-limit.ts'
import { type ReadCall, readNumber } from '../../domain/token-calls.ts'
import type { CallResult } from '../../rpc/read-contracts.ts'
import { type TryResult, tryCalls } from '../../rpc/try-calls.ts'
import { toSimulation } from '../simulations.ts'

type Placed = ReturnType<typeof partsOf>[number]
/** By the keys below. */
export type Removals = ReadonlyMap<string, TryResult>

/** The first ones of the list: an account with more is in trouble of another kind. */
const maximumTries = 40

export async function tryRemovals(
  { rpc, account, block }: { readonly rpc: RpcClient; readonly account: Address; readonly block: bigint },
  safe: SafeAccount,
): Promise<Removals> {
  // The chain is the wallet's matter.
  const chainId = 0
  const parts = partsOf(safe).flatMap((placed) => {
    const [call] = removalCalls(safe, placed, { safe: account, chainId })
    const check = checkOf(placed, account)
    return call === undefined || check === null ? [] : [{ key: keyOf(placed), call: callOnly(call), check }]
  })
  const limits = safe.spendingLimits.map((limit) => ({
    key: limitKey(limit),
    call: callOnly(limitRemovalCall(limit, chainId)),
    check: limitCall(limit, account),
  }))
  const chosen = [...parts.slice(0, maximumTries), ...limits.slice(0, maximumTries)]
  const results = await tryCalls(rpc, chosen, { from: account, block })
  return new Map(
    chosen.flatMap(({ key }, index) => {
      const result = results[index]
      return result === undefined ? [] : [[key, result] as const]
    }),
  )
}

function keyOf({ place, part }: Placed): string {
  return `${place}:${part.address}`
}

function limitKey(limit: SpendingLimit): string {
  return [limit.module, limit.delegate.address, tokenOfLimit(limit)].join(':')
}

function limitCall(limit: SpendingLimit, account: Address): ReadCall {
  const { module, delegate } = limit
  return safeCall(module, 'getTokenAllowance(address,address,address)', account, delegate.address, tokenOfLimit(limit))
}

function callOnly({ to, data }: ReadCall): ReadCall {
  return { to, data }
}

/** What says afterwards that it is gone; null for a part that no call takes away. */
function checkOf({ place, part }: Placed, account: Address): ReadCall | null {
  if (place === 'module') return safeCall(account, 'isModuleEnabled(address)', part.address)
  if (place === 'guard') return safeCall(account, 'getStorageAt(uint256,uint256)', BigInt(safeSlots.guard), 1n)
  if (place === 'module-guard')
    return safeCall(account, 'getStorageAt(uint256,uint256)', BigInt(safeSlots.moduleGuard), 1n)
  return null
}

/** The account, each of its parts and limits with what became of trying to take it away. */
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
    spendingLimits: safe.spendingLimits.map((limit) => {
      const result = removals.get(limitKey(limit))
      return result === undefined ? limit : { ...limit, removal: toSimulation(result, { block, isGone: isLimitGone }) }
    }),
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

/** The first of the answers about a limit is its amount. */
function isLimitGone(after: CallResult): boolean | null {
  const amount = after.status === 'ok' ? readNumber(after.data) : null
  return amount === null ? null : amount === 0n
}
