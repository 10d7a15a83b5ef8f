/** Transfers out of the account to the contract of the very token, or to an address of nobody. Any contract may make them up. */

import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import type { LogFacts } from '../core/facts.ts'
import type { LogEntry } from './newest-logs.ts'
import { isNobody } from './nobody.ts'
import { readRecent } from './recent-logs.ts'
import { readNumber } from './token-calls.ts'
import { addressInWord, addressTopic, topics } from './topics.ts'

type Strayed = NonNullable<LogFacts['strayed']>[number]
type Moved = Omit<Strayed, 'log' | 'hasOlder'>

type StrayedReader = { readonly add: (logs: Iterable<LogEntry>) => void; readonly result: () => readonly Strayed[] }

/** Tokens that take fees, and burnt ones, make such events again and again: a mistake of the account may lie before many of them. */
const mostTransactions = 100

/** The newest transactions of each token and recipient, with the most that each moved there. A transfer of nothing is none. */
export function strayedReader(owner: Address): StrayedReader {
  const ownerTopic = addressTopic(owner)
  const limits = { most: mostTransactions, upTo: -1n }
  const reader = readRecent({
    read: ({ address: contract, topics: [event, from, recipient, item], data }): readonly Moved[] => {
      if (event !== topics.transfer || from !== ownerTopic || recipient === undefined) return []
      const to = addressInWord(recipient)
      if (to === null || !(to === contract.toLowerCase() || isNobody(to))) return []
      const amount = item === undefined ? readNumber(data) : null
      return item === undefined && (amount === null || amount === 0n) ? [] : [{ contract, to, amount }]
    },
    keyOf: ({ contract, to }) => `${contract} ${to}`,
    limitsOf: () => limits,
    // A fee goes the same way as what it is taken from.
    saysMore: (one, other) => (one.amount ?? 0n) > (other.amount ?? 0n),
  })
  return {
    add: reader.add,
    result: () =>
      reader.result().flatMap(({ items, wholeFrom }) =>
        items.map(({ contract, to, amount, log }, place) => {
          const hasOlder = wholeFrom > 0n && place === items.length - 1
          return { contract: getAddress(contract), to: getAddress(to), amount, log, ...(hasOlder && { hasOlder }) }
        }),
      ),
  }
}
