/** Whether the newest blocks were really read: machines behind one name lag behind each other, and chains reorganise. */
import { type FactError, toFactError } from '../../core/errors.ts'
import { list } from '../../domain/rpc-reply.ts'
import { RpcRefusedError } from '../errors.ts'
import { meaningOf } from '../refusal.ts'
import { asCheckupError } from './answers.ts'
import { topicsOf } from './ask-logs.ts'
import { EndpointBehindError, ReorganisedError } from './errors.ts'
import { ask, type Scan } from './state.ts'

/** So many of the newest blocks may be replaced, or not yet be everywhere. */
export const unsettledBlocks = 64n

/** Asks for the pinned block's own logs by its hash: a machine that has not seen it says so instead of "none". */
export async function knowsPinned(scan: Scan): Promise<boolean> {
  const [lane] = scan.plan.lanes
  if (lane === undefined) return true
  const { hash } = scan.request.pinned
  try {
    const reply = await ask(scan, 'eth_getLogs', [{ blockHash: hash, topics: topicsOf(lane) }])
    list(reply, 'eth_getLogs')
    return true
  } catch (thrown) {
    const error = asCheckupError(thrown)
    if (error.code === 'malformed-reply') return false
    // Nodes that do not take a block hash here are judged by the header alone.
    return !(error instanceof RpcRefusedError && (meaningOf(error).action === 'retry' || isUnknown(error)))
  }
}

function isUnknown({ nodeMessage }: RpcRefusedError): boolean {
  return /unknown block|(block|header)\b.*not found/i.test(nodeMessage)
}

/** The pinned block as the endpoint has it now. `gone`: it has no block of that number. */
type Pinned =
  | { readonly kind: 'same' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'lost'; readonly error: FactError }

export async function seePinned(scan: Scan): Promise<Pinned> {
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

/**
 * The first block that the endpoint may not have answered for. A machine that knows the block by its hash, and has a
 * later head but no block of that number, has another chain by now; any other is late.
 */
export async function findBehind(
  scan: Scan,
  { isKnown }: { readonly isKnown: boolean },
): Promise<{ readonly from: bigint; readonly error: FactError }> {
  const { number } = scan.request.pinned
  const head = await readHead(scan)
  const isGone = isKnown && head !== null && head >= number
  const error = isGone ? new ReorganisedError(number) : new EndpointBehindError(scan.rpc.host, number)
  const settled = number - unsettledBlocks + 1n
  return { from: head !== null && head + 1n < settled ? head + 1n : settled, error: toFactError(error) }
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
