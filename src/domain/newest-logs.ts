/** Keeps of many logs the newest of each thing that they name. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'
import type { LogRef } from '../core/facts.ts'

/** A log as a node gives it, hex in lower case. */
export type LogEntry = {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: bigint
  readonly transactionHash: Hex
  readonly logIndex: number
}

/** What one kind of log was read into; `unreadable` lists the contracts of those that fit no known shape. */
export type Decoded<Item> = { readonly items: readonly Item[]; readonly unreadable: readonly Address[] }

/** Takes logs in any order and in any number of parts, and keeps only what is newest, oldest first. */
export type LogReader<Item> = {
  readonly add: (logs: Iterable<LogEntry>) => void
  readonly result: () => Decoded<Item>
}

export type Logged<Item> = Item & { readonly log: LogRef }
type Reading<Item> = {
  /** The items that a log names; null when it has no shape of its kind. */
  readonly read: (log: LogEntry) => readonly Item[] | null
  readonly keyOf: (item: Item) => string
  /** Gives addresses their EIP-55 spelling, once per kept item at the end: it costs a hash each. */
  readonly spell: (item: Logged<Item>) => Logged<Item>
}

export function readNewest<Item>({ read, keyOf, spell }: Reading<Item>): LogReader<Logged<Item>> {
  const items = new Map<string, Logged<Item>>()
  const unreadable = new Set<Address>()
  const addOne = (log: LogEntry) => {
    const found = read(log)
    if (found === null) unreadable.add(log.address)
    for (const item of found ?? []) {
      const known = items.get(keyOf(item))
      if (known === undefined || isAfter(log, known.log)) items.set(keyOf(item), { ...item, log: refOf(log) })
    }
  }
  return {
    add: (logs) => {
      for (const log of logs) addOne(log)
    },
    result: () => ({
      // Parts arrive in another order each time.
      items: [...items].sort(byPlace).map(([, item]) => spell(item)),
      unreadable: [...unreadable].map((contract) => getAddress(contract)),
    }),
  }
}

export type Keyed = readonly [key: string, item: { readonly log: LogRef }]

/** As the logs stand on the chain; those that one log names by their keys. */
export function byPlace([oneKey, { log: one }]: Keyed, [otherKey, { log: other }]: Keyed): number {
  if (one.block !== other.block) return one.block < other.block ? -1 : 1
  return one.index - other.index || (oneKey < otherKey ? -1 : 1)
}

export function refOf({ blockNumber, transactionHash, logIndex }: LogEntry): LogRef {
  return { block: blockNumber, transaction: standalone(transactionHash), index: logIndex }
}

/** The same text in memory of its own: a part of a longer one keeps all of that alive, and of a million logs few are kept. */
export function standalone<Text extends Hex>(text: Text): Text {
  return Buffer.from(text, 'latin1').toString('latin1') as Text // the same characters
}

export function isLater(one: LogRef, other: LogRef): boolean {
  return one.block > other.block || (one.block === other.block && one.index > other.index)
}

/** What was said by logs, with the newest first. */
export function newestFirst<Item extends { readonly log: LogRef }>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((one, other) => (isLater(one.log, other.log) ? -1 : 1))
}

export function isAfter(log: LogEntry, known: LogRef): boolean {
  return log.blockNumber > known.block || (log.blockNumber === known.block && log.logIndex > known.index)
}
