/** Erigon's and anvil's `ots_searchTransactionsBefore`: every transaction an address appears in, newest first. */
import { fields, list, MalformedReplyError } from '../../domain/rpc-reply.ts'
import { decodeTransaction } from '../../domain/transaction.ts'
import { assertMined, type Found, type MinedTransaction, newestNonces, type Search } from './search.ts'

const method = 'ots_searchTransactionsBefore'
const pageSize = 25
/** Received transactions fill pages too: an address that is sent much spam would be read to its beginning otherwise. */
const maximumPages = 10

export async function searchPages(search: Search, size: number): Promise<Found> {
  const nonceRange = newestNonces(search.nextNonce, size)
  const transactions = new Map<number, MinedTransaction>()
  let before = search.block + 1n
  for (let pages = 0; pages < maximumPages; pages++) {
    const page = await readPage(search, before)
    for (const transaction of page.own) {
      const { nonce, hash } = transaction
      if (nonce < nonceRange.from || nonce > nonceRange.to) continue
      const known = transactions.get(nonce)
      if (known !== undefined && known.hash !== hash) throw new MalformedReplyError(method)
      transactions.set(nonce, transaction)
    }
    const isComplete = transactions.size === nonceRange.to - nonceRange.from + 1
    const isPastRange = page.own.some(({ nonce }) => nonce <= nonceRange.from)
    if (isComplete || isPastRange || page.isLast) break
    before = page.oldestBlock
  }
  return { nonceRange, transactions, unused: [], failure: null }
}

async function readPage(search: Search, before: bigint) {
  // Otterscan's methods take decimal numbers. A page never ends inside a block, so the next one starts before its oldest.
  const reply = await search.rpc.request(method, [search.account, Number(before), pageSize])
  const page = fields(reply, method)
  const transactions = list(page.txs, method).map(decodeTransaction)
  const blocks = transactions.map(({ block }) => block ?? before)
  if (blocks.some((block) => block >= before)) throw new MalformedReplyError(method)
  const [oldestBlock = before] = blocks.toSorted((one, other) => Number(one - other))
  const own = transactions.filter(({ from }) => from === search.account)
  return {
    own: own.map((transaction) => assertMined(transaction, search)),
    oldestBlock,
    isLast: page.lastPage === true || transactions.length === 0,
  }
}
