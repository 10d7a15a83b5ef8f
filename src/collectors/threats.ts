/** What is known about addresses: the bundled lists and the user's, as far as they hold on this chain. */
import { defineCollector } from '../core/collector.ts'
import type { ThreatEntry } from '../core/facts.ts'
import { bundledThreats } from '../threats/bundled.ts'

export default defineCollector({
  key: 'threats',
  needs: ['chain'],
  fetch: async ({ options }) => options.threatLists,
  decode: (given, { chain }) => {
    const bundled = bundledThreats(chain.chainId)
    const own = given.map(({ name, date, entries }) => {
      const here = entries.filter(({ chainId }) => chainId === null || chainId === chain.chainId)
      return { list: { name, date, entries: here.length }, entries: here.map((entry) => toEntry(entry, name)) }
    })
    return {
      ...bundled,
      lists: [...bundled.lists, ...own.map(({ list }) => list)],
      entries: [...bundled.entries, ...own.flatMap(({ entries }) => entries)],
      missing: [],
    }
  },
})

function toEntry({ address, chainId }: Pick<ThreatEntry, 'address' | 'chainId'>, list: string): ThreatEntry {
  return { address, chainId, kind: 'drainer', list, name: null, incidentDate: null, isFixed: false, isGiven: true }
}
