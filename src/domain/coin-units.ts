/** Whole coins as people write them (0.5), in the smallest unit. Exact to nine decimals, which is more than a threshold needs. */
export function coinUnits(coins: number, { decimals }: { readonly decimals: number }): bigint {
  return (BigInt(Math.round(coins * 1e9)) * 10n ** BigInt(decimals)) / 10n ** 9n
}
