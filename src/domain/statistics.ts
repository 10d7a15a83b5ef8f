/** Statistics that one odd value cannot bend. */

/** Turns a median absolute deviation into a standard deviation, were the values normally distributed. */
const deviationsPerMad = 1.4826
/** Beyond this factor nothing is unusual: the amounts vary so much that there is no habit. */
const highestFactor = 1e12

export type Habit = {
  /** The amount in the middle. */
  readonly usual: bigint
  /** The highest amount that how much they vary explains. */
  readonly limit: bigint
}

/**
 * What is usual among amounts that vary by factors, as fees do: their median, and the median deviation of their logarithms.
 * Amounts of zero say nothing about the others and are left out.
 * @param deviations how many standard deviations above the middle are still usual
 * @param leastFactor how many times the middle amount are always usual, however little the amounts vary
 * @returns null when no amount is above zero
 */
export function habitOf(amounts: readonly bigint[], deviations: number, leastFactor: number): Habit | null {
  const positive = amounts.filter((amount) => amount > 0n)
  const usual = medianOf(positive)
  if (usual === null) return null
  const spread = median(positive.map((amount) => Math.abs(Math.log(Number(amount) / Number(usual)))))
  const factor = Math.max(leastFactor, Math.exp(deviations * deviationsPerMad * (spread ?? 0)))
  return { usual, limit: (usual * BigInt(Math.round(Math.min(factor, highestFactor) * 1000))) / 1000n }
}

/** The middle of a list, or the mean of the two in the middle; null when there is none. */
function median(numbers: readonly number[]): number | null {
  const [lower, upper] = middleTwo(numbers.toSorted((one, other) => one - other))
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2
}

function medianOf(amounts: readonly bigint[]): bigint | null {
  const [lower, upper] = middleTwo(amounts.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0)))
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2n
}

/** Twice the same for an odd count. */
function middleTwo<Item>(sorted: readonly Item[]): readonly [Item | undefined, Item | undefined] {
  return [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
}
