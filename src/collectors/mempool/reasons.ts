/** Why what is known of the waiting transactions is not all of it. */
import { CheckupError, toFactError } from '../../core/errors.ts'
import type { FactMap, Missing, NonceFacts } from '../../core/facts.ts'
import { value } from '../../core/value.ts'
import type { Merged } from './merge.ts'
import type { Reading } from './sources.ts'

const seeItsHash = 'Give the hash that the wallet shows with --tx: the endpoint may know single transactions.'
const ownNode = 'Hosted endpoints usually share no mempool: use the RPC URL of your own node.'

/** The node keeps its pool to itself, as most hosted endpoints do: what waits there is unknown, not absent. */
class MempoolNotSharedError extends CheckupError {
  constructor(host: string) {
    super('mempool-not-shared', {
      message: `${host} does not show its pending transactions, so waiting ones may exist that were not seen. A count of pending transactions that equals that of mined ones proves nothing.`,
      data: { host: value.text(host) },
      hints: [seeItsHash, ownNode],
    })
  }
}

/** The node keeps its pool to itself, and its count says that something is in it. */
class PendingNotShownError extends CheckupError {
  constructor(host: string, count: number) {
    super('pending-not-shown', {
      message: `${host} counts pending transactions of the account that it does not show: ${count}. Others may wait behind a missing nonce.`,
      data: { host: value.text(host), count: value.count(count) },
      hints: [seeItsHash, ownNode],
    })
  }
}

/** The node's pool and its count of pending transactions do not belong together. */
class PendingNotListedError extends CheckupError {
  constructor(count: number) {
    super('pending-not-listed', {
      message: `The node counts pending transactions that it does not list: ${count}.`,
      data: { count: value.count(count) },
      hints: ['Run this check again in a minute, or use another endpoint.'],
    })
  }
}

/** The node lists what waits, but tells too little of it to judge all of its fees. */
class PendingSummarisedError extends CheckupError {
  constructor(host: string, count: number) {
    super('pending-summarised', {
      message: `${host} shows only a summary of pending transactions: ${count}. Their tips, their types and since when they wait are not known.`,
      data: { host: value.text(host), count: value.count(count) },
      hints: [seeItsHash],
    })
  }
}

type Setting = Pick<FactMap, 'chain' | 'nonces'>

/** The reasons about the pool; none where all of it was seen. */
export function missingOf(sources: readonly Reading[], merged: Merged, { chain, nonces }: Setting): readonly Missing[] {
  const listsAll = sources.some((source) => source.listsAll && source.status === 'answered')
  const { summaries } = merged
  const summarised = new PendingSummarisedError(chain.endpointHost, summaries.length)
  return [
    ...(listsAll ? unlisted(merged, nonces) : [whyIncomplete(sources, merged, { chain, nonces })]),
    ...(summaries.length > 0 ? [{ about: 'pending-details', error: toFactError(summarised) } as const] : []),
  ]
}

/** A node behind a load balancer may list one pool and count by another: what it counts and does not list was not seen. */
function unlisted(merged: Merged, nonces: NonceFacts): readonly Missing[] {
  const count = countUnseen(merged, nonces)
  return count === 0 ? [] : [{ about: 'mempool', error: toFactError(new PendingNotListedError(count)) }]
}

/** How many transactions the node counts as pending, and none of its sources showed. */
function countUnseen({ transactions, summaries }: Merged, { latest, pending }: NonceFacts): number {
  const end = pending ?? latest
  const seen = new Set([...transactions, ...summaries].map(({ nonce }) => nonce).filter((nonce) => nonce < end))
  return Math.max(end - latest - seen.size, 0)
}

/** A pool that failed to answer is another reason than one that is not offered. */
function whyIncomplete(sources: readonly Reading[], merged: Merged, { chain, nonces }: Setting): Missing {
  const failed = sources.find(({ listsAll, status }) => listsAll && status === 'failed')
  const count = countUnseen(merged, nonces)
  const { endpointHost } = chain
  const error = count === 0 ? new MempoolNotSharedError(endpointHost) : new PendingNotShownError(endpointHost, count)
  return { about: 'mempool', error: failed?.error ?? toFactError(error) }
}
