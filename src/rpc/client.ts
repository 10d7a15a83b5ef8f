/** The client that collectors ask through: reads only, at the endpoint's pace, with a deadline and no trace of the URL. */
import { setTimeout as delay } from 'node:timers/promises'
import { type ReadMethod, type RpcClient, readMethods } from '../core/rpc.ts'
import { ask, type Client, endTurn, type Question, type RequestCounts, type Settings } from './ask.ts'
import { weightOf } from './batch/light-calls.ts'
import { type AskTogether, openBatches } from './batch/send-batch.ts'
import { parseEndpoint } from './endpoint.ts'
import {
  MethodNotAllowedError,
  RateLimitedError,
  RequestBudgetError,
  RequestStoppedError,
  type RpcPlace,
  RpcRefusedError,
} from './errors.ts'
import { isHopeless, isRefusingAll, lastingRefusal } from './hopeless.ts'
import { monotonicMs } from './monotonic.ts'
import { pacerOf } from './pacer.ts'
import { type Answer, limited, retryAfterMs } from './read-reply.ts'
import { exchange, type HttpReply } from './transport.ts'

export type RpcClientOptions = {
  readonly url: string
  /** For one whole answer, not for the retries together. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** How often one request may be refused for its rate while the node answers nothing of its kind. */
  readonly maximumAttempts?: number
  /** The first pause; each later one is twice as long. */
  readonly backoffMs?: number
  /** Hears the number of requests sent so far. */
  readonly onRequest?: (count: number) => void
  /** Hears when a request has left, and when it has ended. */
  readonly onSent?: () => void
  /** The largest answer, decoded. */
  readonly maximumResponseBytes?: number
  /** The longest pause: a node that asks for a longer one is not asked again. */
  readonly longestWaitMs?: number
  /** Requests per second that an earlier run learned. */
  readonly knownRate?: number | null
  /** No more requests in any second, whatever the node allows. */
  readonly maximumRps?: number
  /** After so many requests, retries included, each further one throws `RequestBudgetError`. */
  readonly maximumRequests?: number
  /** Those of earlier clients, when all together may send no more than that. */
  readonly counts?: RequestCounts
}

/** A fault that stays after three tries is not passing. */
const faultAttempts = 3
const defaults: Settings = {
  timeoutMs: 30_000,
  maximumAttempts: 5,
  backoffMs: 500,
  maximumResponseBytes: 256 * 2 ** 20,
  longestWaitMs: 60_000,
  maximumRequests: Number.POSITIVE_INFINITY,
}

/** For clients that another one can take the place of: whoever may ask somebody else waits less long. */
export const besideOthers = { longestWaitMs: 30_000 } as const

export type OwnRpcClient = RpcClient & {
  /** As `request`; the call may wait for others a moment, and travel in one request with them. Each counts for the rate and for the most requests. */
  readonly requestTogether: RpcClient['request']
  /** Tells a rate (requests per second) that an earlier run learned, when it is known only after the first requests. */
  readonly expectRate: (requestsPerSecond: number) => void
  /**
   * Sends one JSON-RPC request as another library wrote it, and returns the answer as it came: counted, paced and limited as all
   * others, and tried once. Throws an `RpcError`, for HTTP 429 as well.
   */
  readonly post: (body: string) => Promise<{ readonly status: number; readonly body: string }>
  /** As `post`; the request may wait for others a moment, and travel in one with them. Then the answer is written anew. */
  readonly postTogether: OwnRpcClient['post']
  /** Masks what a node repeats of the endpoint's URL. */
  readonly redact: (text: string) => string
}

/** Throws `InvalidEndpointError` for anything but an http or https URL. Requests throw an `RpcError`. */
export function createRpcClient({
  url,
  signal,
  onRequest,
  onSent,
  knownRate,
  maximumRps,
  counts = { sent: 0, calls: 0 },
  ...rest
}: RpcClientOptions): OwnRpcClient {
  const endpoint = parseEndpoint(url)
  const settings = { ...defaults, ...rest }
  const pacer = pacerOf(endpoint.id, { backoffMs: settings.backoffMs, longestWaitMs: settings.longestWaitMs })
  if (knownRate != null) pacer.expect(knownRate)
  if (maximumRps !== undefined) pacer.limitTo(maximumRps)
  const client: Client = {
    ...{ endpoint, pacer, settings, signal, onRequest, onSent, counts },
    answeredAt: new Map(),
    refusedUntil: new Map(),
  }
  const askTogether = openBatches(client)
  const send = (isTogether: boolean): RpcClient['request'] => {
    return async (method, params) => {
      const place = { host: endpoint.host, method }
      if (!allowed.has(method)) throw new MethodNotAllowedError(place)
      return request(client, {
        place,
        params,
        askTogether: isTogether && weightOf(method, params) !== null ? askTogether : null,
      }).finally(onSent)
    }
  }
  return {
    host: endpoint.host,
    endpointId: endpoint.id,
    requestCount: () => counts.sent,
    pace: pacer.pace,
    expectRate: pacer.expect,
    post: (body) => post(client, body),
    postTogether: (body) => postTogether(client, body, askTogether),
    redact: endpoint.redact,
    request: send(false),
    requestTogether: send(true),
  }
}

const allowed: ReadonlySet<string> = new Set<ReadMethod>(readMethods)

async function post(client: Client, body: string): Promise<HttpReply> {
  const { endpoint, settings, signal } = client
  const { method } = JSON.parse(body) as { readonly method: string } // written by a JSON-RPC client in this process
  const place = { host: endpoint.host, method }
  if (!allowed.has(method)) throw new MethodNotAllowedError(place)
  const { turn } = await takeTurn(client, place, false)
  let waitMs: number | null
  try {
    const limits = { timeoutMs: settings.timeoutMs, maximumBytes: settings.maximumResponseBytes }
    client.counts.sent++
    const reply = await exchange(endpoint, { place, body, ...limits, signal })
    if (reply.status !== 429) {
      turn.answered()
      return reply
    }
    waitMs = retryAfterMs(reply.retryAfter, Date.now)
  } catch (error) {
    turn.failed()
    throw error
  }
  throw endTurn(client, { turn, place }, limited(place, waitMs)).error
}

async function postTogether(client: Client, body: string, askTogether: AskTogether): Promise<Posted> {
  const { id, method, params } = JSON.parse(body) as Posting // written by a JSON-RPC client in this process
  const place = { host: client.endpoint.host, method }
  if (!allowed.has(method)) throw new MethodNotAllowedError(place)
  if (weightOf(method, params) === null) return post(client, body)
  const answer = await askTogether({ place, params, ...(await takeTurn(client, place, false)) })
  if (answer === 'alone' || answer === 'again') return post(client, body)
  return { status: 200, body: JSON.stringify({ jsonrpc: '2.0', id, ...writeAnswer(answer) }) }
}

type Posting = { readonly id: unknown; readonly method: ReadMethod; readonly params: readonly unknown[] }
type Posted = Pick<HttpReply, 'status' | 'body'>

/** What the node said, as it says it. Throws what kept it from saying anything. */
function writeAnswer(answer: Answer) {
  if (answer.status === 'ok') return { result: answer.result }
  const { error } = answer
  if (!(error instanceof RpcRefusedError)) throw error
  return { error: { code: error.nodeCode, message: error.nodeMessage, data: error.nodeData } }
}

type Asked = Pick<Question, 'place' | 'params'> & { readonly askTogether: AskTogether | null }

async function request(client: Client, { place, params, askTogether }: Asked): Promise<unknown> {
  const { pacer, settings } = client
  const refusals = { count: 0, since: 0 }
  let isTogether = askTogether !== null
  for (let faults = 0; ; ) {
    const ticket = await takeTurn(client, place, refusals.count + faults > 0)
    const question = { place, params, ...ticket }
    const answer = askTogether !== null && isTogether ? await askTogether(question) : await ask(client, question)
    if (answer === 'alone' || answer === 'again') {
      isTogether = answer === 'again'
      continue
    }
    if (answer.status === 'ok') return answer.result
    if (answer.again === 'no') throw answer.error
    if (answer.again === 'rate') {
      if (++refusals.count === 1) refusals.since = monotonicMs()
      const isOver = isRefusingAll(client)
      // Whoever waits for a turn would only be refused as well.
      if (isOver) pacer.giveUp()
      if (isOver || isHopeless(client, place.method, refusals)) throw answer.error
      continue
    }
    if (++faults >= Math.min(faultAttempts, settings.maximumAttempts)) throw answer.error
    const wanted = answer.waitMs ?? jittered(settings.backoffMs * 2 ** (faults - 1))
    await pause(Math.min(wanted, settings.longestWaitMs), place, client.signal)
  }
}

async function takeTurn(client: Client, place: RpcPlace, isRetry: boolean): Promise<Pick<Question, 'turn' | 'id'>> {
  const { pacer, settings, signal, counts } = client
  if (counts.calls >= settings.maximumRequests) throw new RequestBudgetError(place, settings.maximumRequests)
  const early = lastingRefusal(client, place)
  if (early !== null) throw early
  const turn = await pacer.acquire({ isRetry, signal })
  // Others may have been refused while this one waited.
  const refusal = lastingRefusal(client, place)
  if (turn !== null && refusal === null && !signal?.aborted && counts.calls < settings.maximumRequests) {
    // Counted here and not when it leaves, or others would take the same last place.
    counts.calls++
    return { turn, id: counts.calls }
  }
  turn?.unused()
  if (signal?.aborted) throw new RequestStoppedError(place)
  if (refusal !== null) throw refusal
  throw turn === null ? new RateLimitedError(place) : new RequestBudgetError(place, settings.maximumRequests)
}

/** Between half and the whole of the pause, so that requests that failed together do not return together. */
function jittered(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2)
}

async function pause(milliseconds: number, place: RpcPlace, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal })
  } catch {
    throw new RequestStoppedError(place) // a timer ends early only when the signal aborts
  }
}
