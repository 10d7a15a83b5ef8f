/** Reth's and anvil's `eth_getTransactionBySenderAndNonce`: one question per nonce. */
import { numberToHex } from 'viem/utils'
import { type FactError, toFactError } from '../../core/errors.ts'
import { MalformedReplyError } from '../../domain/rpc-reply.ts'
import { decodeTransaction } from '../../domain/transaction.ts'
import { assertMined, type Found, type MinedTransaction, newestNonces, noncesIn, type Search } from './search.ts'

const method = 'eth_getTransactionBySenderAndNonce'

/** Throws when the node does not answer for the newest nonce; a later failure costs only its own nonce. */
export async function searchNonces(search: Search, size: number): Promise<Found> {
  const nonceRange = newestNonces(search.nextNonce, size)
  const [newest, ...older] = noncesIn(nonceRange)
  const first = newest === undefined ? null : await readOne(search, newest)
  const attempts = await Promise.all(older.map((nonce) => attemptOne(search, nonce)))
  const transactions = new Map<number, MinedTransaction>()
  for (const transaction of [first, ...attempts.map(({ transaction }) => transaction)]) {
    if (transaction !== null) transactions.set(transaction.nonce, transaction)
  }
  const failure = attempts.find(({ error }) => error !== null)?.error ?? null
  return { nonceRange, transactions, unused: [], failure }
}

type One = { readonly transaction: MinedTransaction | null; readonly error: FactError | null }

async function attemptOne(search: Search, nonce: number): Promise<One> {
  try {
    return { transaction: await readOne(search, nonce), error: null }
  } catch (error) {
    return { transaction: null, error: toFactError(error) }
  }
}

/** null: the node knows none. That may be an index that is behind, so it proves nothing. */
async function readOne(search: Search, nonce: number): Promise<MinedTransaction | null> {
  const reply = await search.rpc.request(method, [search.account, numberToHex(nonce)])
  if (reply === null) return null
  const transaction = assertMined(decodeTransaction(reply), search)
  if (transaction.nonce !== nonce) throw new MalformedReplyError(method)
  return transaction
}
