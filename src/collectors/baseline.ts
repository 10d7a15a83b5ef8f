/** What an earlier check knew of the account. No node is asked. */
import { defineCollector } from '../core/collector.ts'
import { baselineFacts } from '../domain/baseline.ts'

export default defineCollector({
  key: 'baseline',
  needs: ['chain'],
  fetch: async ({ options: { account, label = null, baseline = [] } }) => ({ account, label, baseline }),
  decode: ({ baseline, ...place }, { chain: { chainId } }) => baselineFacts(baseline, { ...place, chainId }),
})
