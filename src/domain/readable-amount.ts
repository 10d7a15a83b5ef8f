/** How many decimals of a coin a reader sees. */
const shownDecimals = 6

/** An amount to send, rounded up to what is shown: who sends the number on the screen never sends too little. */
export function roundUpToShown(amount: bigint, decimals: number): bigint {
  const step = 10n ** BigInt(Math.max(0, decimals - shownDecimals))
  return ((amount + step - 1n) / step) * step
}
