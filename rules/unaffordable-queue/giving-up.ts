/** What it takes to give up the transaction that the balance does not reach, and what the queue takes after it. */
import {
  type FactMap,
  highestCost,
  roundUpToShown,
  type Shortage,
  transferGas,
  value,
  type Waiting,
} from '../../src/rule.ts'

type Situation = {
  readonly queue: readonly Waiting[]
  readonly balance: bigint
  readonly coin: FactMap['chain']['coin']
  /** Wei per gas that the cancellation offers; null where its cost depends on how many blobs it carries. */
  readonly price: bigint | null
  /** Wei that filling the missing nonces before it costs. */
  readonly fillings: bigint
  /** False: fees could not be read, so more may come on top. */
  readonly isMarketRead: boolean
}

/** `rest` says whether the balance covers what then remains; `restMissing` is what it lacks, rounded up to what is shown. */
export function givingUpData({ transaction, cost }: Shortage, situation: Situation) {
  const { queue, balance, coin, price, fillings, isMarketRead } = situation
  const own = transferGas * (price ?? 0n)
  const before = queue.filter(({ nonce }) => nonce < transaction.nonce)
  const isShort = before.reduce((sum, other) => sum + highestCost(other), fillings + own) > balance
  const remaining = cost - highestCost(transaction) + own
  const missing = remaining > balance ? remaining - balance : 0n
  const isTold = price !== null && !isShort && (missing > 0n || isMarketRead)
  return {
    cancellation: value.keyword(price !== null && isShort ? 'short' : 'covered'),
    market: value.keyword(isMarketRead ? 'known' : 'unread'),
    rest: value.keyword(isTold ? (missing > 0n ? 'short' : 'covered') : 'unknown'),
    restMissing: value.native(roundUpToShown(missing, coin.decimals), coin),
  }
}
