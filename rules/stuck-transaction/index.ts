import { allWaiting, defineRule, queueOf, value, z } from '../../src/rule.ts'
import { codeDraft } from './account-code.ts'
import en from './en.ts'
import { evidenceOf } from './evidence.ts'
import ja from './ja.ts'
import { blobData, comparedFees, confidences, messageIdOf, outlook, problemOf } from './problem.ts'
import { replacementCalls, replacementData } from './replacement.ts'
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
  judge: (facts, options) => {
    const withCode = codeDraft(facts)
    if (withCode !== null) return [withCode]
    const queue = queueOf(allWaiting(facts.mempool))
    const pending = queueOf(allWaiting(facts.mempool).filter(({ state }) => state === 'pending'))
    // The first in nonce order: those before it get through by themselves, those behind it wait for it.
    for (const stuck of pending) {
      if (!('hash' in stuck)) {
        const summarised = summaryDraft(stuck, facts, options.leastPricePercent)
        if (summarised === null) continue
        return [summarised]
      }
      const problem = problemOf(stuck, facts, options)
      if (problem === null) continue
      return [
        {
          messageId: messageIdOf(stuck, problem),
          subject: { kind: 'nonce', nonce: stuck.nonce },
          data: {
            hash: value.hash(stuck.hash),
            nonce: value.nonce(stuck.nonce),
            behind: value.count(queue.filter(({ nonce }) => nonce > stuck.nonce).length),
            ...comparedFees(problem, stuck, facts.fees),
            ...blobData(stuck, facts.fees),
            ...outlook(stuck, facts.chain, facts.fees),
            ...replacementData(stuck, facts),
          },
          evidence: evidenceOf(stuck, facts, problem),
          confidence: confidences[problem],
          remedy: replacementCalls(stuck, facts),
        },
      ]
    }
    return []
  },
})
