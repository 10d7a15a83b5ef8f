/** Transactions that somebody else than the endpoint lists: each is looked up on the chain before it counts. */

import type { FactError } from '../../core/errors.ts'
import { toFactError } from '../../core/errors.ts'
import type { HistoryRow } from '../../core/history-source.ts'
import { MalformedReplyError } from '../../domain/rpc-reply.ts'
import { decodeTransaction } from '../../domain/transaction.ts'
import { createLimit } from '../../rpc/concurrency.ts'
import { assertMined, type Found, type MinedTransaction, type Search } from './search.ts'

const mostAtOnce = 16

/** A row that the chain does not confirm (sender, nonce, block) costs only itself: its nonce is then searched by state. */
export async function confirmRows(search: Search, rows: readonly HistoryRow[]): Promise<Found> {
  const { from, to } = search.nonceRange
  const limit = createLimit(mostAtOnce)
  const transactions = new Map<number, MinedTransaction>()
  let failure: FactError | null = null
  const confirm = async (row: HistoryRow) => {
    try {
      transactions.set(row.nonce, await confirmRow(search, row))
    } catch (error) {
      failure ??= toFactError(error)
    }
  }
  const asked = rows.filter(({ nonce }) => nonce >= from && nonce <= to)
  await Promise.all(asked.map((row) => limit(() => confirm(row))))
  return { transactions, raised: [], unused: [], failure }
}

async function confirmRow(search: Search, row: HistoryRow): Promise<MinedTransaction> {
  const reply = await search.rpc.request('eth_getTransactionByHash', [row.hash])
  const transaction = assertMined(decodeTransaction(reply), search)
  const { hash, nonce, block } = transaction
  if (hash !== row.hash || nonce !== row.nonce || block !== row.block) {
    throw new MalformedReplyError('eth_getTransactionByHash')
  }
  return transaction
}
