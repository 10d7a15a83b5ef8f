/** Who sent the transactions that gave live grants, when, and when their tokens last left the account. */
import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import { CheckupError, toFactError } from '../../core/errors.ts'
import type { Grant, LogFacts, LogRef, Missing } from '../../core/facts.ts'
import { value } from '../../core/value.ts'
import { isLater } from '../../domain/newest-logs.ts'
import { address, count, fields } from '../../domain/rpc-reply.ts'
import { type Attempt, attemptEach } from '../attempt.ts'
import { type At, askTransactions } from './ask-state.ts'
import type { LiveGrant } from './verify.ts'

/** Few accounts have more live grants; of those that do, the newest are looked at. */
const mostRead = 200

export type Provenance = {
  readonly transactions: ReadonlyMap<LogRef['transaction'], Attempt>
  readonly blocks: ReadonlyMap<bigint, Attempt>
}

export async function askProvenance({ rpc }: At, live: readonly LiveGrant[], logs: LogFacts): Promise<Provenance> {
  const given = newest(live.flatMap(({ log }) => log ?? []))
  const left = live.flatMap((grant) => lastTransferOf(grant, logs) ?? [])
  const numbers = [...given, ...newest(left)].map(({ block }) => block)
  const hashes = given.map(({ transaction }) => transaction)
  const [transactions, blocks] = await Promise.all([
    askTransactions(rpc, hashes),
    attemptEach(numbers, async (number) => {
      const reply = await rpc.request('eth_getBlockByNumber', [numberToHex(number), false])
      timeOf(reply)
      return reply
    }),
  ])
  return { transactions, blocks }
}

type Found = {
  readonly log: Grant['log']
  readonly lastTransfer?: Grant['lastTransfer']
  readonly missing: readonly Missing[]
}

/** The grant's own event with what is known of it, and the newest Transfer of its token after it. */
export function provenanceOf(
  grant: LiveGrant,
  { provenance, logs }: { readonly provenance: Provenance; readonly logs: LogFacts },
): Found {
  const { log } = grant
  if (log === null) return { log, missing: [] }
  const transaction = provenance.transactions.get(log.transaction)
  const sender = transaction?.status === 'answered' ? senderOf(transaction.reply) : undefined
  const timestamp = timeAt(provenance, log)
  const left = lastTransferOf(grant, logs)
  const lastTransfer = left ? timed(left, timeAt(provenance, left)) : left
  const blocks = [log, ...(left ? [left] : [])].map(({ block }) => provenance.blocks.get(block))
  return {
    log: { ...log, ...(sender !== undefined && { sender }), ...(timestamp !== undefined && { timestamp }) },
    ...(lastTransfer !== undefined && { lastTransfer }),
    missing: [transaction, ...blocks].flatMap((attempted) =>
      attempted === undefined || attempted.status === 'answered'
        ? []
        : [{ about: 'approval-transaction', contract: grant.token, error: attempted.error }],
    ),
  }
}

function timed(log: LogRef, timestamp: number | undefined) {
  return timestamp === undefined ? undefined : { ...log, timestamp }
}

/** The newest Transfer of the grant's token out of the account after it was given; null: none. undefined: not known. */
function lastTransferOf(
  { token, log, ...grant }: LiveGrant,
  { sent, coverage, missing }: LogFacts,
): LogRef | null | undefined {
  // Transfers of ERC-6909 are other events.
  const hasOtherEvents = grant.kind === 'item-allowance' || ('named' in grant && grant.named === 'set')
  if (log === null || sent === undefined || hasOtherEvents) return undefined
  const last = sent.find(({ contract }) => contract === token)?.log ?? null
  const isUnread =
    coverage.gaps.some(({ toBlock }) => toBlock >= log.block) ||
    missing.some(({ about, contract, ranges }) => about === 'logs' && contract === undefined && ranges === undefined)
  if (isUnread) return undefined
  return last !== null && isLater(last, log) ? last : null
}

/** What was left out because it is too much. */
export function unreadProvenance(live: readonly LiveGrant[]): readonly Missing[] {
  const transactions = new Set(live.flatMap(({ log }) => (log === null ? [] : log.transaction)))
  if (transactions.size <= mostRead) return []
  return [{ about: 'approval-transaction', error: toFactError(new OldApprovalsUnreadError()) }]
}

class OldApprovalsUnreadError extends CheckupError {
  constructor() {
    super('old-approvals-unread', {
      message: `Who sent an approval, and when, was read of the newest ${mostRead} transactions only.`,
      data: { count: value.count(mostRead) },
    })
  }
}

/** One log of each of the newest transactions. */
function newest(logs: readonly LogRef[]): readonly LogRef[] {
  const once = [...new Map(logs.map((log) => [log.transaction, log])).values()]
  return once.sort((one, other) => (isLater(one, other) ? -1 : 1)).slice(0, mostRead)
}

function senderOf(reply: unknown): Address {
  return address(fields(reply, 'eth_getTransactionByHash').from, 'the sender of a transaction')
}

function timeOf(reply: unknown): number {
  return count(fields(reply, 'eth_getBlockByNumber').timestamp, 'the time of a block')
}

function timeAt({ blocks }: Provenance, { block }: LogRef): number | undefined {
  const attempted = blocks.get(block)
  return attempted?.status === 'answered' ? timeOf(attempted.reply) : undefined
}
