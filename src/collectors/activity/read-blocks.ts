/** Blocks of one run, asked once: what a search fetched whole, nobody fetches again for its time. */
import type { Hex } from 'viem'
import { numberToHex } from 'viem/utils'
import type { RpcClient } from '../../core/rpc.ts'
import { count, fields, MalformedReplyError, quantity } from '../../domain/rpc-reply.ts'
import { type Attempt, attempt } from '../attempt.ts'

export type ReadBlocks = {
  /** With its transactions. Throws an `RpcError`. */
  readonly whole: (block: bigint) => Promise<unknown>
  /** With or without them. */
  readonly head: (block: bigint) => Promise<Attempt>
  /** Takes it for the node's answer: the node is not asked for its head any more. */
  readonly know: (block: { readonly number: bigint; readonly hash: Hex; readonly timestamp: number }) => void
}

export function createReadBlocks(rpc: RpcClient): ReadBlocks {
  const wholes = new Map<bigint, Promise<unknown>>()
  const heads = new Map<bigint, Promise<unknown>>()
  const ask = (known: Map<bigint, Promise<unknown>>, block: bigint) => {
    const answer = known.get(block) ?? rpc.request('eth_getBlockByNumber', [numberToHex(block), known === wholes])
    known.set(block, answer)
    return answer
  }
  return {
    whole: (block) => ask(wholes, block),
    head: (block) => attempt(wholes.get(block) ?? ask(heads, block)),
    know: ({ number, hash, timestamp }) => {
      const reply = { number: numberToHex(number), hash, timestamp: numberToHex(timestamp) }
      heads.set(number, Promise.resolve(reply))
    },
  }
}

/** Unix seconds. Throws `MalformedReplyError` for another block. */
export function decodeTimestamp(reply: unknown, number: bigint): number {
  const block = fields(reply, 'eth_getBlockByNumber')
  if (quantity(block.number, 'the number of a block') !== number) throw new MalformedReplyError('the number of a block')
  return count(block.timestamp, 'the time of a block')
}
