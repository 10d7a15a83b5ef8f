/** One call that has its turn: sent, answered, and what that says of the endpoint. */
import type { Endpoint } from './endpoint.ts'
import { ConnectionError, InvalidReplyError, isLasting, RpcError, type RpcPlace } from './errors.ts'
import { isTooLong, refuseForGood } from './hopeless.ts'
import { monotonicMs } from './monotonic.ts'
import type { Pacer, Turn } from './pacer.ts'
import { type Answer, type Failed, readReply } from './read-reply.ts'
import { exchange } from './transport.ts'

export type Settings = {
  readonly timeoutMs: number
  readonly maximumAttempts: number
  readonly backoffMs: number
  readonly maximumResponseBytes: number
  readonly longestWaitMs: number
  readonly maximumRequests: number
}

export type Client = {
  readonly endpoint: Endpoint
  readonly pacer: Pacer
  readonly settings: Settings
  readonly signal: AbortSignal | undefined
  readonly onRequest: ((count: number) => void) | undefined
  readonly onSent: (() => void) | undefined
  /** When each method was last answered. */
  readonly answeredAt: Map<string, number>
  /** Until when the endpoint wants each method not to be asked. */
  readonly refusedUntil: Map<string, number>
  readonly counts: RequestCounts
}

export type RequestCounts = {
  /** Requests that left. */
  sent: number
  /** Calls that were given a turn: each is one request, or one of several in a batch. */
  calls: number
}

export type Question = {
  readonly turn: Turn
  readonly id: number
  readonly place: RpcPlace
  readonly params: readonly unknown[]
}

/** Never throws what an endpoint can cause. Ends the question's turn. */
export async function ask(client: Client, { place, params, turn, id }: Question): Promise<Answer> {
  const { endpoint, settings, signal, onSent } = client
  const { timeoutMs, maximumResponseBytes: maximumBytes } = settings
  client.counts.sent++
  client.onRequest?.(client.counts.sent)
  const body = JSON.stringify({ jsonrpc: '2.0', id, method: place.method, params })
  try {
    const reply = await exchange(endpoint, { place, body, timeoutMs, maximumBytes, signal, onSent })
    const answer = readReply(reply, { place, id, redact: endpoint.redact, now: Date.now })
    return endTurn(client, { turn, place }, answer)
  } catch (error) {
    if (!(error instanceof InvalidReplyError)) turn.failed()
    else turn.answered()
    return failure(error)
  }
}

/** Returns what the answer comes to: one that asks to wait for too long is a refusal for good. */
export function endTurn<Given extends Answer>(
  client: Client,
  { turn, place }: Pick<Question, 'turn' | 'place'>,
  answer: Given,
): Given | Failed {
  if (answer.status === 'failed' && isTooLong(client, answer)) {
    turn.failed()
    return refuseForGood(client, answer, place)
  }
  if (answer.status === 'failed' && answer.again === 'rate') {
    turn.limited(answer.waitMs)
    return answer
  }
  if (answer.status === 'failed' && answer.again === 'fault') {
    turn.failed()
    return answer
  }
  client.answeredAt.set(place.method, monotonicMs())
  turn.answered()
  return answer
}

function failure(error: unknown): Answer {
  if (!(error instanceof RpcError)) throw error
  const isFault = error instanceof ConnectionError && !isLasting(error)
  return { status: 'failed', error, again: isFault ? 'fault' : 'no', waitMs: null }
}
