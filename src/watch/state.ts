/** What a watch knows of itself, and what others may ask it. Pure. */

export type WatchState = {
  readonly startedMs: number
  readonly runs: { readonly ended: number; readonly failed: number }
  /** Moments of the schedule that passed while a run was under way. */
  readonly missed: number
  /** null: no run has ended yet. */
  readonly last: {
    readonly status: 'ended' | 'failed'
    readonly endedMs: number
    /** Whether every selected check was made; null for a run that failed. */
    readonly isComplete: boolean | null
  } | null
  /** When the next run is due; null while none is known, as during the first. */
  readonly nextMs: number | null
  /** The distance to the run after that one. */
  readonly periodMs: number
}

export type Health = {
  readonly status: 'ok' | 'starting' | 'failed' | 'late'
  readonly lastRun: string | null
  readonly nextRun: string | null
  readonly complete: boolean | null
}

/** What a run may take longer than its own period before somebody should look. */
const graceMs = 60_000

/** `late`: the run that was due has not ended a period and a minute later. A run that could not read everything has ended. */
export function healthOf({ last, nextMs, periodMs }: WatchState, nowMs: number): Health {
  const isLate = nextMs !== null && nowMs > nextMs + periodMs + graceMs
  const status = last === null ? 'starting' : last.status === 'failed' ? 'failed' : isLate ? 'late' : 'ok'
  return {
    status,
    lastRun: last === null ? null : new Date(last.endedMs).toISOString(),
    nextRun: nextMs === null ? null : new Date(nextMs).toISOString(),
    complete: last?.isComplete ?? null,
  }
}
