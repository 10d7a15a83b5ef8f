/** The places where a node may show an account's pending transactions, in the order they are asked. */
import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import { type FactError, toFactError } from '../../core/errors.ts'
import type { NonceFacts } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { fields, list, MalformedReplyError } from '../../domain/rpc-reply.ts'
import { decodeTransaction, type Transaction } from '../../domain/transaction.ts'
import { type Attempt, attempt } from '../attempt.ts'
import { readSummary, type Summary } from './summary.ts'

export const sourceMethods = [
  'txpool_contentFrom',
  'txpool_content',
  'txpool_inspect',
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
  /** What a summary tells; empty where a source shows whole transactions. */
  readonly summaries: readonly Summary[]
  /** Whether an answer lists all of the account's transactions in the pool, queued ones included. */
  readonly listsAll: boolean
  /** Whether an answer holds only what the next block could take. */
  readonly minedNext: boolean
}

type Question = { readonly rpc: RpcClient; readonly account: Address; readonly nonces: NonceFacts }

/**
 * Asks the sources that list everything, first one first; where none shows it whole, the two that can only add something.
 * A summary lists everything too, but too little of each transaction to do without these.
 */
export async function askPool({ rpc, account, nonces }: Question): Promise<readonly Asked[]> {
  const ask = async (method: SourceMethod, params: readonly unknown[]) => ({
    method,
    attempts: [await attempt(rpc.request(method, params))],
  })
  const notAsked = (method: SourceMethod) => ({ method, attempts: [] })
  const statusOf = (asked: Asked) => readSource(asked, account).status
  const own = await ask('txpool_contentFrom', [account])
  const all = statusOf(own) === 'answered' ? notAsked('txpool_content') : await ask('txpool_content', [])
  if (statusOf(own) === 'answered' || statusOf(all) === 'answered') {
    const rest = ['txpool_inspect', 'eth_getBlockByNumber', 'eth_getTransactionBySenderAndNonce'] as const
    return [own, all, ...rest.map(notAsked)]
  }
  // Where a pool that is offered failed to answer, its summary would hide that.
  const isRefused = statusOf(own) === 'refused' && statusOf(all) === 'refused'
  const others = await Promise.all([
    isRefused ? ask('txpool_inspect', []) : notAsked('txpool_inspect'),
    ask('eth_getBlockByNumber', ['pending', true]),
    askByNonce({ rpc, account, nonces }),
  ])
  return [own, all, ...others]
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
  const listsAll = method.startsWith('txpool_')
  const reading = { method, transactions: [], summaries: [], listsAll, minedNext: method === 'eth_getBlockByNumber' }
  if (attempts.length === 0) return { ...reading, status: 'not-asked', error: null }
  const unanswered = attempts.find((attempted) => attempted.status !== 'answered')
  const replies = attempts.flatMap((attempted) => (attempted.status === 'answered' ? [attempted.reply] : []))
  try {
    if (method === 'txpool_inspect') {
      const summaries = replies.flatMap((reply) => readSummaries(reply, account))
      return { ...reading, summaries, status: unanswered?.status ?? 'answered', error: unanswered?.error ?? null }
    }
    const transactions = replies.flatMap((reply) => readers[method](reply, account))
    return { ...reading, transactions, status: unanswered?.status ?? 'answered', error: unanswered?.error ?? null }
  } catch (error) {
    return { ...reading, status: 'failed', error: toFactError(error) }
  }
}

const readers: Readonly<
  Record<Exclude<SourceMethod, 'txpool_inspect'>, (reply: unknown, account: Address) => readonly Transaction[]>
> = {
  txpool_contentFrom: (reply, account) => bucketsOf(reply).flatMap((bucket) => ownTransactions(bucket, account)),
  txpool_content: (reply, account) =>
    bucketsOf(reply)
      .flatMap((bucket) => ofSender(bucket, account))
      .flatMap((transactions) => ownTransactions(transactions, account)),
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

function readSummaries(reply: unknown, account: Address): readonly Summary[] {
  return bucketsOf(reply)
    .flatMap((bucket) => ofSender(bucket, account))
    .flatMap((summaries) => Object.entries(fields(summaries, 'a part of the mempool')))
    .map(([nonce, words]) => readSummary(nonce, words))
}

/** Geth writes the senders in EIP-55, others in lower case. */
function ofSender(bucket: unknown, account: Address): readonly unknown[] {
  return Object.entries(fields(bucket, 'a part of the mempool'))
    .filter(([sender]) => sender.toLowerCase() === account.toLowerCase())
    .map(([, transactions]) => transactions)
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
