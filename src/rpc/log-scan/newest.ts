/** Whether the newest blocks were really read: machines behind one name lag behind each other, and chains reorganise. */
import { type FactError, toFactError } from '../../core/errors.ts'
import { askedTopics } from '../../domain/asked-logs.ts'
import { list } from '../../domain/rpc-reply.ts'
import { RpcRefusedError } from '../errors.ts'
import { meaningOf } from '../refusal.ts'
import { asCheckupError } from './answers.ts'
import { EndpointBehindError, ReorganisedError } from './errors.ts'
import { saysUnknownBlock } from './headers.ts'
import { ask, type Scan } from './state.ts'

/** So many of the newest blocks may be replaced, or not yet be everywhere. */
const unsettledBlocks = 64n

export type NewestSeen = {
  /** Whether the endpoint knows the pinned block by its hash. */
  readonly isKnown: boolean
  readonly pinned: Pinned
  readonly head: bigint | null
}

export async function seeNewest(scan: Scan, doubt: { readonly isDoubted: boolean }): Promise<NewestSeen> {
  const [isKnown, pinned, head] = await Promise.all([knowsPinned(scan), seePinned(scan), lowestHead(scan, doubt)])
  return { isKnown, pinned, head }
}

/** Asks for the pinned block's own logs by its hash: a machine that has not seen it says so instead of "none". */
async function knowsPinned(scan: Scan): Promise<boolean> {
  const [lane] = scan.plan.lanes
  if (lane === undefined) return true
  const { hash } = scan.request.pinned
  try {
    const reply = await ask(scan, 'eth_getLogs', [{ blockHash: hash, topics: askedTopics(lane) }])
    list(reply, 'eth_getLogs')
    return true
  } catch (thrown) {
    const error = asCheckupError(thrown)
    if (error.code === 'malformed-reply') return false
    // Nodes that do not take a block hash here are judged by the header alone.
    return !(error instanceof RpcRefusedError && (meaningOf(error).action === 'retry' || saysUnknownBlock(error)))
  }
}

/** The pinned block as the endpoint has it now. `gone`: it has no block of that number. */
type Pinned =
  | { readonly kind: 'same' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'lost'; readonly error: FactError }

async function seePinned(scan: Scan): Promise<Pinned> {
  const { number, hash } = scan.request.pinned
  try {
    const block = await ask(scan, 'eth_getBlockByNumber', [`0x${number.toString(16)}`, false])
    if (block === null) return { kind: 'gone' }
    const isSame = typeof block === 'object' && 'hash' in block && block.hash === hash
    return isSame ? { kind: 'same' } : { kind: 'lost', error: toFactError(new ReorganisedError(number)) }
  } catch (error) {
    return { kind: 'lost', error: toFactError(asCheckupError(error)) }
  }
}

/** Machines behind one name take turns: so many are asked each time, and more once one of them was late. */
const headsAsked = 5
const headsAskedInDoubt = 12

/** The lowest head that any of some machines names; null when none does. */
export async function lowestHead(scan: Scan, { isDoubted }: { readonly isDoubted: boolean }): Promise<bigint | null> {
  const length = isDoubted ? headsAskedInDoubt : headsAsked
  const heads = await Promise.all(Array.from({ length }, () => readHead(scan)))
  return lower(...heads)
}

/** The lowest that is known. */
export function lower(...heads: readonly (bigint | null)[]): bigint | null {
  return heads.reduce((least, head) => (least === null || (head !== null && head < least) ? head : least), null)
}

async function readHead(scan: Scan): Promise<bigint | null> {
  try {
    const head = await ask(scan, 'eth_blockNumber', [])
    return typeof head === 'string' && /^0x[0-9a-f]{1,16}$/i.test(head) ? BigInt(head) : null
  } catch (thrown) {
    asCheckupError(thrown)
    return null
  }
}

export function asksNewest(scan: Scan): boolean {
  const { filters, ranges } = scan.request
  const unsettled = firstUnsettled(scan)
  return filters.some((filter) => ranges(filter).some(({ toBlock }) => toBlock >= unsettled))
}

/** The first block that a machine with this head may not have answered for. */
export function firstUnsettled({ request }: Scan, head: bigint | null = null): bigint {
  const settled = request.pinned.number - unsettledBlocks + 1n
  return head !== null && head + 1n < settled ? head + 1n : settled
}

/**
 * A machine that knows the block by its hash, and has a later head but no block of that number, has another chain by now;
 * any other is late.
 */
export function lateOrGone(
  { request, rpc }: Scan,
  { isKnown, head }: { readonly isKnown: boolean; readonly head: bigint | null },
): FactError {
  const { number } = request.pinned
  const isGone = isKnown && head !== null && head >= number
  return toFactError(isGone ? new ReorganisedError(number) : new EndpointBehindError(rpc.host, number))
}
