/** Amounts that people copy into a wallet by hand: short, and never too little. Wei. */

/** How many decimals of a coin a reader sees. */
const shownDecimals = 6

/** An amount to send, rounded up to what is shown: who sends the number on the screen never sends too little. */
export function roundUpToShown(amount: bigint, decimals: number): bigint {
  const step = 10n ** BigInt(Math.max(0, decimals - shownDecimals))
  return ((amount + step - 1n) / step) * step
}

const digitsOfFee = 3
/** A hundredth of a gwei. */
const coarsestStep = 10n ** 7n

/** A fee (wei per gas) to type, rounded up: two decimals of a gwei, or three digits of a fee below that. Less than 1 % is added. */
export function roundUpFee(fee: bigint): bigint {
  const ownStep = 10n ** BigInt(Math.max(0, String(fee).length - digitsOfFee))
  const step = ownStep < coarsestStep ? ownStep : coarsestStep
  return ((fee + step - 1n) / step) * step
}
