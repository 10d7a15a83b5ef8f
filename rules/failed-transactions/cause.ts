/** Why a transaction failed, by what it left behind. */
import { type FindingData, type OwnTransaction, panicCode, value } from '../../src/rule.ts'

/** Words that exchanges revert with when the price, or the time, ran away. */
const timesAndPrices =
  /slippage|insufficient.?output|excessive.?input|min.?return|return.?amount.?is.?not.?enough|less than? expected|fewer coins than expected|expired|deadline/iu
/** Too much and too little are words of exchanges only near an amount. */
const amountBehind = /too.?(?:little|much).{0,20}(?:amount|requested|received)/isu
const amountBefore = /(?:amount|requested|received).{0,20}too.?(?:little|much)/isu
const priceMoved = [timesAndPrices, amountBehind, amountBefore]

/** STF and TF: Uniswap's short words for a token that could not be taken. */
const fundsMissing =
  /exceeds.{0,10}(?:balance|allowance)|insufficient.?(?:balance|allowance|funds|eth\b|token\b)|(?:balance|allowance).{0,10}(?:too low|not enough|insufficient)|missingapprovalforall|transfer.?from.?failed|^(?:STF|TF)$/iu
const nonceUsed = /nonce/iu

export function causeOf({ gasUsed, gasLimit, revertReason, withMoreGas }: OwnTransaction, outOfGasPercent: bigint) {
  // A contract whose inner call ran out of gas may say so in words about something else: the second try tells.
  if (withMoreGas === 'succeeds') return 'out-of-gas'
  // A call that said why it stopped had gas left to say it.
  if (revertReason !== null) return causeInWords(revertReason)
  if (gasUsed * 100n < gasLimit * outOfGasPercent) return 'reverted-unknown'
  return withMoreGas === 'fails' ? 'all-gas-used' : 'out-of-gas'
}

function causeInWords(reason: string) {
  if (panicCode(reason) !== null) return 'panic'
  if (nonceUsed.test(reason)) return 'nonce'
  if (fundsMissing.test(reason)) return 'funds'
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
