/** What is asked about each transaction once it is found: its receipt, its block, the fees of that block, why it failed. */
import { numberToHex } from 'viem/utils'
import type { RpcClient } from '../../core/rpc.ts'
import type { Store } from '../../core/store.ts'
import { tipPercentiles } from '../../domain/fees.ts'
import { type Attempt, attempt } from '../attempt.ts'
import { askOnce, blockHashIn, feesOfBlock, receiptOfBlock } from './kept-answers.ts'
import type { ReadBlocks } from './read-blocks.ts'
import { type Replay, replayFailed, replayOnce } from './replay.ts'
import type { MinedTransaction } from './search.ts'

/** Answers about one transaction, not looked at yet. */
export type Details = {
  readonly transaction: MinedTransaction
  readonly receipt: Attempt
  readonly block: Attempt
  readonly feeHistory: Attempt
  /** null for a transaction that succeeded. */
  readonly replay: Replay | null
}

type Sources = { readonly rpc: RpcClient; readonly store: Store | null; readonly blocks: ReadBlocks }

/** Transactions of one block share the answers about it. */
export function readDetails(
  { rpc, store, blocks }: Sources,
  transactions: readonly MinedTransaction[],
): Promise<readonly Details[]> {
  const readFees = remember(async (number: bigint) => {
    const ask = () => attempt(rpc.request('eth_feeHistory', ['0x1', numberToHex(number), tipPercentiles]))
    const hash = store === null ? null : blockHashIn(await blocks.head(number))
    if (store === null || hash === null) return ask()
    const key = `fees ${tipPercentiles.join()} ${hash}`
    return askOnce(store.immutable, { key, ask, extract: (reply) => feesOfBlock(reply, number) })
  })
  const readReceipt = async (transaction: MinedTransaction) => {
    const ask = () => attempt(rpc.request('eth_getTransactionReceipt', [transaction.hash]))
    const blockHash = store === null ? null : blockHashIn(await blocks.head(transaction.block))
    if (store === null || blockHash === null) return ask()
    const key = `receipt ${transaction.hash} ${blockHash}`
    return askOnce(store.immutable, { key, ask, extract: (reply) => receiptOfBlock(reply, { transaction, blockHash }) })
  }
  const readReplay = ({ transaction, receipt, block }: Pick<Details, 'transaction' | 'receipt' | 'block'>) => {
    const blockHash = store === null ? null : blockHashIn(block)
    if (store === null || blockHash === null) return replayFailed(rpc, { transaction, receipt })
    return replayOnce({ rpc, kept: store.immutable }, { transaction, receipt, blockHash })
  }
  return Promise.all(
    transactions.map(async (transaction) => {
      const [receipt, block, feeHistory] = await Promise.all([
        readReceipt(transaction),
        blocks.head(transaction.block),
        readFees(transaction.block),
      ])
      const replay = await readReplay({ transaction, receipt, block })
      return { transaction, receipt, block, feeHistory, replay }
    }),
  )
}

function remember<Key, Answer>(ask: (key: Key) => Answer): (key: Key) => Answer {
  const known = new Map<Key, Answer>()
  return (key) => {
    const answer = known.get(key) ?? ask(key)
    known.set(key, answer)
    return answer
  }
}
