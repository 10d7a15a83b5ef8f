/** `trace_filter` of Erigon, Nethermind, Besu, Reth and anvil: every call of a block range by its sender, a page at a time. */
import type { Hex } from 'viem'
import { numberToHex } from 'viem/utils'
import { type FactError, toFactError } from '../../core/errors.ts'
import { fields, hash32, list, MalformedReplyError } from '../../domain/rpc-reply.ts'
import { decodeTransaction } from '../../domain/transaction.ts'
import { createLimit } from '../../rpc/concurrency.ts'
import { assertMined, type Found, type MinedTransaction, type Search } from './search.ts'

const method = 'trace_filter'
const pageSize = 1_000
/** Calls that a delegated account's code made fill pages too. */
const maximumPages = 20
const mostAtOnce = 16

/** Throws when the node does not list the window; a transaction that it then does not show costs only itself. */
export async function searchTraces(search: Search): Promise<Found> {
  const hashes = await listHashes(search)
  const limit = createLimit(mostAtOnce)
  const transactions = new Map<number, MinedTransaction>()
  let failure: FactError | null = null
  const readOne = async (hash: Hex) => {
    try {
      const transaction = await readTransaction(search, hash)
      const known = transactions.get(transaction.nonce)
      if (known !== undefined && known.hash !== hash) throw new MalformedReplyError(method)
      transactions.set(transaction.nonce, transaction)
    } catch (error) {
      failure ??= toFactError(error)
    }
  }
  await Promise.all(hashes.map((hash) => limit(() => readOne(hash))))
  return { transactions, raised: [], unused: [], failure }
}

/** Of the newest transactions, as many as are looked for: the list begins with the oldest. */
async function listHashes({ rpc, account, fromBlock, block, nonceRange }: Search): Promise<readonly Hex[]> {
  const range = { fromBlock: numberToHex(fromBlock), toBlock: numberToHex(block) }
  const hashes = new Set<Hex>()
  for (let page = 0; page < maximumPages; page++) {
    const question = { ...range, fromAddress: [account], after: page * pageSize, count: pageSize }
    const traces = list(await rpc.request(method, [question]), method).map((trace) => fields(trace, method))
    for (const trace of traces.filter(isTransaction)) hashes.add(hash32(trace.transactionHash, method))
    if (traces.length < pageSize) return [...hashes].slice(-(nonceRange.to - nonceRange.from + 1))
  }
  throw new MalformedReplyError(method)
}

/** The first call of a transaction is its sender's; the others are made by contracts. */
function isTransaction({ traceAddress, type }: Readonly<Record<string, unknown>>): boolean {
  return list(traceAddress, method).length === 0 && type !== 'reward'
}

async function readTransaction(search: Search, hash: Hex): Promise<MinedTransaction> {
  const reply = await search.rpc.request('eth_getTransactionByHash', [hash])
  const transaction = assertMined(decodeTransaction(reply), search)
  if (transaction.hash !== hash) throw new MalformedReplyError('eth_getTransactionByHash')
  return transaction
}
