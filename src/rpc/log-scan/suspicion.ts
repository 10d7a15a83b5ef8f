/** Which answers may have been cut without a word: some nodes stop at a number of logs and call it complete. */
import type { PackedLogs } from '../../core/log-scan.ts'
import { blockCount } from '../../domain/block-range.ts'
import { slicePacked } from '../../domain/packed-logs.ts'
import type { Plan, Task } from './plan.ts'

export type Suspicion = {
  /** Where this node was caught stopping. */
  silentMaximum: number | null
  /** The most logs of any answer, believed or not. */
  largest: number
  /** Answers that were believed, by their number of logs. */
  readonly believed: Map<number, Task[]>
  /** Answers that were doubted, each with how many of its halves had just the logs that it showed there. */
  readonly confirmed: WeakMap<PackedLogs, number>
  /** Counts of answers that proved to be whole. */
  readonly whole: Set<number>
}

/** Nobody stops at less, and small numbers meet by chance. */
const leastCap = 100

export function createSuspicion(): Suspicion {
  return { silentMaximum: null, largest: 0, believed: new Map(), confirmed: new WeakMap(), whole: new Set() }
}

/**
 * True for a count that a node may have stopped at: a known limit, the same large count again, and a number that real limits
 * have, whatever the node gave or stated before: its limit may have changed, and a wrong suspicion costs two requests. Only
 * where such an answer proved to be whole and others had more, the number is believed from then on.
 */
export function isSuspect(
  { silentMaximum, largest, believed, whole }: Suspicion,
  task: Task,
  { logs, maximumLogs }: { readonly logs: number; readonly maximumLogs: number | null },
): boolean {
  if (logs < leastCap) return false
  if (silentMaximum !== null && logs >= silentMaximum) return true
  if (isConfirmed(task, logs)) return false
  // A range that the node suggested may be exactly full.
  if (maximumLogs !== null && logs >= maximumLogs) return task.purpose !== 'suggested'
  // Of many large answers some are round by chance.
  if (isUsualLimit(logs) && !(logs < largest && whole.has(logs))) return true
  if (maximumLogs !== null || logs < largest) return false
  return logs % 500 === 0 || isRepeated(believed.get(logs) ?? [], task)
}

/** True for an answer without logs that another one showed of the same blocks. */
export function isShort({ comparison, range }: Task, logs: number): boolean {
  return comparison !== null && logs < slicePacked(comparison.fullest, range).count
}

/** A part of a doubted answer, read by itself, has the logs that the whole showed there: no limit was met. */
function isConfirmed({ comparison, range }: Task, logs: number): boolean {
  return comparison !== null && logs < comparison.doubted.count && logs === slicePacked(comparison.doubted, range).count
}

/** @returns earlier answers with the count that is now known to be a limit: they were cut, too */
export function learnSilentMaximum(suspicion: Suspicion, limits: Plan['limits'], logs: number): readonly Task[] {
  if (logs < leastCap) return []
  suspicion.silentMaximum = Math.min(suspicion.silentMaximum ?? logs, logs)
  limits.maximumLogs = Math.min(limits.maximumLogs ?? logs, logs)
  const cut = suspicion.believed.get(logs) ?? []
  suspicion.believed.delete(logs)
  return cut
}

export function believe(suspicion: Suspicion, task: Task, logs: number): void {
  if (task.comparison !== null && isConfirmed(task, logs)) confirm(suspicion, task.comparison.doubted)
  if (logs < leastCap) return
  suspicion.believed.set(logs, [...(suspicion.believed.get(logs) ?? []), task])
}

/** Both halves: a node that stops has the older one whole. */
function confirm({ confirmed, whole }: Suspicion, doubted: PackedLogs): void {
  const halves = (confirmed.get(doubted) ?? 0) + 1
  confirmed.set(doubted, halves)
  if (halves === 2) whole.add(doubted.count)
}

/** What round limits begin with. Ranges are planned to be nine tenths full, so a nine says nothing. */
const usualDigits: ReadonlySet<string> = new Set(['1', '15', '2', '25', '3', '4', '5'])

function isUsualLimit(logs: number): boolean {
  if (logs >= 1_024 && Number.isInteger(Math.log2(logs))) return true
  return logs >= 500 && logs % 100 === 0 && usualDigits.has(String(logs).replace(/0+$/, ''))
}

/** Evenly spread logs fill equal ranges equally; another filter or another size does not do so by chance. */
function isRepeated(earlier: readonly Task[], { lane, range }: Task): boolean {
  const isAlike = (task: Task) => task.lane === lane && blockCount(task.range) === blockCount(range)
  return earlier.length >= 2 || !earlier.every(isAlike)
}
