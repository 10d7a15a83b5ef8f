/** The transactions that the user named by their hashes, each looked up at the endpoint. */
import type { Address, Hex } from 'viem'
import { numberToHex } from 'viem/utils'
import { CheckupError, type FactError, toFactError } from '../../core/errors.ts'
import type { Missing, NamedTransaction, NonceFacts, PendingTransaction } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { fields, MalformedReplyError, quantity } from '../../domain/rpc-reply.ts'
import { decodeReceipt, decodeTransaction, type Transaction } from '../../domain/transaction.ts'
import { ReceiptNotFoundError } from '../activity/decode-details.ts'
import { type Attempt, attempt, attemptEach } from '../attempt.ts'
import type { Elsewhere } from './elsewhere.ts'
import { endsOf, withoutHash } from './hidden-hash.ts'

type Question = { readonly rpc: RpcClient; readonly account: Address; readonly nonces: NonceFacts }

/** One hash, and what the endpoint said of it. */
export type LookedUp =
  | { readonly hash: Hex; readonly status: 'unknown' }
  | { readonly hash: Hex; readonly status: 'unread'; readonly error: FactError }
  | {
      readonly hash: Hex
      readonly status: 'known'
      readonly transaction: Transaction
      /** null: not asked. */
      readonly receipt: Attempt | null
      /** The transaction that has its nonce now; null: not asked. */
      readonly successor: Attempt | null
    }

/** Asks for each hash, and further where the answer needs it. Never throws what a node can cause. */
export async function lookUp(hashes: readonly Hex[], question: Question): Promise<readonly LookedUp[]> {
  const { rpc } = question
  const found = await attemptEach(hashes, (hash) => rpc.request('eth_getTransactionByHash', [hash]))
  return Promise.all([...found].map(([hash, answer]) => lookFurther(readNamed(hash, answer), question)))
}

function readNamed(hash: Hex, answer: Attempt): LookedUp {
  if (answer.status !== 'answered') return { hash, status: 'unread', error: withoutHash(answer.error, hash) }
  if (answer.reply === null) return { hash, status: 'unknown' }
  try {
    const transaction = decodeTransaction(answer.reply)
    if (transaction.hash !== hash) throw new MalformedReplyError('eth_getTransactionByHash')
    return { hash, status: 'known', transaction, receipt: null, successor: null }
  } catch (error) {
    return { hash, status: 'unread', error: toFactError(error) }
  }
}

/** A mined one has a receipt. One whose nonce is used was replaced, or this machine has not seen the block that it is in. */
async function lookFurther(lookedUp: LookedUp, { rpc, account, nonces }: Question): Promise<LookedUp> {
  if (lookedUp.status !== 'known') return lookedUp
  const { hash, transaction } = lookedUp
  const isUsed = isReplaced(transaction, account, nonces)
  if (transaction.block === null && !isUsed) return lookedUp
  const byNonce = [account, numberToHex(transaction.nonce)]
  const [receipt, successor] = await Promise.all([
    attempt(rpc.request('eth_getTransactionReceipt', [hash])),
    isUsed ? attempt(rpc.request('eth_getTransactionBySenderAndNonce', byNonce)) : null,
  ])
  return { ...lookedUp, receipt, successor }
}

function isReplaced({ from, nonce, block }: Transaction, account: Address, { latest }: NonceFacts): boolean {
  return block === null && from === account && nonce < latest
}

/** Those of the account that wait: they belong to its queue, whoever else showed them. */
export function waitingNamed(named: readonly LookedUp[], account: Address): readonly Transaction[] {
  return named.flatMap((one) =>
    one.status === 'known' && one.transaction.block === null && one.transaction.from === account
      ? [one.transaction]
      : [],
  )
}

type Setting = {
  readonly account: Address
  readonly nonces: NonceFacts
  /** Everything that is known to wait. */
  readonly waiting: readonly PendingTransaction[]
  readonly elsewhere: Elsewhere | null
}

/** Where each of them is, as facts. */
export function decodeNamed(named: readonly LookedUp[], setting: Setting): readonly NamedTransaction[] {
  return named.map((one): NamedTransaction => {
    const { hash } = one
    const listed = setting.waiting.find((waiting) => waiting.hash === hash)
    // A pool may list what the same endpoint does not find by its hash.
    if (listed !== undefined) {
      return { status: 'waiting', hash, from: setting.account, nonce: listed.nonce, place: listed.state }
    }
    switch (one.status) {
      case 'unknown':
        return { status: 'unknown', ends: endsOf(hash), ...seenElsewhere(hash, setting.elsewhere) }
      case 'unread':
        return { status: 'unread', ends: endsOf(hash), error: one.error }
      case 'known':
        return placeOf(one, setting)
      default:
        return one satisfies never
    }
  })
}

function seenElsewhere(hash: Hex, elsewhere: Elsewhere | null) {
  const found = elsewhere?.answers.get(hash)
  return elsewhere === null || found === undefined ? {} : { elsewhere: { host: elsewhere.host, found } }
}

type Known = Extract<LookedUp, { status: 'known' }>

function placeOf(known: Known, { account, nonces }: Setting): NamedTransaction {
  const { hash, transaction, successor } = known
  const { from, nonce, block } = transaction
  const receipt = receiptOf(known)
  if (block !== null || receipt.block !== null) {
    const mined = block ?? receipt.block ?? 0n
    return { status: 'mined', hash, from, nonce, block: mined, succeeded: receipt.succeeded }
  }
  // Without the answer whether it was mined after all, a used nonce proves nothing.
  const isProven = receipt.error === null && isReplaced(transaction, account, nonces)
  if (!isProven) return { status: 'waiting', hash, from, nonce, place: 'unplaced' }
  return { status: 'replaced', hash, from, nonce, by: successorOf(known, successor) }
}

type Outcome = { readonly block: bigint | null; readonly succeeded: boolean | null; readonly error: FactError | null }

/** How a mined one ended. A receipt that says nothing of use is no receipt, with its reason. */
function receiptOf({ transaction, receipt }: Known): Outcome {
  const none = { block: null, succeeded: null }
  if (receipt === null) return { ...none, error: null }
  if (receipt.status !== 'answered') return { ...none, error: receipt.error }
  if (receipt.reply === null) {
    return {
      ...none,
      error: transaction.block === null ? null : toFactError(new ReceiptNotFoundError(transaction.hash)),
    }
  }
  try {
    const block = quantity(fields(receipt.reply, 'a receipt').blockNumber, 'the block of a receipt')
    const { succeeded } = decodeReceipt(receipt.reply, { hash: transaction.hash, block: transaction.block ?? block })
    return { block, succeeded, error: null }
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    return { ...none, error: toFactError(error) }
  }
}

/** Which transaction took the nonce, where the node tells. */
function successorOf({ transaction }: Known, successor: Attempt | null): Hex | null {
  if (successor?.status !== 'answered' || successor.reply === null) return null
  try {
    const { hash, from, nonce, block } = decodeTransaction(successor.reply)
    const isSuccessor = from === transaction.from && nonce === transaction.nonce && block !== null
    return isSuccessor && hash !== transaction.hash ? hash : null
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    return null
  }
}

/** What could not be read of them. */
export function unreadNamed(named: readonly LookedUp[], elsewhere: Elsewhere | null): readonly Missing[] {
  const errors = named.flatMap((one) => {
    if (one.status === 'unread') return [one.error]
    const error = one.status === 'known' ? receiptOf(one).error : null
    return error === null ? [] : [error]
  })
  return [...errors, ...(elsewhere?.errors ?? [])].map((error) => ({ about: 'named-transaction', error }))
}
