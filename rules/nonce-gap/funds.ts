/** What it costs to fill the nonces of a gap, and whether the account can pay for it. */
import {
  allWaiting,
  type FactMap,
  highestCost,
  marketFees,
  type NonceGap,
  queueOf,
  roundUpToShown,
  transferGas,
  value,
} from '../../src/rule.ts'

type Facts = Pick<FactMap, 'chain' | 'account' | 'mempool' | 'fees'>

/** @param gaps the gap at hand last, behind those that have to be filled before it */
export function fundsData(gaps: readonly NonceGap[], facts: Facts) {
  const { balance, code } = facts.account
  const { coin } = facts.chain
  const market = marketFees(facts.fees)
  const filled = gaps.reduce((sum, { first, last }) => sum + last - first + 1, 0)
  const highest = gaps.at(-1)?.last ?? 0
  // Nodes set aside what the transactions below it may cost.
  const below = queueOf(allWaiting(facts.mempool)).filter(({ nonce }) => nonce < highest)
  const reserved = below.reduce((sum, transaction) => sum + highestCost(transaction), 0n)
  const cost = reserved + BigInt(filled) * transferGas * (market?.maxFeePerGas ?? 0n)
  const missing = cost > balance ? cost - balance : 0n
  return {
    funds: value.keyword(missing > 0n ? 'short' : 'enough'),
    hasDelegate: value.keyword(code.kind === 'delegated' ? 'yes' : 'no'),
    topUp: value.native(roundUpToShown(missing, coin.decimals), coin),
  }
}
