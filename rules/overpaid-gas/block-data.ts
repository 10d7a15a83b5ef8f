/** What a transaction paid beside what others paid in its block, and what it would have cost at the market setting of then. */
import { type ChainFacts, feeAtMarketThen, isShownAlike, type OwnTransaction, paidFee, value } from '../../src/rule.ts'

type BlockFees = NonNullable<OwnTransaction['blockFees']>

/** `compared`: whether the price at the median tip reads otherwise than what was paid. */
export function blockData(transaction: OwnTransaction, fees: BlockFees, coin: ChainFacts['coin']) {
  const { gasUsed, gasLimit, effectiveGasPrice } = transaction
  const fee = value.native(paidFee(transaction), coin)
  const market = value.native(feeAtMarketThen(transaction) ?? 0n, coin)
  return {
    fee,
    market,
    compared: value.keyword(isShownAlike(fee, market) ? 'no' : 'yes'),
    p10: value.gasPrice(fees.price.p10),
    p50: value.gasPrice(fees.price.p50),
    p90: value.gasPrice(fees.price.p90),
    tip: value.gasPrice(effectiveGasPrice - fees.baseFee),
    medianTip: value.gasPrice(fees.tip.p50),
    gasUsed: value.text(String(gasUsed)),
    gasLimit: value.text(String(gasLimit)),
    // In whole percents; of nothing allowed, nothing was used.
    used: value.count(gasLimit === 0n ? 0 : Number((gasUsed * 100n) / gasLimit)),
  }
}
