/** The most blocks that the endpoint takes at once: named by its refusals, looked for, or remembered from an earlier scan. */
import { blockCount } from '../../domain/block-range.ts'
import { firstGuess, stepAbove } from './careful-size.ts'
import type { Plan, Task } from './plan.ts'

/**
 * An answer proves that the endpoint answers. Where its limit is a guess, as long as the range was, the next longer one is tried,
 * still one at a time: what it answers is read, and what it refuses is the end of the search.
 */
export function taskProven(plan: Plan, { range }: Task): void {
  const { guess, limits } = plan
  const answered = blockCount(range)
  const longer = guess === null || answered !== limits.maximumBlocks ? null : stepAbove(answered, guess.refused)
  plan.guess = guess === null || longer === null ? null : { ...guess, answered }
  if (longer !== null) limits.maximumBlocks = longer
  plan.isProven = longer === null
}

/** Asks for everything that is left, as if nothing were known of the endpoint. */
export function forgetMaximum(plan: Plan): void {
  plan.limits.maximumBlocks = null
  plan.remembered = null
  plan.isProven = false
}

/** A range was refused as too long, by a node that named its limit. */
export function learnMaximum(plan: Plan, blocks: bigint): void {
  const { limits } = plan
  limits.maximumBlocks = limits.maximumBlocks === null || blocks < limits.maximumBlocks ? blocks : limits.maximumBlocks
  plan.guess = null
  plan.remembered = null
}

/** A range was refused as too long, by a node that named no limit. */
export function guessLimit(plan: Plan, refused: bigint): void {
  plan.remembered = null
  const { guess, limits } = plan
  const answered = guess?.answered ?? 0n
  plan.guess = { answered, refused: guess !== null && guess.refused < refused ? guess.refused : refused }
  const next = answered > 0n && answered < refused ? answered : firstGuess(refused)
  if (limits.maximumBlocks === null || next < limits.maximumBlocks) limits.maximumBlocks = next
}
