import type { Checkpoint } from '../core/store.ts'

/** Whether two checkpoints are of one block, or there is neither. */
export function isSameBlock(one: Checkpoint | null, other: Checkpoint | null): boolean {
  return one?.number === other?.number && one?.hash === other?.hash
}
