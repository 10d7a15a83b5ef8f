/** Whether what earlier runs kept is about the chain that this endpoint serves, and up to which block that can still be said later. */
import { numberToHex } from 'viem/utils'
import type { BlockRef } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import type { Checkpoint, Store } from '../../core/store.ts'
import { fields, hash32, quantity } from '../../domain/rpc-reply.ts'
import { attempt } from '../attempt.ts'

/** Blocks this deep are taken for final where a chain does not say which ones are. */
const reorganisationMargin = 64n
/** Other runs that begin the same chain anew may be faster so often. */
const mostRounds = 4

type Asked = {
  readonly rpc: RpcClient
  readonly store: Store
  readonly chainId: number
  readonly pinned: BlockRef
}

/**
 * The newest block that no reorganisation will replace: logs up to it may be kept, and kept ones be used. What is kept of
 * another chain with the same id is dropped. null when it cannot be told: then the store must be left alone.
 */
export async function settledBlock({ rpc, store, chainId, pinned }: Asked): Promise<bigint | null> {
  if (pinned.number < reorganisationMargin) return null
  const asked = settledHeader(rpc, pinned.number)
  for (let round = 0; round < mostRounds; round++) {
    const seen = await store.checkpoint.get(chainId)
    const [earlier, settled] = await Promise.all([seen && headerAt(rpc, numberToHex(seen.number)), asked])
    if (settled === null || (seen !== null && earlier?.number !== seen.number)) return null
    // Before anything is kept: a run that is killed must not leave logs that no later run can trust.
    if (seen !== null && earlier?.hash === seen.hash) {
      if (settled.number > seen.number) await store.checkpoint.set(chainId, settled)
      return settled.number
    }
    // Without a checkpoint nobody knows of which chain the logs are that a broken-off run may have left.
    if (await store.checkpoint.beginAnew(chainId, { seen, block: settled })) return settled.number
  }
  return null
}

/** The newest block that no reorganisation will replace, seen from the block of the run; null when it cannot be told. */
export async function settledHeader(rpc: RpcClient, pinned: bigint): Promise<Checkpoint | null> {
  if (pinned < reorganisationMargin) return null
  const [finalized, buried] = await Promise.all([
    headerAt(rpc, 'finalized'),
    headerAt(rpc, numberToHex(pinned - reorganisationMargin)),
  ])
  return buried !== null && finalized !== null && finalized.number < buried.number ? finalized : buried
}

/** null when there is no such block, or no telling. */
export async function headerAt(rpc: RpcClient, tag: string): Promise<Checkpoint | null> {
  const answer = await attempt(
    rpc.request('eth_getBlockByNumber', [tag, false]).then((reply) => (reply === null ? null : decodeHeader(reply))),
  )
  return answer.status === 'answered' ? (answer.reply as Checkpoint | null) : null // what was decoded just now
}

function decodeHeader(reply: unknown): Checkpoint {
  const { number, hash } = fields(reply, 'eth_getBlockByNumber')
  return { number: quantity(number, 'the number of a block'), hash: hash32(hash, 'the hash of a block') }
}
