import { allWaiting, defineRule, z } from '../../src/rule.ts'
import { codeDraft } from './account-code.ts'
import { stuckDraft } from './draft.ts'
import en from './en.ts'
import ja from './ja.ts'
import { isStuck, pendingQueue, unreadOf } from './queue.ts'
import { summaryDraft } from './summary.ts'

export default defineRule({
  id: 'stuck-transaction',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'mempool', 'fees'],
  text: { en, ja },
  options: z.object({
    leastPricePercent: z
      .int()
      .positive()
      .default(80)
      .describe('Without a base fee: the percentage of the proposed gas price below which a price is too low.'),
    longestWaitSeconds: z
      .int()
      .positive()
      .default(600)
      .describe('How long a transaction may be seen waiting (seconds), whatever it pays.'),
  }),
  reliesOn: ({ about }) => about === 'mempool' || about === 'pending-details' || about === 'fees',
  // A contract sends no transactions of its own, so none of them waits.
  applies: ({ account, mempool }) => account.code.kind !== 'contract' || allWaiting(mempool).length > 0,
  unread: (facts, options) => (codeDraft(facts) === null ? unreadOf(facts, options) : []),
  judge: (facts, options) => {
    const withCode = codeDraft(facts)
    if (withCode !== null) return [withCode]
    // The first in nonce order: those before it get through by themselves, those behind it wait for it.
    const stuck = pendingQueue(facts).find((waiting) => isStuck(waiting, facts, options))
    if (stuck === undefined) return []
    const draft = 'hash' in stuck ? stuckDraft(stuck, facts, options) : summaryDraft(stuck, facts, options)
    return draft === null ? [] : [draft]
  },
})
