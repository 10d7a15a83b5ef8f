/** Transfers out of the account, whoever sent them: its own newest one says nothing about those that others made before. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import type { LogFacts } from '../core/facts.ts'
import type { LogEntry } from './newest-logs.ts'
import { readRecent } from './recent-logs.ts'
import { addressTopic, topics } from './topics.ts'

type Sent = NonNullable<LogFacts['sent']>[number]
type SentReader = { readonly add: (logs: Iterable<LogEntry>) => void; readonly result: () => readonly Sent[] }

/** Of a token that a baseline knows, so many since; of others so many in all, for a comparison that is asked for later. */
const mostSince = 1000
const mostOfOthers = 8

/** @param since by contract in lower case the block of the baseline that knows it */
export function sentReader(owner: Address, since: ReadonlyMap<string, bigint> = new Map()): SentReader {
  const ownerTopic = addressTopic(owner)
  const others = { most: mostOfOthers, upTo: -1n }
  const reader = readRecent({
    read: ({ address: contract, topics: [event, first, second] }): readonly { readonly contract: Address }[] => {
      const isSingle = event === topics.transfer && first === ownerTopic
      const isMulti = (event === topics.transferSingle || event === topics.transferBatch) && second === ownerTopic
      return isSingle || isMulti ? [{ contract }] : []
    },
    keyOf: ({ contract }) => contract,
    limitsOf: ({ contract }) => {
      const block = since.get(contract)
      return block === undefined ? others : { most: mostSince, upTo: block }
    },
  })
  return {
    add: reader.add,
    result: () =>
      reader.result().flatMap(({ items: [newest, ...older], wholeFrom }) => {
        if (newest === undefined) return []
        return { contract: getAddress(newest.contract), log: newest.log, older: older.map(({ log }) => log), wholeFrom }
      }),
  }
}
