/** What it costs to fill the nonces that are missing in front of what waits. */
import { type FactMap, marketFees, missingBelow, nonceGaps, transferGas, value, type Waiting } from '../../src/rule.ts'

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
