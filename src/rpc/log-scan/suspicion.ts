/** Which answers may have been cut without a word: some nodes stop at a number of logs and call it complete. */
import { blockCount } from '../../domain/block-range.ts'
import type { Plan, Task } from './plan.ts'

export type Suspicion = {
  /** Where this node was caught stopping. */
  silentMaximum: number | null
  /** The most logs of any answer, believed or not. */
  largest: number
  /** Answers that were believed, by their number of logs. */
  readonly believed: Map<number, Task[]>
}

/** Nobody stops at less, and small numbers meet by chance. */
const leastCap = 100

export function createSuspicion(): Suspicion {
  return { silentMaximum: null, largest: 0, believed: new Map() }
}

/** True for a count that a node may have stopped at: a round number, a known limit, the same large count again. */
export function isSuspect(
  { silentMaximum, largest, believed }: Suspicion,
  task: Task,
  { logs, maximumLogs }: { readonly logs: number; readonly maximumLogs: number | null },
): boolean {
  if (logs < leastCap) return false
  if (silentMaximum !== null) return logs >= silentMaximum
  // Where a node says that it takes so many, it does not stop at less, nor in a range that it suggested.
  if (maximumLogs !== null) return logs >= maximumLogs && task.purpose !== 'suggested'
  // Nor does it stop at less than it once gave.
  return logs >= largest && (isRound(logs) || isRepeated(believed.get(logs) ?? [], task))
}

/** @returns earlier answers with the count that is now known to be a limit: they were cut, too */
export function learnSilentMaximum(suspicion: Suspicion, limits: Plan['limits'], logs: number): readonly Task[] {
  suspicion.silentMaximum = Math.min(suspicion.silentMaximum ?? logs, logs)
  limits.maximumLogs = Math.min(limits.maximumLogs ?? logs, logs)
  const cut = suspicion.believed.get(logs) ?? []
  suspicion.believed.delete(logs)
  return cut
}

export function believe(suspicion: Suspicion, task: Task, logs: number): void {
  if (logs < leastCap) return
  suspicion.believed.set(logs, [...(suspicion.believed.get(logs) ?? []), task])
}

function isRound(logs: number): boolean {
  return (logs >= 500 && logs % 500 === 0) || (logs >= 1_024 && Number.isInteger(Math.log2(logs)))
}

/** Evenly spread logs fill equal ranges equally; another filter or another size does not do so by chance. */
function isRepeated(earlier: readonly Task[], { lane, range }: Task): boolean {
  const isAlike = (task: Task) => task.lane === lane && blockCount(task.range) === blockCount(range)
  return earlier.length >= 2 || !earlier.every(isAlike)
}
