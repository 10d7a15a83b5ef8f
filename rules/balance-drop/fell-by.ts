/** Whether an amount fell by more than a share of it, in percent. Exact to a hundredth of a percent. */
export function fellBy({ before, now }: { readonly before: bigint; readonly now: bigint }, percent: number): boolean {
  return (before - now) * 10_000n > before * BigInt(Math.round(percent * 100))
}
