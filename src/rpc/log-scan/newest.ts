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

/** Why the newest blocks do not count; null when the pinned block is still the one that was pinned. */
export async function findReorganisation(scan: Scan): Promise<FactError | null> {
  const { number, hash } = scan.request.pinned
  try {
    const block = await ask(scan, 'eth_getBlockByNumber', [`0x${number.toString(16)}`, false])
    const isSame = typeof block === 'object' && block !== null && 'hash' in block && block.hash === hash
    return isSame ? null : toFactError(new ReorganisedError(number))
  } catch (error) {
    return toFactError(asCheckupError(error))
  }
}

/** The first block that a lagging endpoint may not have answered for. */
export async function findBehind(scan: Scan): Promise<{ readonly from: bigint; readonly error: FactError }> {
  const { number } = scan.request.pinned
  const error = toFactError(new EndpointBehindError(scan.rpc.host, number))
  const settled = number - unsettledBlocks + 1n
  try {
    const head = await ask(scan, 'eth_blockNumber', [])
    const known = typeof head === 'string' && /^0x[0-9a-f]{1,16}$/i.test(head) ? BigInt(head) : number
    return { from: known + 1n < settled ? known + 1n : settled, error }
  } catch (thrown) {
    asCheckupError(thrown)
    return { from: settled, error }
  }
}
