/** How many blocks to ask for at once: what the node said it takes, less while it has trouble, more when it recovers. */
export type RangeSize = {
  /** null as long as nothing limits it. */
  readonly current: () => bigint | null
  /** The node takes no more than this, now and later. */
  readonly cap: (blocks: bigint) => void
  /** A range of this size failed for a reason that may pass. */
  readonly failed: (blocks: bigint) => void
  readonly succeeded: (blocks: bigint) => void
}

/** Limits that providers really set, and below them steps down to a single block. */
const steps = [100_000n, 50_000n, 20_000n, 10_000n, 5_000n, 3_000n, 2_000n, 1_000n, 500n, 100n, 50n, 10n, 5n, 1n]
/** After a larger size was tried in vain, this many answers come first before it is tried again. */
const answersBeforeRetry = 20

export function createRangeSize(): RangeSize {
  let stated: bigint | null = null
  let careful: bigint | null = null
  let largestAnswered = 0n
  let answersNeeded = 1
  let answers = 0
  return {
    current: () => (stated === null ? careful : careful === null || stated < careful ? stated : careful),
    cap: (blocks) => {
      stated = stated === null || blocks < stated ? blocks : stated
    },
    failed: (blocks) => {
      // It answered half as much a moment ago, so the size itself is the likely reason.
      if (largestAnswered > 0n && blocks > largestAnswered) answersNeeded = answersBeforeRetry
      careful = nextStep(blocks)
      answers = 0
      largestAnswered = 0n
    },
    succeeded: (blocks) => {
      if (blocks > largestAnswered) largestAnswered = blocks
      if (careful === null || blocks < careful || ++answers < answersNeeded) return
      careful *= 2n
      answers = 0
    },
  }
}

/** The largest step below a size that was refused; 1 when there is none. */
export function nextStep(blocks: bigint): bigint {
  return steps.find((step) => step < blocks) ?? 1n
}
