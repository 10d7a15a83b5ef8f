/** Erigon's and anvil's `ots_searchTransactionsBefore`: every transaction an address appears in, newest first. */
import { fields, list, MalformedReplyError } from '../../domain/rpc-reply.ts'
import { decodeTransaction } from '../../domain/transaction.ts'
import { assertMined, type Found, type MinedTransaction, type Search } from './search.ts'

const method = 'ots_searchTransactionsBefore'
const pageSize = 25
/** Received transactions fill pages too: an address that is sent much spam would be read to its beginning otherwise. */
const maximumPages = 40

export async function searchPages(search: Search): Promise<Found> {
  const { nonceRange, fromBlock, firstNonce } = search
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
    // An older transaction of its own proves which nonce the window begins with, where no state does.
    const isPastWindow = page.oldestBlock < fromBlock && (firstNonce !== null || isBefore(page.own, fromBlock))
    if (isComplete || isPastRange || isPastWindow || page.isLast) break
    before = page.oldestBlock
  }
  return { transactions, raised: [], unused: [], failure: null }
}

function isBefore(transactions: readonly MinedTransaction[], fromBlock: bigint): boolean {
  return transactions.some(({ block }) => block < fromBlock)
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
