/**
 * Finds transactions on a node that has past state and no index by sender: the account's nonce at past blocks says in which
 * block each transaction stands.
 */
import { type FactError, toFactError } from '../../core/errors.ts'
import { MalformedReplyError } from '../../domain/rpc-reply.ts'
import { nonceAfter } from './find-window.ts'
import { explainNonce, readContent } from './read-content.ts'
import { assertMined, type Found, type MinedTransaction, type RaisedNonce, type Search } from './search.ts'

/** The account's next nonce by the state after a block. */
type Point = { readonly block: bigint; readonly next: number }
/** The nonces from `below.next` on, up to `above.next`, were used in blocks after `below`, up to `above`. */
type Interval = { readonly below: Point; readonly above: Point }

type Bisection = Search & {
  readonly wanted: ReadonlySet<number>
  readonly transactions: Map<number, MinedTransaction>
  readonly raised: RaisedNonce[]
  readonly unused: number[]
  readonly failures: FactError[]
}

/** So many intervals are cut at a time, the newest first. */
const mostAtOnce = 32

/**
 * Probes (`eth_getTransactionCount`) that a search takes at most for transactions that stand in so many different blocks,
 * anywhere in so many blocks: half as many again as halving takes, for cutting in up to four parts while few are open.
 */
export function mostProbes(hits: number, blocks: number): number {
  if (hits === 0) return 1
  return Math.ceil(1.5 * hits * (Math.log2(Math.max(blocks / hits, 1)) + 3)) + 1
}

/** Never throws: what was found before a refusal is kept. */
export async function bisectNonces(search: Search, wanted: ReadonlySet<number>): Promise<Found> {
  const bisection = { ...search, wanted, transactions: new Map(), raised: [], unused: [], failures: [] }
  const reading: Promise<void>[] = []
  let open = await firstIntervals(bisection)
  while (open.length > 0) {
    const ordered = open.toSorted((one, other) => Number(other.above.block - one.above.block))
    const now = ordered.slice(0, mostAtOnce)
    const cut = await Promise.all(now.map((interval) => cutInterval(bisection, interval, partsFor(now.length))))
    const known = cut.flat().filter((interval) => isWanted(bisection, interval))
    reading.push(...known.filter(isOneBlock).map((interval) => readHits(bisection, interval)))
    open = [...known.filter((interval) => !isOneBlock(interval)), ...ordered.slice(mostAtOnce)]
  }
  await Promise.all(reading)
  const { transactions, raised, unused, failures } = bisection
  return { transactions, raised, unused, failure: failures[0] ?? null }
}

/** Halving takes the fewest questions. While few are open, more parts take fewer rounds, and the node is waited for less. */
function partsFor(intervals: number): bigint {
  return intervals === 1 ? 4n : intervals <= 3 ? 3n : 2n
}

function isOneBlock({ below, above }: Interval): boolean {
  return above.block - below.block === 1n
}

function isWanted({ wanted }: Bisection, { below, above }: Interval): boolean {
  for (let nonce = below.next; nonce < above.next; nonce++) if (wanted.has(nonce)) return true
  return false
}

async function firstIntervals(bisection: Bisection): Promise<readonly Interval[]> {
  const { block, nextNonce, failures } = bisection
  try {
    const below = await findBelow(bisection)
    const interval = { below, above: { block, next: nextNonce } }
    if (!isWanted(bisection, interval)) return []
    if (!isOneBlock(interval)) return [interval]
    await readHits(bisection, interval)
  } catch (error) {
    failures.push(toFactError(error))
  }
  return []
}

/**
 * Where to begin: before the first block that counts, or, on a node without that state, as far back as doubling steps reach.
 * Throws when nothing is wanted that may be found.
 */
async function findBelow(bisection: Bisection): Promise<Point> {
  const { fromBlock, firstNonce, block, failures } = bisection
  if (firstNonce !== null && fromBlock > 0n) return { block: fromBlock - 1n, next: firstNonce }
  try {
    const next = await nonceAfter(bisection, 0n)
    if (fromBlock === 0n && next === 0) return { block: 0n, next }
    // Nobody sent anything before the first block: this node gives the newest nonce for every block.
    if (next > 0) throw new MalformedReplyError('eth_getTransactionCount of the first block')
  } catch (error) {
    if (error instanceof MalformedReplyError) throw error
    failures.push(toFactError(error))
  }
  return reachBack(bisection, { block, next: bisection.nextNonce })
}

async function reachBack(bisection: Bisection, newest: Point): Promise<Point> {
  const { fromBlock, nonceRange, failures } = bisection
  let reached = newest
  for (let step = 1n; reached.next > nonceRange.from && newest.block - step >= fromBlock; step *= 2n) {
    try {
      const block = newest.block - step
      const next = await nonceAfter(bisection, block)
      if (next > reached.next) throw new MalformedReplyError('eth_getTransactionCount')
      reached = { block, next }
    } catch (error) {
      failures.unshift(toFactError(error))
      break
    }
  }
  return reached
}

/** The parts in which nonces were used. A refused probe costs its own interval only. */
async function cutInterval(bisection: Bisection, interval: Interval, parts: bigint): Promise<readonly Interval[]> {
  const { below, above } = interval
  const size = above.block - below.block
  const cuts = Array.from({ length: Number(parts) - 1 }, (_, index) => below.block + (size * BigInt(index + 1)) / parts)
  const between = [...new Set(cuts)].filter((block) => block > below.block && block < above.block)
  try {
    const probed = await Promise.all(
      between.map(async (block) => ({ block, next: await nonceAfter(bisection, block) })),
    )
    return intervalsOf(bisection, [below, ...probed, above])
  } catch (error) {
    bisection.failures.push(toFactError(error))
    return []
  }
}

/** Those in which the nonce rose. It never falls: an endpoint that says so mixes two chains, or makes it up. */
function intervalsOf({ failures }: Bisection, points: readonly Point[]): readonly Interval[] {
  return points.slice(1).flatMap((above, index) => {
    const below = points[index] ?? above
    if (above.next < below.next) failures.push(toFactError(new MalformedReplyError('eth_getTransactionCount')))
    return above.next > below.next ? [{ below, above }] : []
  })
}

/** All nonces of one block, from one answer. */
async function readHits(bisection: Bisection, { below, above }: Interval): Promise<void> {
  try {
    const content = await readContent(bisection, above.block)
    for (let nonce = below.next; nonce < above.next; nonce++) {
      if (!bisection.wanted.has(nonce)) continue
      const own = content.own.find((transaction) => transaction.nonce === nonce)
      if (own !== undefined) bisection.transactions.set(nonce, assertMined(own, bisection))
      else await explain(bisection, { nonce, block: above.block, content })
    }
  } catch (error) {
    bisection.failures.push(toFactError(error))
  }
}

async function explain(bisection: Bisection, place: Parameters<typeof explainNonce>[1]): Promise<void> {
  const why = await explainNonce(bisection, place)
  if (why === 'claimed') bisection.unused.push(place.nonce)
  else if (why !== null) bisection.raised.push({ nonce: place.nonce, block: place.block, by: why })
}
