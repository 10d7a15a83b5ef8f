/** Requests to one source: evenly, no faster than it allows whoever asks, and again where it only was too busy. */
import { setTimeout as delay } from 'node:timers/promises'
import { CheckupError } from '../core/errors.ts'
import { endpointIdOf, parseEndpoint } from '../rpc/endpoint.ts'
import {
  ConnectionError,
  HttpStatusError,
  InvalidReplyError,
  RateLimitedError,
  ReplyTooLargeError,
  RequestBudgetError,
  RequestStoppedError,
  RpcError,
  type RpcPlace,
  RpcTimeoutError,
} from '../rpc/errors.ts'
import { monotonicMs } from '../rpc/monotonic.ts'
import { type Pacer, pacerOf, type Turn } from '../rpc/pacer.ts'
import { retryAfterMs } from '../rpc/read-reply.ts'
import { exchange, type HttpReply } from '../rpc/transport.ts'
import { WaitTooLongError } from '../rpc/wait-too-long.ts'

export type SourceRequest<Value> = {
  /** Path and query. */
  readonly path: string
  /** Sent as JSON by POST; by GET without a body when absent. */
  readonly body?: unknown
  /** Reads an answer of any status but 429 and 5xx. `BusyError` asks for another try, `InvalidReplyError` for one or two. */
  readonly read: (reply: HttpReply) => Value
  readonly signal: AbortSignal | undefined
}

export type Requests = {
  readonly host: string
  readonly method: string
  readonly requestCount: () => number
  /** Throws a `CheckupError`, never with the URL. */
  readonly send: <Value>(request: SourceRequest<Value>) => Promise<Value>
  /** Words of the source, short and without the URL's secrets and the key. */
  readonly quote: (text: string) => string
}

/** What a user may ask of every source. */
export type Limits = {
  /** For one whole answer, not for the retries together. */
  readonly timeoutMs?: number
  /** No more requests in any second, whatever the source allows. */
  readonly maximumRps?: number
  /** Requests per second that the source allows; what it allows to everybody when absent. */
  readonly perSecond?: number
  /** After so many requests, retries included, each further one throws `RequestBudgetError`. */
  readonly maximumRequests?: number
  /** The first pause after a failure; each later one is twice as long. */
  readonly backoffMs?: number
}

type Setting = Limits & {
  /** With everything that may be secret in it, or in `key`. */
  readonly url: string
  readonly key: string | null
  /** What is asked of the source, for who reads why it failed. */
  readonly method: string
  readonly perSecond: number
  readonly headers?: Readonly<Record<string, string>>
}

/** The source is too busy, in words of its own. */
export class BusyError extends CheckupError {
  constructor() {
    super('rate-limited', { message: 'The source of logs is too busy.' })
  }
}

/** Too many requests pass with time; a fault that stays after three tries is not passing. */
const busyAttempts = 6
const faultAttempts = 3
const usualBackoffMs = 1000
/** A source that asks to wait for longer is not asked again. */
const longestWaitMs = 60_000
/** In first pauses: how long it may be too busy, and how often it is asked within that time at the least. */
const busyPauses = 65
const fewestRounds = 3
const maximumBytes = 256 * 2 ** 20
const longestQuote = 300

type State = {
  readonly endpoint: ReturnType<typeof parseEndpoint>
  readonly place: RpcPlace
  readonly setting: Setting
  /** Shared by everybody in the process who asks this source. */
  readonly pacer: Pacer
  sent: number
  /** Until when it wants not to be asked. */
  refusedUntil: number
}

/** Throws `InvalidEndpointError` for anything but an http or https URL. */
export function createRequests(setting: Setting): Requests {
  const endpoint = parseEndpoint(setting.url)
  const place = { host: endpoint.host, method: setting.method }
  const { key, perSecond, maximumRps = perSecond } = setting
  const pacer = sharedPacer(setting)
  pacer.limitTo(Math.min(perSecond, maximumRps))
  const state: State = { endpoint, place, setting, pacer, sent: 0, refusedUntil: Number.NEGATIVE_INFINITY }
  return {
    ...place,
    requestCount: () => state.sent,
    send: (request) => send(state, request),
    quote: (text) => endpoint.redact(key === null ? text : text.replaceAll(key, '***')).slice(0, longestQuote),
  }
}

/** Sources know who asks by their key, whatever they are asked for. */
function sharedPacer({ url, key, backoffMs = usualBackoffMs }: Setting): Pacer {
  const caller = new URL(encodeURIComponent(key ?? ''), new URL(url).origin)
  return pacerOf(`source ${endpointIdOf(caller.href)}`, { backoffMs, longestWaitMs })
}

async function send<Value>(state: State, request: SourceRequest<Value>): Promise<Value> {
  const { pacer, setting } = state
  for (let attempt = 1; ; attempt++) {
    const turn = await takeTurn(state, { isRetry: attempt > 1, signal: request.signal })
    try {
      const value = await sendOnce(state, request)
      turn.answered()
      return value
    } catch (error) {
      const failure = asFailure(error, state)
      endTurn(turn, failure)
      const { cause, attempts, waitMs } = failure
      const isBusy = cause instanceof RateLimitedError
      const isBusyForAll = isBusy && isTooBusy(state)
      // Whoever waits for a turn would only be refused as well.
      if (isBusyForAll) pacer.giveUp()
      if (isBusyForAll || attempt >= attempts) throw cause
      // Where the source is too busy, the pacer makes everybody wait.
      if (isBusy) continue
      const backoffMs = (setting.backoffMs ?? usualBackoffMs) * 2 ** (attempt - 1)
      await pause(state, Math.min(waitMs ?? backoffMs, longestWaitMs), request.signal)
    }
  }
}

function isTooBusy({ pacer, setting: { backoffMs = usualBackoffMs } }: State): boolean {
  const { rounds, lastedMs } = pacer.refusals()
  return rounds >= busyAttempts || (rounds >= fewestRounds && lastedMs >= busyPauses * backoffMs)
}

type Waiting = { readonly isRetry: boolean; readonly signal: AbortSignal | undefined }

async function takeTurn(state: State, { isRetry, signal }: Waiting): Promise<Turn> {
  const { pacer, place } = state
  const { maximumRequests = Number.POSITIVE_INFINITY } = state.setting
  if (signal?.aborted) throw new RequestStoppedError(place)
  if (state.sent >= maximumRequests) throw new RequestBudgetError(place, maximumRequests)
  const early = lastingRefusal(state)
  if (early !== null) throw early
  const turn = await pacer.acquire({ isRetry, signal })
  const refusal = lastingRefusal(state)
  if (turn !== null && refusal === null && !signal?.aborted && state.sent < maximumRequests) {
    // Counted here and not when it leaves, or others would take the same last place.
    state.sent++
    return turn
  }
  turn?.unused()
  if (signal?.aborted) throw new RequestStoppedError(place)
  if (refusal !== null) throw refusal
  throw turn === null ? new RateLimitedError(place) : new RequestBudgetError(place, maximumRequests)
}

/** Why it is not to be asked yet; null when it may be. */
function lastingRefusal({ place, refusedUntil }: State): WaitTooLongError | null {
  const leftMs = refusedUntil - monotonicMs()
  return leftMs > longestWaitMs ? new WaitTooLongError(place, leftMs) : null
}

function endTurn(turn: Turn, { cause, waitMs }: Failure): void {
  if (cause instanceof RateLimitedError) turn.limited(waitMs)
  else if (cause instanceof RpcError && !(cause instanceof InvalidReplyError)) turn.failed()
  else turn.answered()
}

async function sendOnce<Value>(state: State, { path, body, read, signal }: SourceRequest<Value>): Promise<Value> {
  const { endpoint, place, setting } = state
  const { headers = {}, timeoutMs = 60_000 } = setting
  const text = body === undefined ? null : JSON.stringify(body)
  const reply = await exchange({ ...endpoint, path }, { place, body: text, headers, timeoutMs, maximumBytes, signal })
  const { status, retryAfter } = reply
  if (status === 429) throw new WaitError(retryAfterMs(retryAfter, Date.now), new RateLimitedError(place))
  if (status >= 500) throw new WaitError(retryAfterMs(retryAfter, Date.now), new HttpStatusError(place, status))
  return read(reply)
}

async function pause({ place }: State, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal })
  } catch {
    throw new RequestStoppedError(place) // a timer ends early only when the signal aborts
  }
}

/** A failure that may pass, with the pause that the source asked for. */
class WaitError extends Error {
  readonly waitMs: number | null
  readonly reason: CheckupError

  constructor(waitMs: number | null, reason: CheckupError) {
    super(reason.message)
    this.waitMs = waitMs
    this.reason = reason
  }
}

type Failure = { readonly cause: unknown; readonly attempts: number; readonly waitMs: number | null }

function asFailure(error: unknown, state: State): Failure {
  const { place } = state
  if (error instanceof WaitError) {
    if (error.waitMs !== null && error.waitMs > longestWaitMs) return refusedForLong(error.reason, error.waitMs, state)
    const attempts = error.reason instanceof RateLimitedError ? busyAttempts : faultAttempts
    return { cause: error.reason, attempts, waitMs: error.waitMs }
  }
  if (error instanceof BusyError) return { cause: new RateLimitedError(place), attempts: busyAttempts, waitMs: null }
  // What took too long, or was too large, is so again: who asked may ask for less.
  const mayPass =
    error instanceof ConnectionError || (error instanceof InvalidReplyError && !(error instanceof ReplyTooLargeError))
  return { cause: error, attempts: mayPass ? faultAttempts : 1, waitMs: null }
}

function refusedForLong(reason: CheckupError, waitMs: number, state: State): Failure {
  const refused = { attempts: 1, waitMs: null }
  if (!(reason instanceof RateLimitedError)) return { ...refused, cause: reason }
  state.refusedUntil = monotonicMs() + waitMs
  return { ...refused, cause: new WaitTooLongError(state.place, waitMs) }
}

/** Whether asking for fewer blocks may help: the source ran out of time, or the answer out of bounds. */
export function isTooMuch(error: unknown): boolean {
  if (error instanceof RpcTimeoutError || error instanceof ReplyTooLargeError) return true
  return error instanceof HttpStatusError && error.status >= 500
}
