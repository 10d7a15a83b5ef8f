/** Why a transaction failed, by what it left behind. */
import { type FindingData, type OwnTransaction, panicCode, value } from '../../src/rule.ts'

/** Words that exchanges revert with when the price, or the time, ran away. */
const timesAndPrices = /slippage|insufficient.?output|excessive.?input|min.?return|expired|deadline/iu
/** Too much and too little are words of exchanges only near an amount. */
const amountBehind = /too.?(?:little|much).{0,20}(?:amount|requested|received)/isu
const amountBefore = /(?:amount|requested|received).{0,20}too.?(?:little|much)/isu
const priceMoved = [timesAndPrices, amountBehind, amountBefore]

export function causeOf({ gasUsed, gasLimit, revertReason }: OwnTransaction, outOfGasPercent: bigint) {
  // A call that said why it stopped had gas left to say it.
  if (revertReason !== null) return causeInWords(revertReason)
  return gasUsed * 100n >= gasLimit * outOfGasPercent ? 'out-of-gas' : 'reverted-unknown'
}

function causeInWords(reason: string) {
  if (panicCode(reason) !== null) return 'panic'
  return priceMoved.some((words) => words.test(reason)) ? 'slippage' : 'reverted'
}

/** What the compiler checks, by the code of its panic. Without hyphens, so that a message can choose by them. */
const checks: Readonly<Record<string, string>> = {
  '0x01': 'assertion',
  '0x11': 'arithmetic',
  '0x12': 'division',
  '0x32': 'index',
}

/** The contract's own words, the selector of its error, or the code of a panic with what it checks. */
export function reasonData({ revertReason }: OwnTransaction): FindingData {
  if (revertReason === null) return {}
  const code = panicCode(revertReason)
  if (code !== null) return { code: value.text(code), check: value.keyword(checks[code] ?? 'other') }
  const isSelector = /^0x[0-9a-f]{8}$/.test(revertReason)
  return { reason: value.untrustedText(revertReason), form: value.keyword(isSelector ? 'selector' : 'words') }
}
