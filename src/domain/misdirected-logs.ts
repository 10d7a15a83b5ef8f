/** Transfers out of the account to the contract of the very token, or to an address of nobody. Any contract may make them up. */

import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import type { LogFacts } from '../core/facts.ts'
import { type LogReader, readNewest } from './newest-logs.ts'
import { isNobody } from './nobody.ts'
import { readNumber } from './token-calls.ts'
import { addressInWord, addressTopic, topics } from './topics.ts'

type Strayed = NonNullable<LogFacts['strayed']>[number]

/** The newest of each token and recipient. A transfer of nothing is none. */
export function strayedReader(owner: Address): LogReader<Strayed> {
  const ownerTopic = addressTopic(owner)
  return readNewest({
    read: ({ address: contract, topics: [event, from, recipient, item], data }): readonly Omit<Strayed, 'log'>[] => {
      if (event !== topics.transfer || from !== ownerTopic || recipient === undefined) return []
      const to = addressInWord(recipient)
      if (to === null || !(to === contract.toLowerCase() || isNobody(to))) return []
      const amount = item === undefined ? readNumber(data) : null
      return item === undefined && (amount === null || amount === 0n) ? [] : [{ contract, to, amount }]
    },
    keyOf: ({ contract, to }) => `${contract} ${to}`,
    spell: (item) => ({ ...item, contract: getAddress(item.contract), to: getAddress(item.to) }),
  })
}
