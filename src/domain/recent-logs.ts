/** Keeps of many logs the newest transactions of each thing that they name, where the newest alone may hide what matters. */
import type { LogRef } from '../core/facts.ts'
import { isAfter, isLater, type LogEntry, type Logged, refOf } from './newest-logs.ts'

type Limits = {
  /** How many transactions are kept of each thing. */
  readonly most: number
  /** Of those up to this block the newest alone is kept. */
  readonly upTo: bigint
}

/** What is kept of one thing. */
export type Recent<Item> = {
  /** One of each transaction, the newest first. Never empty. */
  readonly items: readonly Logged<Item>[]
  /** No transaction from this block on was left out. */
  readonly wholeFrom: bigint
}

/** Takes logs in any order and in any number of parts; the same twice changes nothing. */
export type RecentReader<Item> = {
  readonly add: (logs: Iterable<LogEntry>) => void
  /** The newest last. */
  readonly result: () => readonly Recent<Item>[]
}

type Reading<Item> = {
  /** The items that a log names. */
  readonly read: (log: LogEntry) => readonly Item[]
  readonly keyOf: (item: Item) => string
  readonly limitsOf: (item: Item) => Limits
  /** Of two in one transaction, whether the first says more. The later one does when absent. */
  readonly saysMore?: (one: Item, other: Item) => boolean
}

type Placed = { readonly log: LogRef }
type Kept<Item> = { readonly limits: Limits; readonly items: Logged<Item>[]; wholeFrom: bigint }

export function readRecent<Item extends object>({
  read,
  keyOf,
  limitsOf,
  saysMore,
}: Reading<Item>): RecentReader<Item> {
  const all = new Map<string, Kept<Item>>()
  const addOne = (log: LogEntry, item: Item) => {
    const key = keyOf(item)
    const kept = all.get(key) ?? { limits: limitsOf(item), items: [], wholeFrom: 0n }
    if (kept.items.length === 0) all.set(key, kept)
    const place = placeOfTransaction(kept.items, log)
    const known = kept.items[place]
    if (known === undefined) {
      keep(kept, log, item)
      return
    }
    const isLess = saysMore?.(known, item) ?? false
    const isMore = saysMore?.(item, known) ?? false
    if (isMore || (!isLess && isAfter(log, known.log))) kept.items[place] = { ...item, log: refOf(log) }
  }
  return {
    add: (logs) => {
      for (const log of logs) for (const item of read(log)) addOne(log, item)
    },
    result: () =>
      [...all]
        .map(([key, { items, wholeFrom }]) => ({ key, items: items.toSorted(newestFirst), wholeFrom }))
        .sort(byNewest)
        .map(({ key, ...recent }) => recent),
  }
}

/** One of a transaction that has none here yet. What is left out, here or to make room, moves the block from which all are here. */
function keep<Item>(kept: Kept<Item>, log: LogEntry, item: Item): void {
  const { items, limits } = kept
  const oldest = items.at(-1)
  const isFull = items.length >= limits.most && oldest !== undefined && !isAfter(log, oldest.log)
  const isOld = log.blockNumber <= limits.upTo && items[0] !== undefined && !isAfter(log, items[0].log)
  if (isFull || isOld) {
    leaveOut(kept, log.blockNumber)
    return
  }
  let place = firstUpTo(items, log.blockNumber)
  for (let known = items[place]; known !== undefined && !isAfter(log, known.log); known = items[place]) place++
  items.splice(place, 0, { ...item, log: refOf(log) })
  const last = items.at(-1)
  if (last === undefined || items.length === 1) return
  if (items.length <= limits.most && last.log.block > limits.upTo) return
  items.pop()
  leaveOut(kept, last.log.block)
}

/** -1 when it is not there. All logs of a transaction are in one block. */
function placeOfTransaction(items: readonly Placed[], { transactionHash, blockNumber }: LogEntry): number {
  for (let place = firstUpTo(items, blockNumber); items[place]?.log.block === blockNumber; place++) {
    if (items[place]?.log.transaction === transactionHash) return place
  }
  return -1
}

/** Where the first stands that is in this block or an older one, of items with the newest first. */
function firstUpTo(items: readonly Placed[], block: bigint): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.log.block ?? 0n) > block) low = middle + 1
    else high = middle
  }
  return low
}

function leaveOut<Item>(kept: Kept<Item>, block: bigint): void {
  if (block >= kept.wholeFrom) kept.wholeFrom = block + 1n
}

function newestFirst({ log: one }: { readonly log: LogRef }, { log: other }: { readonly log: LogRef }): number {
  return isLater(one, other) ? -1 : 1
}

type Keyed = { readonly key: string; readonly items: readonly { readonly log: LogRef }[] }

/** As the newest logs stand on the chain; those that one log names by their keys. */
function byNewest({ key: oneKey, items: [one] }: Keyed, { key: otherKey, items: [other] }: Keyed): number {
  if (one === undefined || other === undefined) return 0
  if (one.log.block !== other.log.block) return one.log.block < other.log.block ? -1 : 1
  return one.log.index - other.log.index || (oneKey < otherKey ? -1 : 1)
}
