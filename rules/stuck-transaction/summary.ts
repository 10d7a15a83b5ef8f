/** A waiting transaction of which the endpoint shows a summary only: what it pays at most is known, and neither its tip nor its type. */
import {
  allWaiting,
  type Draft,
  type FactMap,
  isMarketKnown,
  type PendingSummary,
  queueOf,
  replacementFees,
  value,
  waitingEvidence,
} from '../../src/rule.ts'
import { priceRead } from './evidence.ts'
import { askedNow, type Limits, outlook, priceProblemOf } from './problem.ts'

type Facts = Pick<FactMap, 'chain' | 'mempool' | 'fees'>

/** null when what it pays at most suffices. */
export function summaryDraft(
  stuck: PendingSummary,
  facts: Facts,
  { leastPricePercent }: Pick<Limits, 'leastPricePercent'>,
): Draft<'summarised'> | null {
  const problem = priceProblemOf(stuck.maxFeePerGas, facts.fees, leastPricePercent)
  if (problem === null) return null
  // Its own tip is not known: what is said of the tip names the market's, and how to raise its own.
  const unknown = { isLegacy: false, maxPriorityFeePerGas: 0n, maxFeePerBlobGas: null }
  const fees = replacementFees({ ...stuck, ...unknown }, facts.fees)
  return {
    messageId: 'summarised',
    subject: { kind: 'nonce', nonce: stuck.nonce },
    data: {
      nonce: value.nonce(stuck.nonce),
      behind: value.count(queueOf(allWaiting(facts.mempool)).filter(({ nonce }) => nonce > stuck.nonce).length),
      offered: value.gasPrice(stuck.maxFeePerGas),
      ...askedNow(facts.fees),
      ...outlook(stuck, facts.chain, facts.fees),
      market: value.keyword(isMarketKnown(facts.fees) ? 'known' : 'unread'),
      newMaxFee: value.gasPrice(fees.maxFeePerGas),
      newPriorityFee: value.gasPrice(fees.maxPriorityFeePerGas),
    },
    evidence: [waitingEvidence(stuck), ...priceRead(facts, problem)],
    confidence: problem === 'below-base-fee' ? 'likely' : 'possible',
  }
}
