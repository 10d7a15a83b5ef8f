/** What takes the place of a stuck transaction, and whether the account can pay for it. */
import {
  allWaiting,
  cancelCall,
  type FactMap,
  highestCost,
  isMarketKnown,
  type PendingTransaction,
  queueOf,
  replacementBlobFee,
  replacementFees,
  roundUpToShown,
  speedUpCall,
  transferGas,
  type UnsignedCall,
  value,
} from '../../src/rule.ts'

type Facts = Pick<FactMap, 'chain' | 'account' | 'mempool' | 'fees'>

/** Unsigned calls, in the order of the steps: first the one that speeds up, then the one that cancels. None for blobs, which a call cannot carry. */
export function replacementCalls(stuck: PendingTransaction, facts: Facts): readonly UnsignedCall[] {
  if (stuck.maxFeePerBlobGas !== null) return []
  const fees = replacementFees(stuck, facts.fees)
  const faster = speedUpCall(facts.chain, stuck, fees)
  const cancellation = cancelCall({ ...facts, nonce: stuck.nonce, fees, purpose: 'cancel' })
  return faster === null ? [cancellation] : [faster, cancellation]
}

function newBlobFee({ maxFeePerBlobGas }: PendingTransaction, { fees }: Facts) {
  return maxFeePerBlobGas === null ? {} : { maxFeePerBlobGas: replacementBlobFee(maxFeePerBlobGas, fees) }
}

/** The fees to set, and `funds`: whether the balance covers both ways out, the cancellation only, or neither. */
export function replacementData(stuck: PendingTransaction, facts: Facts) {
  const fees = replacementFees(stuck, facts.fees)
  const { balance } = facts.account
  const { coin } = facts.chain
  // Nodes count what the account's other transactions that can be mined may cost too; those behind a gap they do not.
  const pending = allWaiting(facts.mempool).filter(({ state }) => state === 'pending')
  const others = queueOf(pending).filter(({ nonce }) => nonce !== stuck.nonce)
  const reserved = others.reduce((sum, other) => sum + highestCost(other), 0n)
  const cancelCost = reserved + transferGas * fees.maxFeePerGas
  // With authorisations it can only be cancelled.
  const speedUpCost = stuck.hasAuthorizations
    ? cancelCost
    : reserved + highestCost({ ...stuck, ...fees, ...newBlobFee(stuck, facts) })
  const funds = balance >= speedUpCost ? 'both' : balance >= cancelCost ? 'cancel' : 'none'
  const cost = funds === 'none' && cancelCost > speedUpCost ? cancelCost : speedUpCost
  const missing = cost > balance ? cost - balance : 0n
  return {
    market: value.keyword(isMarketKnown(facts.fees) ? 'known' : 'unread'),
    feeKind: value.keyword(fees.isLegacy ? 'legacy' : 'eip1559'),
    newMaxFee: value.gasPrice(fees.maxFeePerGas),
    newPriorityFee: value.gasPrice(fees.maxPriorityFeePerGas),
    funds: value.keyword(funds),
    hasDelegate: value.keyword(facts.account.code.kind === 'delegated' ? 'yes' : 'no'),
    topUp: value.native(roundUpToShown(missing, coin.decimals), coin),
  }
}
