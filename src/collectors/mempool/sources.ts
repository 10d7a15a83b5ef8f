/** The places where a node may show an account's pending transactions, in the order they are asked. */
import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import { type FactError, toFactError } from '../../core/errors.ts'
import type { NonceFacts } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { fields, list, MalformedReplyError } from '../../domain/rpc-reply.ts'
import { decodeTransaction, type Transaction } from '../../domain/transaction.ts'
import { type Attempt, attempt } from '../attempt.ts'

export const sourceMethods = [
  'txpool_contentFrom',
  'txpool_content',
  'eth_getBlockByNumber',
  'eth_getTransactionBySenderAndNonce',
] as const
type SourceMethod = (typeof sourceMethods)[number]

/** The pool is asked for single nonces only where it lists nothing: a queue longer than this is cut, and known to be incomplete. */
const maximumNonces = 32

/** What a source was asked; no attempts: it was not needed. */
export type Asked = { readonly method: SourceMethod; readonly attempts: readonly Attempt[] }

export type Reading = {
  readonly method: SourceMethod
  readonly status: 'answered' | 'refused' | 'failed' | 'not-asked'
  readonly error: FactError | null
  readonly transactions: readonly Transaction[]
  /** Whether an answer lists all of the account's transactions in the pool, queued ones included. */
  readonly listsAll: boolean
  /** Whether an answer holds only what the next block could take. */
  readonly minedNext: boolean
}

type Question = { readonly rpc: RpcClient; readonly account: Address; readonly nonces: NonceFacts }

/** Asks the sources that list everything, first one first; where none answers, the two that can only add something. */
export async function askPool({ rpc, account, nonces }: Question): Promise<readonly Asked[]> {
  const ask = async (method: SourceMethod, params: readonly unknown[]) => ({
    method,
    attempts: [await attempt(rpc.request(method, params))],
  })
  const notAsked = (method: SourceMethod) => ({ method, attempts: [] })
  const isAnswered = (asked: Asked) => readSource(asked, account).status === 'answered'
  const own = await ask('txpool_contentFrom', [account])
  const all = isAnswered(own) ? notAsked('txpool_content') : await ask('txpool_content', [])
  if (isAnswered(own) || isAnswered(all)) {
    return [own, all, notAsked('eth_getBlockByNumber'), notAsked('eth_getTransactionBySenderAndNonce')]
  }
  const block = await ask('eth_getBlockByNumber', ['pending', true])
  return [own, all, block, await askByNonce({ rpc, account, nonces })]
}

async function askByNonce({ rpc, account, nonces }: Question): Promise<Asked> {
  const method = 'eth_getTransactionBySenderAndNonce'
  const ask = (nonce: number) => attempt(rpc.request(method, [account, numberToHex(nonce)]))
  const first = await ask(nonces.latest)
  if (first.status !== 'answered') return { method, attempts: [first] }
  const waiting = Math.min((nonces.pending ?? nonces.latest) - nonces.latest, maximumNonces)
  const others = Array.from({ length: Math.max(waiting - 1, 0) }, (_, index) => ask(nonces.latest + 1 + index))
  return { method, attempts: [first, ...(await Promise.all(others))] }
}

/** Checks what a source said. Never throws: an unusable answer is a failed source with its reason. */
export function readSource({ method, attempts }: Asked, account: Address): Reading {
  const listsAll = method === 'txpool_contentFrom' || method === 'txpool_content'
  const reading = { method, transactions: [], listsAll, minedNext: method === 'eth_getBlockByNumber' }
  if (attempts.length === 0) return { ...reading, status: 'not-asked', error: null }
  const unanswered = attempts.find((attempted) => attempted.status !== 'answered')
  const replies = attempts.flatMap((attempted) => (attempted.status === 'answered' ? [attempted.reply] : []))
  try {
    const transactions = replies.flatMap((reply) => readers[method](reply, account))
    if (unanswered === undefined) return { ...reading, status: 'answered', error: null, transactions }
    return { ...reading, status: unanswered.status, error: unanswered.error, transactions }
  } catch (error) {
    return { ...reading, status: 'failed', error: toFactError(error) }
  }
}

const readers: Readonly<Record<SourceMethod, (reply: unknown, account: Address) => readonly Transaction[]>> = {
  txpool_contentFrom: (reply, account) => bucketsOf(reply).flatMap((bucket) => ownTransactions(bucket, account)),
  txpool_content: (reply, account) =>
    bucketsOf(reply).flatMap((bucket) =>
      Object.entries(fields(bucket, 'a part of the mempool'))
        // Geth writes the senders in EIP-55, others in lower case.
        .filter(([sender]) => sender.toLowerCase() === account.toLowerCase())
        .flatMap(([, transactions]) => ownTransactions(transactions, account)),
    ),
  // Hosted nodes often answer with the latest block, or with an empty one: it shows some transactions, and proves no absence.
  eth_getBlockByNumber: (reply, account) =>
    list(fields(reply, 'the pending block').transactions, 'the transactions of the pending block')
      .filter((transaction) => isFrom(transaction, account))
      .map(decodeTransaction),
  eth_getTransactionBySenderAndNonce: (reply, account) => {
    if (reply === null) return []
    const transaction = decodeTransaction(reply)
    if (transaction.from !== account) throw new MalformedReplyError('eth_getTransactionBySenderAndNonce')
    return transaction.block === null ? [transaction] : [] // mined after the run began
  },
}

/** `pending` and `queued` everywhere; Erigon has a third, `baseFee`, for the underpriced ones. */
function bucketsOf(reply: unknown): readonly unknown[] {
  const content = fields(reply, 'the mempool')
  if (content.pending === undefined || content.queued === undefined) throw new MalformedReplyError('the mempool')
  return Object.values(content)
}

/** Transactions by nonce, all of one account. */
function ownTransactions(reply: unknown, account: Address): readonly Transaction[] {
  const transactions = Object.values(fields(reply, 'a part of the mempool')).map(decodeTransaction)
  if (transactions.some(({ from }) => from !== account)) throw new MalformedReplyError('a part of the mempool')
  return transactions
}

/** Other people's transactions are not looked at further: a roll-up's may have fields that ours never have. */
function isFrom(transaction: unknown, account: Address): boolean {
  const { from } = fields(transaction, 'a transaction of the pending block')
  return typeof from === 'string' && from.toLowerCase() === account.toLowerCase()
}
