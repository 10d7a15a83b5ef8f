/** The best way that an endpoint has to list the account's transactions, and what the nonces prove about the list. */
import type { FactError } from '../../core/errors.ts'
import type { ActivityFacts } from '../../core/facts.ts'
import type { HistoryRow } from '../../core/history-source.ts'
import { bisectNonces } from './bisect-nonces.ts'
import { type Found, type NonceRange, noncesIn, type Search } from './search.ts'
import { searchNonces } from './search-nonces.ts'
import { searchPages } from './search-pages.ts'
import { confirmRows } from './search-source.ts'
import { searchTraces } from './search-traces.ts'

export type History = Found & {
  readonly source: ActivityFacts['source']
  /** What was looked for, as far as it is known to belong to the window. */
  readonly nonceRange: NonceRange
  /** Whether the range holds all nonces of the window, as far as they may be looked for. */
  readonly isWhole: boolean
  /** Nonces of that range that nothing explains. */
  readonly unseen: readonly number[]
}

const ways = [
  { source: 'ots_searchTransactionsBefore', look: searchPages },
  { source: 'eth_getTransactionBySenderAndNonce', look: searchNonces },
  { source: 'trace_filter', look: searchTraces },
] as const

/**
 * The first way that shows any of the transactions; what it leaves out is searched by state, which tells for sure.
 * @param known the nonces that need no search
 */
export async function findTransactions(
  search: Search,
  rows: readonly HistoryRow[] = [],
  known: ReadonlyMap<number, unknown> = new Map(),
): Promise<History> {
  const confirmed = rows.length === 0 ? null : await confirmRows(search, rows)
  if (confirmed !== null && confirmed.transactions.size > 0) {
    return complete(search, { source: 'history-source', ...confirmed })
  }
  for (const { source, look } of ways) {
    const found = await attemptSearch(look(search))
    if (found !== null && found.transactions.size > 0) return complete(search, { source, ...found })
  }
  const everything = new Set(noncesIn(search.nonceRange).filter((nonce) => !known.has(nonce)))
  return inWindow(search, { source: 'nonce-bisection', ...(await bisectNonces(search, everything)) })
}

/** null when this way is not open: the next one answers the same question. */
async function attemptSearch(search: Promise<Found>): Promise<Found | null> {
  const [outcome] = await Promise.allSettled([search])
  return outcome.status === 'fulfilled' ? outcome.value : null
}

type Listed = Found & Pick<History, 'source'>

/** Nonces that an index does not show may be authorisations, or gaps in the index: the state tells in which block they are. */
async function complete(search: Search, listed: Listed): Promise<History> {
  const history = inWindow(search, listed)
  if (history.unseen.length === 0) return history
  const rest = await bisectNonces({ ...search, nonceRange: history.nonceRange }, new Set(history.unseen))
  return inWindow(search, {
    source: listed.source,
    transactions: new Map([...listed.transactions, ...rest.transactions]),
    raised: rest.raised,
    unused: rest.unused,
    failure: listed.failure ?? rest.failure,
  })
}

/** Without the state before the window, a nonce that was used earlier tells where its nonces begin. */
export function inWindow(search: Search, listed: Listed): History {
  const { fromBlock, nonceRange } = search
  const older = [...listed.transactions.values(), ...listed.raised].filter(({ block }) => block < fromBlock)
  const from = Math.max(nonceRange.from, ...older.map(({ nonce }) => nonce + 1))
  const range = { from, to: nonceRange.to }
  const isOfRange = (nonce: number) => nonce >= from && nonce <= range.to
  const transactions = new Map([...listed.transactions].filter(([nonce]) => isOfRange(nonce)))
  const raised = listed.raised.filter(({ nonce }) => isOfRange(nonce))
  const known = new Set([...listed.unused, ...raised.map(({ nonce }) => nonce)])
  const unseen = noncesIn(range).filter((nonce) => !transactions.has(nonce) && !known.has(nonce))
  const isWhole = search.firstNonce !== null || older.length > 0 || from === 0
  return { ...listed, transactions, raised, nonceRange: range, isWhole, unseen }
}

/** Whether not a single nonce was explained, and why. */
export function whyNothing({ failure, transactions, raised, unused }: History): FactError | null {
  return transactions.size + raised.length + unused.length === 0 ? failure : null
}
