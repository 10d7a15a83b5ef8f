/** Turns one HTTP answer into the result or the kind of failure, and says whether asking again may help. */
import { readNodeRefusal } from '../domain/node-message.ts'
import {
  HttpStatusError,
  InvalidReplyError,
  MethodNotSupportedError,
  RateLimitedError,
  type RpcError,
  type RpcPlace,
  RpcRefusedError,
  StateUnavailableError,
  type unusableAnswers,
} from './errors.ts'
import type { HttpReply } from './transport.ts'

/**
 * `again` is why another try may help: `rate` (wait and ask again), `fault` (something broke on their side), or `no`.
 * `waitMs` is how long the node asks to wait.
 */
export type Answer =
  | { readonly status: 'ok'; readonly result: unknown }
  | {
      readonly status: 'failed'
      readonly error: RpcError
      readonly again: 'no' | 'rate' | 'fault'
      readonly waitMs: number | null
    }

export type Failed = Extract<Answer, { status: 'failed' }>

type Context = {
  readonly place: RpcPlace
  readonly id: number
  /** Masks what a node repeats of the endpoint's URL. */
  readonly redact: (text: string) => string
  /** Milliseconds since 1970, for a Retry-After that names a date. */
  readonly now: () => number
}

const longestNodeMessage = 1_000

export function readReply(reply: HttpReply, context: Context): Answer {
  const body = parseJson(reply.body)
  const waitMs = retryAfterMs(reply.retryAfter, context.now)
  if (isRefusal(body)) return refusal(body, { status: reply.status, context, waitMs })
  if (reply.status !== 200) return httpFailure(reply.status, context.place, waitMs)
  return readItem(body, context)
}

/** One answer that came with HTTP 200. */
export function readItem(body: unknown, context: Omit<Context, 'now'>): Answer {
  if (isRefusal(body)) return refusal(body, { status: 200, context, waitMs: null })
  if (body === undefined) return unusable(context.place, 'json')
  if (Array.isArray(body)) return unusable(context.place, 'list')
  if (typeof body !== 'object' || body === null || !('result' in body)) return unusable(context.place, 'nothing')
  if (!('id' in body) || body.id !== context.id) return unusable(context.place, 'another')
  return { status: 'ok', result: body.result }
}

/** Whether it is an answer that tells an error. */
export function isRefusal(body: unknown): body is object & { readonly error: unknown } {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  return isObject && 'error' in body && body.error !== null && body.error !== undefined
}

function unusable(place: RpcPlace, problem: keyof typeof unusableAnswers): Answer {
  return { status: 'failed', error: new InvalidReplyError(place, problem), again: 'no', waitMs: null }
}

function httpFailure(status: number, place: RpcPlace, waitMs: number | null): Answer {
  if (status === 429) return limited(place, waitMs)
  const isFault = status >= 500 || status === 408
  return { status: 'failed', error: new HttpStatusError(place, status), again: isFault ? 'fault' : 'no', waitMs }
}

export function limited(place: RpcPlace, waitMs: number | null): Failed {
  return { status: 'failed', error: new RateLimitedError(place), again: 'rate', waitMs }
}

type RefusalContext = {
  readonly status: number
  readonly context: Omit<Context, 'now'>
  readonly waitMs: number | null
}

function refusal(body: { readonly error: unknown }, { status, context, waitMs }: RefusalContext): Answer {
  const { place, id } = context
  // A node that could not read the request answers with a null id, and gateways leave it out.
  if ('id' in body && body.id !== null && body.id !== id) return unusable(place, 'another')
  const refused = refusalOf(spokenError(body.error), { ...context, httpStatus: status })
  return { status: 'failed', ...refused, waitMs: waitMs ?? refused.waitMs }
}

type Refused = Omit<Failed, 'status'>

/** What a node means by a JSON-RPC error, as the kind of failure it is. `waitMs` is what its own words ask for. */
export function refusalOf(
  spoken: SpokenError,
  { place, redact, httpStatus }: Pick<Context, 'place' | 'redact'> & { readonly httpStatus: number },
): Refused {
  const meaning = readNodeRefusal({ ...spoken, httpStatus })
  const error = {
    ...spoken,
    message: redact(spoken.message).slice(0, longestNodeMessage),
    ...('data' in spoken ? { data: redactDeep(spoken.data, redact) } : {}),
    httpStatus,
  }
  const failed = (rpcError: RpcError, again: 'no' | 'rate' | 'fault' = 'no'): Refused => ({
    error: rpcError,
    again,
    waitMs: meaning.retryAfterMs ?? null,
  })
  switch (meaning.action) {
    case 'slow-down':
      return failed(new RateLimitedError(place, error.message), meaning.isQuota === true ? 'no' : 'rate')
    case 'retry':
      return failed(new RpcRefusedError(place, error), 'fault')
    case 'state-unavailable':
      return failed(new StateUnavailableError(place, error.message))
    case 'unsupported':
      return failed(meaning.isMethodMissing ? new MethodNotSupportedError(place) : new RpcRefusedError(place, error))
    default:
      return failed(new RpcRefusedError(place, error))
  }
}

export type SpokenError = { readonly code: number; readonly message: string; readonly data?: unknown }

/** Gateways write errors as a plain string, without a code, or with the code as a string. */
export function spokenError(error: unknown): SpokenError {
  if (typeof error !== 'object' || error === null) return { code: 0, message: String(error) }
  const code = 'code' in error ? Number(error.code) : 0
  const message = 'message' in error && typeof error.message === 'string' ? error.message : ''
  const data = 'data' in error && error.data !== null && error.data !== undefined ? { data: error.data } : {}
  return { code: Number.isSafeInteger(code) ? code : 0, message, ...data }
}

function redactDeep(data: unknown, redact: (text: string) => string): unknown {
  if (typeof data === 'string') return redact(data)
  if (Array.isArray(data)) return data.map((item) => redactDeep(item, redact))
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [redact(key), redactDeep(item, redact)]))
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no JSON document is undefined, so the caller can tell
  }
}

/** Milliseconds that a Retry-After header, which holds seconds or an HTTP date, asks to wait; null when it asks for nothing. */
export function retryAfterMs(header: string | null, now: () => number): number | null {
  if (header === null) return null
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now()
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : null
}
