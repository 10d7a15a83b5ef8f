/** The account's own transactions of a time with what they cost, found without the mempool or an explorer. */
import { defineCollector } from '../core/collector.ts'
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import type { ActivityFacts, Missing } from '../core/facts.ts'
import { mostHistoryTransactions } from '../core/history.ts'
import { value } from '../core/value.ts'
import { decodeDetails } from './activity/decode-details.ts'
import { type History, whyNothing } from './activity/find-transactions.ts'
import { findWindow, type Window } from './activity/find-window.ts'
import { keepHistory, loadHistory } from './activity/kept-history.ts'
import { compareListed, type Listed, listRows } from './activity/listed.ts'
import { createReadBlocks } from './activity/read-blocks.ts'
import { readDetails } from './activity/read-details.ts'
import { readHistory } from './activity/read-history.ts'
import { type NonceRange, newestNonces } from './activity/search.ts'

/** No source showed a single transaction. */
export class ActivityUnreadableError extends CheckupError {
  constructor(nextNonce: number, last: FactError) {
    super('activity-unreadable', {
      message: `None of the account's ${nextNonce} transactions could be found: ${last.message}`,
      // `cause` names the sentence of the failure behind this one; its own data fill it.
      data: { ...last.data, sent: value.count(nextNonce), cause: value.keyword(last.code) },
      hints: last.hints.length > 0 ? last.hints : ['Use an archive endpoint.'],
    })
  }
}

/** The node answered, and some of the account's transactions were not in its answers. */
export class NoncesNotFoundError extends CheckupError {
  constructor(nonces: readonly number[]) {
    super('nonces-not-found', {
      message: `The node did not show ${nonces.length} of the account's newest transactions.`,
      data: nonceData(nonces),
      hints: ['Use another endpoint to see them.'],
    })
  }
}

/** Nonces that were used in blocks where the account sent no transaction, and an authorisation with that nonce stands. */
export class NonceWithoutTransactionError extends CheckupError {
  constructor(nonces: readonly number[]) {
    super('nonce-without-transaction', {
      message: `The account used ${nonces.length} of its nonces without sending a transaction: an EIP-7702 authorisation does so, and a contract that a delegated account creates.`,
      data: nonceData(nonces),
    })
  }
}

/** The window has more transactions than are read of it. */
export class TransactionsLeftOutError extends CheckupError {
  /** @param count how many were read */
  constructor({ from, to }: NonceRange, count: number) {
    const isMost = count >= mostHistoryTransactions
    super('transactions-left-out', {
      message: `${to - from + 1} older transactions of the time that was asked for were not read: only the newest were.`,
      data: {
        first: value.nonce(from),
        last: value.nonce(to),
        count: value.count(to - from + 1),
        limit: value.keyword(isMost ? 'most' : 'default'),
      },
      hints: [
        isMost
          ? 'The newest 10000 are the most that are read. Ask for fewer days with --history to read all of that time.'
          : 'Ask for a number of days with --history: then up to 10000 transactions are read.',
      ],
    })
  }
}

export default defineCollector({
  key: 'activity',
  needs: ['chain', 'account', 'nonces'],
  fetch: async ({ rpc, options, store, historySource, signal }, { chain, account, nonces }) => {
    // A contract's nonce counts what it created, not what it sent.
    if (nonces.latest === 0 || account.code.kind === 'contract') return null
    const blocks = createReadBlocks(rpc)
    const { history: asked, account: sender } = options
    const window = await findWindow({ rpc, blocks }, { account: sender, pinned: chain.block, days: asked.days })
    if (window.firstNonce === nonces.latest) return { window, history: null, details: [], listed: null }
    const nonceRange = newestNonces(nonces.latest, asked.mostTransactions, window.firstNonce ?? 0)
    const pinned = { block: chain.block.number, nextNonce: nonces.latest, nonceRange }
    const search = { rpc, account: sender, blocks, ...window, ...pinned }
    const whose = { chainId: chain.chainId, account: sender }
    const loaded = await loadHistory({ rpc, store, blocks }, whose)
    const { history, listed, file } = await readHistory(search, loaded.file, ({ fromBlock }) =>
      listRows(historySource, {
        ...{ rpc, signal, ...whose, pinned: chain.block, fromBlock },
        most: asked.mostTransactions,
      }),
    )
    const nothing = whyNothing(history)
    // With a second reason to tell, everything is missing for both.
    if (nothing !== null && (listed?.refusal ?? null) === null)
      throw new ActivityUnreadableError(nonces.latest, nothing)
    const newestFirst = [...history.transactions.values()].toSorted((one, other) => other.nonce - one.nonce)
    const details = await readDetails({ rpc, store, blocks }, newestFirst)
    await keepHistory({ rpc, store, blocks }, { ...loaded, file }, { ...whose, pinned: chain.block, history })
    return { window, history, details, listed }
  },
  decode: (raw): ActivityFacts => {
    const since = raw?.window.since ?? 0
    if (raw === null || raw.history === null) {
      return { transactions: [], source: 'none-sent', nonceRange: null, since, raised: [], missing: [] }
    }
    const { window, history, listed } = raw
    const decoded = raw.details.map((details) => decodeDetails(details))
    const leftOut = leftOutBefore(history, window)
    return {
      transactions: decoded.flatMap(({ transaction }) => (transaction === null ? [] : [transaction])),
      source: history.source,
      nonceRange: history.nonceRange,
      since: leftOut === null && history.isWhole ? since : null,
      raised: history.raised,
      ...(listed !== null && { listed: compareListed(listed, history) }),
      missing: [
        ...(leftOut === null ? [] : [leftOut]),
        ...refusalOf(listed, history),
        ...findMissing(history),
        ...merge(decoded.flatMap(({ missing }) => missing)),
      ],
    }
  },
})

/** Transactions of the window that are too many to be read; null when there are none. */
function leftOutBefore({ nonceRange }: History, { firstNonce }: Window): Missing | null {
  if (firstNonce === null || nonceRange.from <= firstNonce) return null
  const leftOut = { from: firstNonce, to: nonceRange.from - 1 }
  return {
    about: 'history',
    error: toFactError(new TransactionsLeftOutError(leftOut, nonceRange.to - nonceRange.from + 1)),
  }
}

/** Where the endpoint showed everything all the same, nothing is missing without the source. */
function refusalOf(listed: Listed | null, { unseen }: History): readonly Missing[] {
  if (listed === null || listed.refusal === null) return []
  return [{ about: unseen.length > 0 ? 'activity' : 'history', error: listed.refusal }]
}

/** Every nonce that was looked for is among the transactions, raised otherwise, or named here. */
function findMissing({ unseen, unused, failure }: History): readonly Missing[] {
  const errors = [
    ...(unused.length > 0 ? [toFactError(new NonceWithoutTransactionError(unused))] : []),
    ...(unseen.length > 0 ? [whyUnseen(unseen, failure)] : []),
  ]
  return errors.map((error) => ({ about: 'activity', error }))
}

function whyUnseen(unseen: readonly number[], failure: FactError | null): FactError {
  if (failure === null) return toFactError(new NoncesNotFoundError(unseen))
  return { ...failure, data: { ...failure.data, ...nonceData(unseen) } }
}

function nonceData(nonces: readonly number[]) {
  return {
    first: value.nonce(Math.min(...nonces)),
    last: value.nonce(Math.max(...nonces)),
    count: value.count(nonces.length),
  }
}

/** One entry for each kind of failure, naming its first transaction and how many there are: a refused method fails for all. */
function merge(missing: readonly Missing[]): readonly Missing[] {
  const kinds = new Map<string, { readonly first: Missing; readonly count: number }>()
  for (const next of missing) {
    const kind = `${next.about} ${next.error.code}`
    const { first, count } = kinds.get(kind) ?? { first: next, count: 0 }
    kinds.set(kind, { first, count: count + 1 })
  }
  return [...kinds.values()].map(({ first, count }) => {
    const { error } = first
    return { ...first, error: { ...error, data: { ...error.data, count: value.count(count) } } }
  })
}
