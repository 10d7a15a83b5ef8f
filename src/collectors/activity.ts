/** The account's newest own transactions with what they cost, found without the mempool or an explorer. */
import { defineCollector } from '../core/collector.ts'
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import type { ActivityFacts, Missing } from '../core/facts.ts'
import { value } from '../core/value.ts'
import { bisectNonces } from './activity/bisect-nonces.ts'
import { decodeDetails } from './activity/decode-details.ts'
import { readDetails } from './activity/read-details.ts'
import { type Found, noncesIn, type Search } from './activity/search.ts'
import { searchNonces } from './activity/search-nonces.ts'
import { searchPages } from './activity/search-pages.ts'

/** Enough to know an account's habit in fees; each costs about four requests on top of being found. */
const newestTransactions = 25
/** Bisection asks up to fifty questions for each transaction, one after another: fewer, or a check takes minutes. */
const bisectedTransactions = 10

type Source = ActivityFacts['source']

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

export default defineCollector({
  key: 'activity',
  needs: ['chain', 'account', 'nonces'],
  fetch: async ({ rpc, options, store }, { chain, account, nonces }) => {
    // A contract's nonce counts what it created, not what it sent.
    if (nonces.latest === 0 || account.code.kind === 'contract') return null
    const search = { rpc, account: options.account, block: chain.block.number, nextNonce: nonces.latest }
    const { source, found } = await find(search)
    const newestFirst = [...found.transactions.values()].toSorted((one, other) => other.nonce - one.nonce)
    return { source, found, details: await readDetails({ rpc, store }, newestFirst) }
  },
  decode: (raw): ActivityFacts => {
    if (raw === null) return { transactions: [], source: 'none-sent', nonceRange: null, missing: [] }
    const decoded = raw.details.map((details) => decodeDetails(details))
    return {
      transactions: decoded.flatMap(({ transaction }) => (transaction === null ? [] : [transaction])),
      source: raw.source,
      nonceRange: raw.found.nonceRange,
      missing: [...findMissing(raw.found), ...merge(decoded.flatMap(({ missing }) => missing))],
    }
  },
})

/** The first way that shows any of the transactions. Bisection comes last and tells for sure, where the node has past state. */
async function find(search: Search): Promise<{ readonly source: Source; readonly found: Found }> {
  const ways = [
    { source: 'ots_searchTransactionsBefore', look: searchPages },
    { source: 'eth_getTransactionBySenderAndNonce', look: searchNonces },
  ] as const
  for (const { source, look } of ways) {
    const found = await attemptSearch(look(search, newestTransactions))
    if (found !== null && found.transactions.size > 0) return { source, found }
  }
  const found = await bisectNonces(search, bisectedTransactions)
  if (found.failure !== null && found.transactions.size === 0 && found.unused.length === 0) {
    throw new ActivityUnreadableError(search.nextNonce, found.failure)
  }
  return { source: 'nonce-bisection', found }
}
/** null when this way is not open: the next one answers the same question. */
async function attemptSearch(search: Promise<Found>): Promise<Found | null> {
  const [outcome] = await Promise.allSettled([search])
  return outcome.status === 'fulfilled' ? outcome.value : null
}

/** Every nonce that was looked for is either among the transactions or named here. */
function findMissing({ nonceRange, transactions, unused, failure }: Found): readonly Missing[] {
  const unseen = noncesIn(nonceRange).filter((nonce) => !transactions.has(nonce) && !unused.includes(nonce))
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
  const kindOf = ({ about, error }: Missing) => `${about} ${error.code}`
  return missing.flatMap((first, index) => {
    const group = missing.filter((other) => kindOf(other) === kindOf(first))
    if (group[0] !== missing[index]) return []
    return [{ ...first, error: { ...first.error, data: { ...first.error.data, count: value.count(group.length) } } }]
  })
}
