/**
 * The nonces that earlier runs explained, in blocks that no reorganisation replaces. They count as long as the chain has the
 * block that was settled then: whoever has it has all blocks below it.
 */
import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import type { BlockRef } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import type { Store } from '../../core/store.ts'
import { headerAt, settledHeader } from '../logs/chain-identity.ts'
import type { History } from './find-transactions.ts'
import { decodeHistory, encodeHistory, type HistoryFile, type KeptBlock } from './history-file.ts'
import { blockHashIn } from './kept-answers.ts'
import { decodeTimestamp, type ReadBlocks } from './read-blocks.ts'

type Sources = { readonly rpc: RpcClient; readonly store: Store | null; readonly blocks: ReadBlocks }
type Whose = { readonly chainId: number; readonly account: Address }

/** `file`: what is kept and counts. `isWritable` is false where that could not be told: then what is kept stays as it is. */
export type LoadedHistory = { readonly file: HistoryFile | null; readonly isWritable: boolean }

/** Asks for one block, where anything is kept. Never throws. */
export async function loadHistory({ rpc, store, blocks }: Sources, whose: Whose): Promise<LoadedHistory> {
  if (store === null) return { file: null, isWritable: false }
  const file = decodeHistory(await store.immutable.get(keyOf(whose)))
  if (file === null) return { file: null, isWritable: true }
  const { number, hash } = file.settled
  const there = await headerAt(rpc, numberToHex(number))
  if (there === null || there.number !== number) return { file: null, isWritable: false }
  // Another chain with the same id, or one that began anew.
  if (there.hash !== hash) return { file: null, isWritable: true }
  for (const block of file.blocks) blocks.know(block)
  return { file, isWritable: true }
}

/** Adds what this run explained, as far as it is settled. Asks for nothing where that is nothing new. */
export async function keepHistory(
  { rpc, store, blocks }: Sources,
  { file, isWritable }: LoadedHistory,
  { pinned, history, ...whose }: Whose & { readonly pinned: BlockRef; readonly history: History },
): Promise<void> {
  const known = new Set([...(file?.transactions ?? []), ...(file?.raised ?? [])].map(({ nonce }) => nonce))
  const isNew = ({ nonce }: { readonly nonce: number }) => !known.has(nonce)
  const fresh = { transactions: [...history.transactions.values()].filter(isNew), raised: history.raised.filter(isNew) }
  if (store === null || !isWritable || fresh.transactions.length + fresh.raised.length === 0) return
  const settled = await settledHeader(rpc, pinned.number)
  if (settled === null) return
  const read = await Promise.all(fresh.transactions.map(({ block }) => readBlock(blocks, block)))
  const added = new Map(read.flatMap((block) => (block === null ? [] : [[block.number, block] as const])))
  const kept = new Map((file?.blocks ?? []).map((block) => [block.number, block]))
  const isSettled = ({ block }: { readonly block: bigint }) => block <= settled.number
  const newest = file !== null && file.settled.number > settled.number ? file : null
  const grown: HistoryFile = {
    settled: newest?.settled ?? settled,
    nextNonce: newest === null ? nextNonceAfter(settled.number, history) : newest.nextNonce,
    source: history.source,
    transactions: [
      ...(file?.transactions ?? []),
      ...fresh.transactions.filter((transaction) => isSettled(transaction) && added.has(transaction.block)),
    ],
    raised: [...(file?.raised ?? []), ...fresh.raised.filter(isSettled)],
    blocks: [...new Map([...kept, ...[...added].filter(([number]) => number <= settled.number)]).values()],
  }
  await store.immutable.put(keyOf(whose), encodeHistory(grown))
}

/** The account's next nonce by the state after a block; null where not every nonce is explained. */
function nextNonceAfter(number: bigint, { transactions, raised, nonceRange, unseen, unused }: History): number | null {
  if (unseen.length + unused.length > 0) return null
  const later = [...transactions.values(), ...raised].filter(({ block }) => block > number)
  return Math.min(nonceRange.to + 1, ...later.map(({ nonce }) => nonce))
}

async function readBlock(blocks: ReadBlocks, number: bigint): Promise<KeptBlock | null> {
  const answer = await blocks.head(number)
  const hash = blockHashIn(answer)
  if (answer.status !== 'answered' || hash === null) return null
  try {
    return { number, hash, timestamp: decodeTimestamp(answer.reply, number) }
  } catch {
    return null // said of the transaction where its answers are checked; here it is only not kept
  }
}

function keyOf({ chainId, account }: Whose): string {
  return `history ${chainId} ${account}`
}
