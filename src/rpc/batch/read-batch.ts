/** Turns the answer to a batch into one for each of its calls. What is not surely the answer to a call is none. */
import { readNodeRefusal } from '../../domain/node-message.ts'
import {
  MethodNotSupportedError,
  RateLimitedError,
  type RpcPlace,
  RpcRefusedError,
  StateUnavailableError,
} from '../errors.ts'
import { type Answer, isRefusal, parseJson, readItem, retryAfterMs, spokenError } from '../read-reply.ts'
import { meaningOf } from '../refusal.ts'
import type { HttpReply } from '../transport.ts'

export type Question = { readonly id: number; readonly place: RpcPlace }

/** `alone`: the call must be asked alone, because it was not answered, or its failure may be the batch's. */
export type BatchReply =
  | { readonly kind: 'answers'; readonly answers: readonly (Answer | 'alone')[] }
  /** All of it was refused for its rate. */
  | { readonly kind: 'limited'; readonly waitMs: number | null }
  /** `maximum`: how many calls the node says it takes. */
  | { readonly kind: 'too-large'; readonly maximum: number | null }
  /** What came is no answer to a batch: none may be believed. */
  | { readonly kind: 'unusable' }
  /** A fault of the moment, or of too large a batch: nobody can tell. */
  | { readonly kind: 'fault' }

type Context = {
  readonly redact: (text: string) => string
  readonly now: () => number
  /** Whether this endpoint has answered a batch before: then its word for a call in one counts. */
  readonly isProven: boolean
}

export function readBatch(reply: HttpReply, questions: readonly Question[], context: Context): BatchReply {
  const body = parseJson(reply.body)
  const spoken = refusalOfAll(body)
  if (spoken !== null) return readRefusal(spoken, { reply, context, asked: questions.length })
  if (reply.status !== 200) return httpFailure(reply, context)
  const items = Array.isArray(body) ? itemsById(body) : null
  const isComplete = items !== null && items.size === questions.length && questions.every(({ id }) => items.has(id))
  if (!isComplete) return { kind: 'unusable' }
  const answers = questions.map(({ id, place }) => readItem(items.get(id), { id, place, redact: context.redact }))
  const isProven = context.isProven || answers.some(({ status }) => status === 'ok')
  return { kind: 'answers', answers: answers.map((answer) => (isOwn(answer, isProven) ? answer : 'alone')) }
}

/** Geth puts its refusal into a list, under the id of the first call. */
function refusalOfAll(body: unknown): unknown {
  const only = Array.isArray(body) && body.length === 1 ? body[0] : body
  return isRefusal(only) ? only.error : null
}

type Refused = { readonly reply: HttpReply; readonly context: Context; readonly asked: number }

function readRefusal(error: unknown, { reply, context, asked }: Refused): BatchReply {
  const spoken = spokenError(error)
  const { action, retryAfterMs: wanted = null } = readNodeRefusal({ ...spoken, httpStatus: reply.status })
  if (action === 'slow-down' && !/batch/i.test(spoken.message)) {
    return { kind: 'limited', waitMs: retryAfterMs(reply.retryAfter, context.now) ?? wanted }
  }
  return { kind: 'too-large', maximum: statedMaximum(spoken.message, asked) }
}

/** The largest number of its words that is less than what was asked for. */
function statedMaximum(words: string, asked: number): number | null {
  const numbers = (words.match(/\d+/g) ?? []).map(Number).filter((number) => number >= 1 && number < asked)
  return numbers.length === 0 ? null : Math.max(...numbers)
}

function httpFailure({ status, retryAfter }: HttpReply, { now }: Context): BatchReply {
  if (status === 429) return { kind: 'limited', waitMs: retryAfterMs(retryAfter, now) }
  if (status >= 500 || status === 408) return { kind: 'fault' }
  return closed.has(status) ? { kind: 'unusable' } : { kind: 'too-large', maximum: null }
}

/** No key, no way, no such kind of request: fewer calls are refused the same. */
const closed: ReadonlySet<number> = new Set([401, 403, 404, 405, 415])

/** null when two have the same id, or one has none that is ours. */
function itemsById(body: readonly unknown[]): ReadonlyMap<number, unknown> | null {
  const items = new Map<number, unknown>()
  for (const item of body) {
    const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : null
    if (typeof id !== 'number' || items.has(id)) return null
    items.set(id, item)
  }
  return items
}

/** Whether an answer is the call's own. Time, room and faults are shared by a batch: such a failure may be another call's. */
function isOwn(answer: Answer, isProven: boolean): boolean {
  if (answer.status === 'ok' || answer.again === 'rate') return true
  const { error } = answer
  if (error instanceof RateLimitedError || error instanceof StateUnavailableError) return true
  if (error instanceof MethodNotSupportedError) return isProven
  return error instanceof RpcRefusedError && meaningOf(error).action === 'reverted'
}
