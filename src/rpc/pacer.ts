/**
 * Keeps requests at the pace an endpoint allows. One per endpoint, shared by everything in the process that asks it:
 * limits hold for all of them together.
 */
import type { Pace } from '../core/rpc.ts'
import { monotonicMs } from './monotonic.ts'
import { createRateMirror, type RateMirror } from './rate-mirror.ts'

/** Permission to send one request. Exactly one of its ends must be told. */
export type Turn = {
  /** The node answered: anything but a refusal for its rate. */
  readonly answered: () => void
  /** The node refused it for its rate. `waitMs` is how long it asks to wait, which counts up to the longest pause. */
  readonly limited: (waitMs: number | null) => void
  /** No answer, or a fault on the node's side. */
  readonly failed: () => void
  /** It was not sent after all. */
  readonly unused: () => void
}

/** `rounds` of refusals without an answer between them; requests that were out together are one round. */
export type Refusals = { readonly rounds: number; readonly lastedMs: number; readonly hasEverAnswered: boolean }

export interface Pacer {
  /** Gives turns in the order they were asked for, retries first as long as others are answered. null: there will be none, because of the signal or `giveUp`. */
  readonly acquire: (request: {
    readonly isRetry: boolean
    readonly signal?: AbortSignal | undefined
  }) => Promise<Turn | null>
  /** No more than this in any second, whatever the endpoint allows. The lowest limit that was ever set holds. */
  readonly limitTo: (requestsPerSecond: number) => void
  /** A rate that an earlier run learned: where to begin, until this one has learned its own. */
  readonly expect: (requestsPerSecond: number) => void
  readonly refusals: () => Refusals
  /** Ends everybody's waiting without a turn. */
  readonly giveUp: () => void
  readonly pace: () => Pace
}

export type PacerOptions = {
  readonly maximumConcurrency?: number
  /** The pause after a second round of refusals without an answer; twice as long after each further one. */
  readonly backoffMs?: number
  /** The longest pause, even when the endpoint asks for a longer one. */
  readonly longestWaitMs?: number
}

const longestBackoffMs = 8_000
/** A timer for longer ends at once. */
const longestTimerMs = 2 ** 31 - 1
/**
 * The window grows by a request with each answer up to here, then a quarter as fast: all that is out when the bucket is
 * empty is refused, and an endpoint that is slow with large answers has more out by then.
 */
const wideWindow = 16

type State = {
  readonly mirror: RateMirror
  readonly maximumConcurrency: number
  readonly backoffMs: number
  readonly longestWaitMs: number
  readonly queue: ((turn: Turn | null) => void)[]
  timer: NodeJS.Timeout | undefined
  /** Between two requests, by the user's own limit. */
  spacingMs: number
  nextSlotAt: number
  out: number
  /** How many may be out at once: grows with every answer, so that a bucket of unknown size is not met by 64 at a time. */
  window: number
  rounds: number
  roundAt: number
  /** When the first of these rounds was. */
  refusedSince: number | null
  hasEverAnswered: boolean
  latencyMs: number | null
}

export function createPacer({
  maximumConcurrency = 64,
  backoffMs = 500,
  longestWaitMs = 30_000,
}: PacerOptions = {}): Pacer {
  const state: State = {
    mirror: createRateMirror(monotonicMs()),
    maximumConcurrency,
    backoffMs,
    longestWaitMs,
    queue: [],
    timer: undefined,
    spacingMs: 0,
    nextSlotAt: Number.NEGATIVE_INFINITY,
    out: 0,
    window: 1,
    rounds: 0,
    roundAt: Number.NEGATIVE_INFINITY,
    refusedSince: null,
    hasEverAnswered: false,
    latencyMs: null,
  }
  return {
    acquire: (request) => acquire(state, request),
    limitTo: (requestsPerSecond) => {
      state.spacingMs = Math.max(state.spacingMs, 1000 / requestsPerSecond)
    },
    expect: (requestsPerSecond) => state.mirror.expect(monotonicMs(), requestsPerSecond),
    refusals: () => ({
      rounds: state.rounds,
      lastedMs: state.refusedSince === null ? 0 : monotonicMs() - state.refusedSince,
      hasEverAnswered: state.hasEverAnswered,
    }),
    giveUp: () => {
      for (const settle of state.queue.splice(0)) settle(null)
      // Without a queue no timer may keep the process alive.
      pump(state)
    },
    pace: () => paceOf(state),
  }
}

const pacers = new Map<string, Pacer>()

/** The one pacer of an endpoint in this process. Options count when it is made. */
export function pacerOf(endpointId: string, options: PacerOptions): Pacer {
  const known = pacers.get(endpointId)
  if (known !== undefined) return known
  const pacer = createPacer(options)
  pacers.set(endpointId, pacer)
  return pacer
}

function acquire(state: State, { isRetry, signal }: Parameters<Pacer['acquire']>[0]): Promise<Turn | null> {
  if (signal?.aborted) return Promise.resolve(null)
  return new Promise((resolve) => {
    const settle = (turn: Turn | null) => {
      signal?.removeEventListener('abort', stop)
      resolve(turn)
    }
    const stop = () => {
      state.queue.splice(state.queue.indexOf(settle), 1)
      resolve(null)
      pump(state)
    }
    signal?.addEventListener('abort', stop, { once: true })
    // Where nothing is answered, somebody else tries next: it may be this one request that the node does not want.
    if (isRetry && state.rounds <= 1) state.queue.unshift(settle)
    else state.queue.push(settle)
    pump(state)
  })
}

/** Hands out turns for as long as there are any, then waits for the next. */
function pump(state: State): void {
  clearTimeout(state.timer)
  while (state.queue.length > 0 && state.out < roomOf(state)) {
    const time = monotonicMs()
    const waitMs = Math.max(state.mirror.waitMs(time), state.nextSlotAt - time)
    if (waitMs > 0) {
      state.timer = setTimeout(() => pump(state), Math.min(Math.ceil(waitMs), longestTimerMs))
      return
    }
    state.mirror.take(time)
    state.nextSlotAt = time + state.spacingMs
    state.out++
    state.queue.shift()?.(turnOf(state, time))
  }
}

/** An endpoint that refuses round after round is asked by one request at a time. */
function roomOf({ rounds, window }: State): number {
  return rounds > 1 ? 1 : Math.floor(window)
}

function turnOf(state: State, sentAt: number): Turn {
  const ending = (finish: () => void) => {
    state.out--
    finish()
    pump(state)
  }
  return {
    answered: () => ending(() => answered(state, sentAt)),
    limited: (waitMs) => ending(() => limited(state, { sentAt, waitMs })),
    failed: () =>
      ending(() => {
        state.window = Math.max(1, state.window * 0.75)
      }),
    unused: () =>
      ending(() => {
        state.mirror.putBack(monotonicMs())
        state.nextSlotAt = Math.min(state.nextSlotAt, sentAt)
      }),
  }
}

function answered(state: State, sentAt: number): void {
  const time = monotonicMs()
  state.hasEverAnswered = true
  state.rounds = 0
  state.refusedSince = null
  state.latencyMs = state.latencyMs === null ? time - sentAt : state.latencyMs * 0.9 + (time - sentAt) * 0.1
  state.window = Math.min(state.maximumConcurrency, state.window + (state.window < wideWindow ? 1 : 0.25))
  state.mirror.answered(time)
}

function limited(state: State, { sentAt, waitMs }: { readonly sentAt: number; readonly waitMs: number | null }): void {
  const time = monotonicMs()
  if (waitMs !== null) state.mirror.pause(time, Math.min(waitMs, state.longestWaitMs))
  // What left before the last refusal arrived met the same empty bucket.
  if (sentAt < state.roundAt) return
  state.rounds++
  state.roundAt = time
  state.refusedSince ??= time
  state.mirror.limited(time)
  // Without any answer there is no rate to go by, only patience.
  if (waitMs === null && (state.rounds > 1 || !state.hasEverAnswered)) {
    const doublings = state.hasEverAnswered ? state.rounds - 2 : state.rounds - 1
    state.mirror.pause(time, Math.min(longestBackoffMs, state.backoffMs * 2 ** doublings))
  }
}

function paceOf({ mirror, spacingMs, latencyMs, maximumConcurrency }: State): Pace {
  const learned = mirror.rate()
  const own = spacingMs === 0 ? Number.POSITIVE_INFINITY : 1000 / spacingMs
  const byLatency = latencyMs === null ? Number.POSITIVE_INFINITY : (maximumConcurrency * 1000) / Math.max(1, latencyMs)
  const expected = Math.min(learned ?? Number.POSITIVE_INFINITY, own, byLatency)
  return { learned, expected: Number.isFinite(expected) ? expected : null }
}
