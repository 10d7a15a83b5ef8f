import { defineRule, type Evidence, type FactMap, type PendingTransaction, queueOf, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'
import { comparedFees, outlook, type Problem, problemOf } from './problem.ts'
import { replacementCalls, replacementData } from './replacement.ts'

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
  reliesOn: ({ about }) => about === 'mempool' || about === 'fees',
  // A contract account sends no transactions of its own.
  applies: ({ account }) => account.code.kind !== 'contract',
  judge: (facts, options) => {
    const pending = queueOf(facts.mempool.transactions.filter(({ state }) => state === 'pending'))
    // The first in nonce order: those before it get through by themselves, those behind it wait for it.
    for (const stuck of pending) {
      const problem = problemOf(stuck, facts, options)
      if (problem === null) continue
      return [
        {
          messageId: messageIdOf(stuck, problem),
          subject: { kind: 'nonce', nonce: stuck.nonce },
          data: {
            hash: value.hash(stuck.hash),
            nonce: value.nonce(stuck.nonce),
            behind: value.count(queueOf(facts.mempool.transactions).filter(({ nonce }) => nonce > stuck.nonce).length),
            ...comparedFees(problem, stuck, facts.fees),
            ...outlook(stuck, facts.chain, facts.fees),
            ...replacementData(stuck, facts),
          },
          evidence: evidenceOf(stuck, facts),
          confidence: confidences[problem],
          remedy: replacementCalls(stuck, facts),
        },
      ]
    }
    return []
  },
})

/** The next block takes nothing below its base fee; what else blocks take is each maker's choice. */
const confidences = {
  'below-base-fee': 'certain',
  'low-tip': 'likely',
  'below-node-price': 'possible',
  'long-wait': 'possible',
} as const

/** What a plain transaction cannot carry decides what to do. */
function messageIdOf({ maxFeePerBlobGas, hasAuthorizations }: PendingTransaction, problem: Problem) {
  if (maxFeePerBlobGas !== null) return 'with-blobs'
  return hasAuthorizations ? 'with-authorizations' : problem
}

type Facts = Pick<FactMap, 'chain' | 'fees'>

function evidenceOf(stuck: PendingTransaction, { chain, fees }: Facts): readonly [Evidence, ...Evidence[]] {
  const block = String(chain.head.number)
  return [
    { kind: 'read', method: stuck.source, block: 'pending', value: stuck.hash },
    fees.nextBaseFee === null
      ? { kind: 'read', method: 'eth_gasPrice', block, value: String(fees.gasPrice) }
      : { kind: 'read', method: 'eth_feeHistory', block, value: String(fees.nextBaseFee) },
  ]
}
