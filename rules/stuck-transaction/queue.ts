/** Which of those that could be mined next is stuck, and what could not be told of those before it. */
import {
  allWaiting,
  blobFeeUnread,
  type FactMap,
  type PendingTransaction,
  queueOf,
  type Unread,
  type Waiting,
} from '../../src/rule.ts'
import { type Limits, priceProblemOf, problemOf } from './problem.ts'

type Facts = Pick<FactMap, 'chain' | 'mempool' | 'fees'>

/** What could be mined next, in nonce order. */
export function pendingQueue({ mempool }: Pick<Facts, 'mempool'>): readonly Waiting[] {
  return queueOf(allWaiting(mempool).filter(({ state }) => state === 'pending'))
}

export function isStuck(waiting: Waiting, facts: Facts, limits: Limits): boolean {
  if ('hash' in waiting) return problemOf(waiting, facts, limits) !== null
  return priceProblemOf(waiting.maxFeePerGas, facts.fees, limits.leastPricePercent) !== null
}

/** Blob fees that were compared with nothing, and runs that the node could not make. */
export function unreadOf(facts: Facts, limits: Limits): readonly Unread<'fees' | 'mempool'>[] {
  const queue = pendingQueue(facts)
  const end = queue.findIndex((waiting) => isStuck(waiting, facts, limits))
  // What waits behind a stuck one waits for that, whatever it offers.
  const well = (end === -1 ? queue : queue.slice(0, end)).filter((waiting) => 'hash' in waiting)
  return [...blobFeeUnread(well, facts.fees), ...runsUnread(well)]
}

function runsUnread(well: readonly PendingTransaction[]): readonly Unread<'mempool'>[] {
  return well.flatMap(({ simulation }) =>
    simulation?.status === 'unknown' ? { fact: 'mempool', about: 'pending-details', error: simulation.error } : [],
  )
}
