/** Milliseconds since some moment, on a clock that nobody sets. What Node calls `performance` is the same, and has to be loaded before the first request. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
