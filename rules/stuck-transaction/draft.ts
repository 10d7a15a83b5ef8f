import { allWaiting, type Draft, type FactMap, type PendingTransaction, queueOf, value } from '../../src/rule.ts'
import { evidenceOf } from './evidence.ts'
import { blobData, comparedFees, confidences, type Limits, messageIdOf, outlook, problemOf } from './problem.ts'
import { replacementCalls, replacementData } from './replacement.ts'

type Facts = Pick<FactMap, 'chain' | 'account' | 'mempool' | 'fees'>

/** null when nothing is known that keeps it waiting. */
export function stuckDraft(
  stuck: PendingTransaction,
  facts: Facts,
  limits: Limits,
): Draft<ReturnType<typeof messageIdOf>> | null {
  const problem = problemOf(stuck, facts, limits)
  if (problem === null) return null
  return {
    messageId: messageIdOf(stuck, problem),
    subject: { kind: 'nonce', nonce: stuck.nonce },
    data: {
      hash: value.hash(stuck.hash),
      nonce: value.nonce(stuck.nonce),
      behind: value.count(queueOf(allWaiting(facts.mempool)).filter(({ nonce }) => nonce > stuck.nonce).length),
      ...comparedFees(problem, stuck, facts.fees),
      ...blobData(stuck, facts.fees),
      ...outlook(stuck, facts.chain, facts.fees),
      ...replacementData(stuck, facts),
    },
    evidence: evidenceOf(stuck, facts, problem),
    confidence: confidences[problem],
    // It is mined, and costs its fee in vain.
    ...(problem === 'reverts-now' && { severity: 'medium' }),
    remedy: replacementCalls(stuck, facts),
  }
}
