/** What it costs to fill the nonces that are missing in front of what waits. */
import {
  allWaiting,
  type FactMap,
  marketFees,
  missingBelow,
  nonceGaps,
  queueOf,
  shortageOf,
  transferGas,
  type Unread,
  value,
  type Waiting,
} from '../../src/rule.ts'

type Facts = Pick<FactMap, 'chain' | 'nonces' | 'fees'>

/** @param queue lowest nonce first. Wei; 0 for each where no price is known, which the words then say. */
export function fillingOf(queue: readonly Waiting[], { chain, nonces, fees }: Facts) {
  const gaps = nonceGaps(queue, nonces)
  const price = marketFees(fees)?.maxFeePerGas
  const costOfOne = transferGas * (price ?? 0n)
  const count = missingBelow(gaps, queue.at(-1)?.nonce ?? 0)
  return {
    filling: { gaps, costOfOne },
    costBelow: (nonce: number) => BigInt(missingBelow(gaps, nonce)) * costOfOne,
    data: {
      filling: value.keyword(count === 0 ? 'none' : price === undefined ? 'unknown' : 'counted'),
      fillings: value.count(count),
      fillingCost: value.native(BigInt(count) * costOfOne, chain.coin),
    },
  }
}

/** Why a sum that the balance covers proves nothing: fillings that nobody could count come on top. Empty where none do. */
export function unreadFillings({
  account,
  nonces,
  mempool,
  fees,
}: Pick<FactMap, 'account' | 'nonces' | 'mempool' | 'fees'>): readonly Unread<'fees'>[] {
  const queue = queueOf(allWaiting(mempool))
  if (marketFees(fees) !== null || nonceGaps(queue, nonces).length === 0) return []
  return shortageOf(queue, account.balance) !== null ? [] : fees.missing.map((part) => ({ ...part, fact: 'fees' }))
}
