/** What left an account since the baseline: its own transactions by their nonces, and transfers that others made. */
import type { Address, Hex } from 'viem'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { FactMap, FactResult, LogFacts, LogRef, Missing, OutgoingFacts } from '../core/facts.ts'
import { baselineFor, knownPart } from './baseline.ts'
import { newestFirst } from './newest-logs.ts'

type Needed = Pick<FactMap, 'chain' | 'account' | 'nonces' | 'baseline'>
type Wanted = { readonly activity: FactResult<'activity'>; readonly logs: FactResult<'logs'> }
type Compared = Extract<OutgoingFacts, { kind: 'compared' }>
/** Who sent a transaction, or why that could not be read. */
export type Senders = ReadonlyMap<Hex, Address | Missing['error']>

/** Some of what left is neither among the account's own transactions that were seen, nor was it asked who sent it. */
class SenderNotAskedError extends CheckupError {
  constructor() {
    super('sender-not-asked', {
      message: 'A token left in transactions of which it is not known whether the account sent them.',
      hints: ['Check again with --history, so that more of the account’s own transactions are read.'],
    })
  }
}

/** More transactions moved a token out of the account than are kept. */
class SentLeftOutError extends CheckupError {
  constructor() {
    super('sent-left-out', {
      message:
        'More transactions moved a token out of the account since the baseline than are kept; the newest of them were.',
      hints: ['Check more often, and take what is expected into the baseline.'],
    })
  }
}

/**
 * An account whose transactions could not be read has used its nonces all the same.
 * @param senders of the transactions that `unclearTransactions` names, as far as they were asked
 */
export function outgoingSince(given: Needed, wanted: Wanted, senders: Senders = new Map()): OutgoingFacts {
  const facts = withOwnBaseline(given)
  if (facts.baseline.kind === 'none') return { kind: 'none', missing: [] }
  return { kind: 'compared', ...sentSince(facts, wanted), ...movedSince(facts, wanted, senders) }
}

/** Those that moved a token of the baseline, and may be the account's own: not all of these were seen. The newest first. */
export function unclearTransactions(given: Needed, wanted: Wanted): readonly Hex[] {
  const facts = withOwnBaseline(given)
  if (facts.baseline.kind === 'none') return []
  const seenAfter = ownSeenAfter(facts, wanted)
  const logs = leftSince(facts, wanted).flatMap((token) => token.logs.filter((log) => !isClear(log, seenAfter)))
  return [...new Set(newestFirst(logs.map((log) => ({ log }))).map(({ log }) => log.transaction))]
}

/** Of the only rule that compares these. */
function withOwnBaseline(facts: Needed): Needed {
  return { ...facts, baseline: baselineFor('unexpected-outgoing', facts.baseline) }
}

function sentSince(facts: Needed, { activity }: Pick<Wanted, 'activity'>): Pick<Compared, 'used' | 'sent'> {
  const { account, nonces } = facts
  const before = account.code.kind === 'contract' ? null : knownPart(facts, 'nonce')
  const used = before === null ? null : { from: before.next, to: Math.max(before.next, nonces.latest) }
  const sent = (activity.status === 'ok' ? activity.value.transactions : [])
    .filter(({ nonce }) => used !== null && nonce >= used.from && nonce < used.to)
    .map(({ hash, nonce, block, to, value }) => ({ hash, nonce, block, to, value }))
    .sort((one, other) => one.nonce - other.nonce)
  return { used, sent }
}

/**
 * The block after which all own transactions were seen; null: not all were. The baseline may have tokens of an earlier block than the
 * nonce: what left in between may be of transactions before that nonce.
 */
function ownSeenAfter(facts: Needed, wanted: Wanted): bigint | null {
  // What a contract account does is sent by others always.
  if (facts.account.code.kind === 'contract') return -1n
  const { used, sent } = sentSince(facts, wanted)
  if (used === null || sent.length < used.to - used.from) return null
  return BigInt(knownPart(facts, 'nonce')?.block ?? 0)
}

function isClear({ block }: LogRef, seenAfter: bigint | null): boolean {
  return seenAfter !== null && block > seenAfter
}

type Left = {
  readonly token: Address
  readonly symbol: string | null
  /** Since the baseline, in transactions that are not among the account's own that were seen. */
  readonly logs: readonly LogRef[]
  readonly isWhole: boolean
}

function leftSince(facts: Needed, { activity, logs }: Wanted): readonly Left[] {
  const before = knownPart(facts, 'tokens')
  if (before === null || logs.status === 'failed') return []
  const block = BigInt(before.block)
  const own = new Set(activity.status === 'ok' ? activity.value.transactions.map(({ hash }) => hash) : [])
  const sent = new Map((logs.value.sent ?? []).map((each) => [each.contract.toLowerCase(), each]))
  return before.held.flatMap(({ token, symbol }) => {
    const known = sent.get(token.toLowerCase())
    if (known === undefined || known.log.block <= block) return []
    const { log, older = [], wholeFrom = log.block + 1n } = known
    const since = [log, ...older].filter((each) => each.block > block && !own.has(each.transaction))
    return { token, symbol, logs: since, isWhole: wholeFrom <= block + 1n }
  })
}

function movedSince(facts: Needed, wanted: Wanted, senders: Senders): Pick<Compared, 'moved' | 'missing'> {
  const { logs } = wanted
  const before = knownPart(facts, 'tokens')
  if (before === null || before.held.length === 0) return { moved: [], missing: [] }
  if (logs.status === 'failed') return { moved: [], missing: [{ about: 'logs', error: logs.error }] }
  const left = leftSince(facts, wanted)
  const seenAfter = ownSeenAfter(facts, wanted)
  const senderOf = (log: LogRef) => (isClear(log, seenAfter) ? null : (senders.get(log.transaction) ?? notAsked()))
  const each = left.flatMap(({ token, symbol, logs }) =>
    logs.map((log) => ({ token, symbol, log, sender: senderOf(log) })),
  )
  const moved = each.flatMap(({ sender, ...rest }) => {
    if (sender === null) return [rest]
    const isOther = typeof sender === 'string' && sender.toLowerCase() !== facts.account.address.toLowerCase()
    return isOther ? [{ ...rest, sender }] : []
  })
  return { moved, missing: [...missingSince(logs.value, BigInt(before.block)), ...notWhole(left), ...unknown(each)] }
}

function notAsked(): Missing['error'] {
  return toFactError(new SenderNotAskedError())
}

function notWhole(left: readonly Left[]): readonly Missing[] {
  const error = toFactError(new SentLeftOutError())
  return left.flatMap(({ token, isWhole }) => (isWhole ? [] : [{ about: 'logs', contract: token, error } as const]))
}

type Asked = { readonly token: Address; readonly sender: Address | Missing['error'] | null }

/** One for each token and reason. */
function unknown(each: readonly Asked[]): readonly Missing[] {
  const kinds = new Map<string, Missing>()
  for (const { token, sender } of each) {
    if (sender === null || typeof sender === 'string') continue
    kinds.set(`${token} ${sender.code}`, { about: 'transaction-sender', contract: token, error: sender })
  }
  return [...kinds.values()]
}

function missingSince({ sent, missing }: LogFacts, block: bigint): readonly Missing[] {
  if (sent === undefined) return [{ about: 'logs', error: toFactError(new Error('not in facts of older versions')) }]
  return missing.filter(
    ({ about, ranges }) => about === 'logs' && (ranges === undefined || ranges.some(({ toBlock }) => toBlock > block)),
  )
}
