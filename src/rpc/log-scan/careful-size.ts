/** How many blocks to ask for while an endpoint has trouble that no number explains: less at once, more when it recovers. */
export type CarefulSize = {
  /** null as long as nothing failed. */
  readonly current: () => bigint | null
  /** A range of this size failed; `smaller` is the size to go on with. */
  readonly failed: (blocks: bigint, smaller?: bigint) => void
  readonly succeeded: (blocks: bigint) => void
  /** The reason of the trouble is known, and met in another way. */
  readonly forget: () => void
}

/** Limits that providers really set, and below them steps down to a single block. */
const steps = [100_000n, 50_000n, 20_000n, 10_000n, 5_000n, 3_000n, 2_000n, 1_000n, 800n, 500n, 100n, 50n, 10n, 5n, 1n]
/** After a larger size was tried in vain, this many answers come first before it is tried again. */
const answersBeforeRetry = 20

export function createCarefulSize(): CarefulSize {
  let size: bigint | null = null
  let largestAnswered = 0n
  let answersNeeded = 1
  /** The size that made it wait. */
  let doubted: bigint | null = null
  let answers = 0
  return {
    current: () => size,
    failed: (blocks, smaller = nextStep(blocks)) => {
      // It answered half as much a moment ago, so the size itself is the likely reason.
      if (largestAnswered > 0n && blocks > largestAnswered) {
        answersNeeded = answersBeforeRetry
        doubted = blocks
      }
      if (size === null || smaller < size) size = smaller
      answers = 0
      largestAnswered = 0n
    },
    succeeded: (blocks) => {
      if (blocks > largestAnswered) largestAnswered = blocks
      // It was not the size after all.
      if (doubted !== null && blocks >= doubted) {
        answersNeeded = 1
        doubted = null
      }
      if (size === null || blocks < size || ++answers < answersNeeded) return
      size *= 2n
      answers = 0
    },
    forget: () => {
      size = null
    },
  }
}

/** The limit that most providers set. A node that names none is asked for so many first, and steps are taken from there. */
const usualMaximum = 10_000n

/** The size to try after one was refused by a node that named no limit. */
export function firstGuess(refused: bigint): bigint {
  return refused > usualMaximum ? usualMaximum : nextStep(refused)
}

/** The smallest step above a size that was answered; null when there is none below what was refused. */
export function stepAbove(answered: bigint, refused: bigint): bigint | null {
  const step = steps.findLast((each) => each > answered)
  return step !== undefined && step < refused ? step : null
}

/** The largest step below a size that was refused; 1 when there is none. */
export function nextStep(blocks: bigint): bigint {
  return steps.find((step) => step < blocks) ?? 1n
}
