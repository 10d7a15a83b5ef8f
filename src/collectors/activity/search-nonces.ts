/** Reth's and anvil's `eth_getTransactionBySenderAndNonce`: one question per nonce. */
import { numberToHex } from 'viem/utils'
import { type FactError, toFactError } from '../../core/errors.ts'
import { MalformedReplyError } from '../../domain/rpc-reply.ts'
import { decodeTransaction } from '../../domain/transaction.ts'
import { assertMined, type Found, type MinedTransaction, noncesIn, type Search } from './search.ts'

const method = 'eth_getTransactionBySenderAndNonce'
/** Nonces that are asked for at a time, where it is not known how many the window has. */
const step = 25

/** Throws when the node does not answer for the newest nonce; a later failure costs only its own nonce. */
export async function searchNonces(search: Search): Promise<Found> {
  const [newest, ...older] = noncesIn(search.nonceRange)
  const first = newest === undefined ? null : await readOne(search, newest)
  const transactions = new Map<number, MinedTransaction>()
  if (first !== null) transactions.set(first.nonce, first)
  const size = search.firstNonce === null ? step : Math.max(older.length, 1)
  let failure: FactError | null = null
  for (let start = 0; start < older.length; start += size) {
    const attempts = await Promise.all(older.slice(start, start + size).map((nonce) => attemptOne(search, nonce)))
    const found = attempts.flatMap(({ transaction }) => (transaction === null ? [] : [transaction]))
    for (const transaction of found) transactions.set(transaction.nonce, transaction)
    failure ??= attempts.find(({ error }) => error !== null)?.error ?? null
    if (found.some(({ block }) => block < search.fromBlock)) break
  }
  return { transactions, raised: [], unused: [], failure }
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
