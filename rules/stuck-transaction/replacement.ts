/** What takes the place of a stuck transaction, and whether the account can pay for it. */
import {
  allWaiting,
  cancelCall,
  type FactMap,
  highestCost,
  isMarketKnown,
  type PendingTransaction,
  queueOf,
  replacementFees,
  roundUpToShown,
  speedUpCall,
  transferGas,
  type UnsignedCall,
  value,
  type Waiting,
} from '../../src/rule.ts'

type Facts = Pick<FactMap, 'chain' | 'account' | 'mempool' | 'fees'>

/**
 * Unsigned calls, in the order of the steps: first the one that speeds up, then the one that cancels. None for blobs whose
 * hashes are not known, as in files of before, and none that hurries what would fail.
 */
export function replacementCalls(stuck: PendingTransaction, facts: Facts): readonly UnsignedCall[] {
  const { nonce, maxFeePerBlobGas, blobVersionedHashes } = stuck
  if (maxFeePerBlobGas !== null && blobVersionedHashes === undefined) return []
  const fees = replacementFees(stuck, facts.fees)
  const faster = speedUpCall(facts.chain, stuck, fees)
  // One blob is enough to cancel with, and the cheapest.
  const blobs = blobVersionedHashes === undefined ? {} : { blobVersionedHashes: blobVersionedHashes.slice(0, 1) }
  const cancellation = cancelCall({ ...facts, nonce, fees, ...blobs, purpose: 'cancel' })
  return faster === null || isOnlyCancelled(stuck) ? [cancellation] : [faster, cancellation]
}

/** A call cannot carry authorisations, and what would fail costs its fee in vain. */
function isOnlyCancelled({ hasAuthorizations, simulation }: PendingTransaction): boolean {
  return hasAuthorizations || simulation?.status === 'reverts'
}

/**
 * The fees to set, and `funds`: whether the balance covers both ways out, the cancellation only, the cancellation but not what
 * waits behind it, or neither.
 */
export function replacementData(stuck: PendingTransaction, facts: Facts) {
  const fees = replacementFees(stuck, facts.fees)
  const { balance } = facts.account
  const { coin } = facts.chain
  // Nodes count what the account's other transactions that can be mined may cost too; those behind a gap they do not.
  const pending = allWaiting(facts.mempool).filter(({ state }) => state === 'pending')
  const others = queueOf(pending).filter(({ nonce }) => nonce !== stuck.nonce)
  const reserved = costOf(others)
  const ownCancelCost = highestCost({ ...fees, value: 0n, gasLimit: transferGas })
  // A block takes the cancellation before those behind it: only some nodes want their cost to be there too.
  const leastToCancel = costOf(others.filter(({ nonce }) => nonce < stuck.nonce)) + ownCancelCost
  const cancelCost = reserved + ownCancelCost
  const speedUpCost = reserved + highestCost({ ...stuck, ...fees })
  const toCancel = balance < leastToCancel ? 'none' : balance < cancelCost ? 'alone' : 'cancel'
  const cancelsOnly = isOnlyCancelled(stuck)
  const funds = balance >= (cancelsOnly ? cancelCost : speedUpCost) ? 'both' : toCancel
  const cost = cancelsOnly || (funds === 'none' && leastToCancel > speedUpCost) ? leastToCancel : speedUpCost
  const missing = cost > balance ? cost - balance : 0n
  return {
    market: value.keyword(isMarketKnown(facts.fees) ? 'known' : 'unread'),
    feeKind: value.keyword(fees.isLegacy ? 'legacy' : 'eip1559'),
    newMaxFee: value.gasPrice(fees.maxFeePerGas),
    newPriorityFee: value.gasPrice(fees.maxPriorityFeePerGas),
    ...(fees.maxFeePerBlobGas !== undefined && { newBlobFee: value.gasPrice(fees.maxFeePerBlobGas) }),
    funds: value.keyword(funds),
    hasDelegate: value.keyword(facts.account.code.kind === 'delegated' ? 'yes' : 'no'),
    topUp: value.native(roundUpToShown(missing, coin.decimals), coin),
  }
}

/** Wei that nodes set aside for them. */
function costOf(transactions: readonly Waiting[]): bigint {
  return transactions.reduce((sum, transaction) => sum + highestCost(transaction), 0n)
}
