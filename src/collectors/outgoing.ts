/** What left the account since the baseline, from what else was read. No node is asked. */
import { defineCollector } from '../core/collector.ts'
import { outgoingSince } from '../domain/outgoing.ts'

export default defineCollector({
  key: 'outgoing',
  needs: ['chain', 'account', 'nonces', 'baseline'],
  wants: ['activity', 'logs'],
  fetch: async (_, facts, results) => outgoingSince(facts, results),
  decode: (outgoing) => outgoing,
})
