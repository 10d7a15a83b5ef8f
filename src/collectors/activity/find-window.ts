/** Where a history of so many days begins: its first block, and the account's nonce before it. */
import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import { type FactError, toFactError } from '../../core/errors.ts'
import type { BlockRef } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { count, MalformedReplyError } from '../../domain/rpc-reply.ts'
import { decodeTimestamp, type ReadBlocks } from './read-blocks.ts'

export type Window = {
  readonly fromBlock: bigint
  /** Unix seconds: every block of this time or later is in it. Never after the time that was asked for; 0 for the whole chain. */
  readonly since: number
  /** The account's next nonce before it; null when the node does not tell. */
  readonly firstNonce: number | null
  /** Why it does not. */
  readonly failure: FactError | null
}

type Asked = {
  readonly account: Address
  readonly pinned: BlockRef
  /** null: from the first block on. */
  readonly days: number | null
}

const secondsPerDay = 86_400
/** A window may begin so much before the time asked for: an exact block is not worth ten more questions. */
const tolerance = 3_600
const wholeChain: Window = { fromBlock: 0n, since: 0, firstNonce: 0, failure: null }

/** Never throws for what the node does: without old blocks the window is the whole chain. */
export async function findWindow(
  { rpc, blocks }: { readonly rpc: RpcClient; readonly blocks: ReadBlocks },
  { account, pinned, days }: Asked,
): Promise<Window> {
  if (days === null) return wholeChain
  const start = await findBlockAt(blocks, { pinned, time: pinned.timestamp - Math.ceil(days * secondsPerDay) })
  if (start === null || start.block === 0n) return wholeChain
  const window = { fromBlock: start.block, since: start.time + 1 }
  try {
    return { ...window, firstNonce: await nonceBefore({ rpc, account }, start.block), failure: null }
  } catch (error) {
    return { ...window, firstNonce: null, failure: toFactError(error) }
  }
}

type Place = { readonly block: bigint; readonly time: number }

/**
 * A block made before the time (Unix seconds), and after it less an hour where there is one: by the pace of the blocks
 * between, and by halves where that does not lead there. The first block when all are younger; null when one cannot be read.
 */
export async function findBlockAt(
  blocks: ReadBlocks,
  { pinned, time }: { readonly pinned: BlockRef; readonly time: number },
): Promise<Place | null> {
  let above: Place = { block: pinned.number, time: pinned.timestamp }
  const first = await placeOf(blocks, 0n)
  if (first === null || first.time >= time) return first
  let below = first
  for (let round = 0; above.block - below.block > 1n && time - below.time > tolerance; round++) {
    // The first block of some chains has a time of 0, which says nothing of their pace.
    const isGuess = round % 3 !== 2 && below.time > 0
    const block = isGuess ? guess(below, above, time) : (below.block + above.block) / 2n
    const place = await placeOf(blocks, block)
    if (place === null) return null
    if (place.time < time) below = place
    else above = place
  }
  return below
}

/** Aims at the middle of what is good enough. Strictly between the two. */
function guess(below: Place, above: Place, time: number): bigint {
  const share = (time - tolerance / 2 - below.time) / (above.time - below.time)
  const distance = Number(above.block - below.block)
  return below.block + BigInt(Math.min(Math.max(Math.round(share * distance), 1), distance - 1))
}

async function placeOf(blocks: ReadBlocks, block: bigint): Promise<Place | null> {
  const answer = await blocks.head(block)
  if (answer.status !== 'answered') return null
  try {
    return { block, time: decodeTimestamp(answer.reply, block) }
  } catch {
    return null // without its start the window is the whole chain, which is more and not less
  }
}

type Asker = { readonly rpc: RpcClient; readonly account: Address }

async function nonceBefore(asker: Asker, block: bigint): Promise<number> {
  const [before, first] = await Promise.allSettled([nonceAfter(asker, block - 1n), nonceAfter(asker, 0n)])
  if (before.status === 'rejected') throw before.reason
  // Nobody sent anything before the first block: this node gives the newest nonce for every block.
  const isAlike = first.status === 'fulfilled' && first.value > 0
  if (isAlike) throw new MalformedReplyError('eth_getTransactionCount of the first block')
  return before.value
}

/** The account's next nonce by the state after a block. */
export async function nonceAfter({ rpc, account }: Asker, block: bigint): Promise<number> {
  return count(await rpc.request('eth_getTransactionCount', [account, numberToHex(block)]), 'eth_getTransactionCount')
}
