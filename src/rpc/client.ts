/** The client that collectors ask through: reads only, with retries, a deadline and no trace of the URL. */
import { setTimeout as delay } from 'node:timers/promises'
import { type ReadMethod, type RpcClient, readMethods } from '../core/rpc.ts'
import { parseEndpoint } from './endpoint.ts'
import { ConnectionError, MethodNotAllowedError, RequestStoppedError, RpcError, type RpcPlace } from './errors.ts'
import { type Answer, readReply } from './read-reply.ts'
import { post } from './transport.ts'

export type RpcClientOptions = {
  readonly url: string
  /** For one whole answer, not for the retries together. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** How often one request may leave the process when the node limits the rate. */
  readonly maximumAttempts?: number
  /** The first pause; each later one is twice as long. */
  readonly backoffMs?: number
  /** Hears the number of requests sent so far. */
  readonly onRequest?: (count: number) => void
  /** The largest answer, decoded. */
  readonly maximumResponseBytes?: number
  /** The longest pause, even when the node asks for a longer one. */
  readonly longestWaitMs?: number
}

/** A fault that stays after three tries is not passing. */
const faultAttempts = 3
/** Connections that failed for these reasons fail again at once. */
const lastingReasons =
  /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EPROTO|CERT_|ERR_TLS|ERR_SSL|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/

type Failed = Extract<Answer, { status: 'failed' }>

/** Throws `InvalidEndpointError` for anything but an http or https URL. Requests throw an `RpcError`. */
export function createRpcClient(options: RpcClientOptions): RpcClient {
  const endpoint = parseEndpoint(options.url)
  const { host, id: endpointId } = endpoint
  const {
    timeoutMs = 30_000,
    maximumAttempts = 5,
    backoffMs = 500,
    maximumResponseBytes = 256 * 2 ** 20,
    longestWaitMs = 30_000,
  } = options
  const { signal, onRequest } = options
  let sent = 0

  const ask = async (place: RpcPlace, params: readonly unknown[]): Promise<Answer> => {
    const id = ++sent
    onRequest?.(id)
    const body = JSON.stringify({ jsonrpc: '2.0', id, method: place.method, params })
    try {
      const reply = await post(endpoint, { place, body, timeoutMs, maximumBytes: maximumResponseBytes, signal })
      return readReply(reply, { place, id, redact: endpoint.redact, now: Date.now })
    } catch (error) {
      return failure(error)
    }
  }

  const request = async (method: ReadMethod, params: readonly unknown[]): Promise<unknown> => {
    const place = { host, method }
    if (!allowed.has(method)) throw new MethodNotAllowedError(place)
    for (let attempt = 1; ; attempt++) {
      if (signal?.aborted) throw new RequestStoppedError(place)
      const answer = await ask(place, params)
      if (answer.status === 'ok') return answer.result
      if (attempt >= attemptsFor(answer, maximumAttempts)) throw answer.error
      const wanted = answer.waitMs ?? jittered(backoffMs * 2 ** (attempt - 1))
      await pause(Math.min(wanted, longestWaitMs), place, signal)
    }
  }
  return { host, endpointId, requestCount: () => sent, request }
}

const allowed: ReadonlySet<string> = new Set(readMethods)

function failure(error: unknown): Failed {
  if (!(error instanceof RpcError)) throw error
  const isFault = error instanceof ConnectionError && !lastingReasons.test(error.reason)
  return { status: 'failed', error, again: isFault ? 'fault' : 'no', waitMs: null }
}

function attemptsFor({ again }: Failed, maximumAttempts: number): number {
  if (again === 'no') return 1
  return again === 'rate' ? maximumAttempts : Math.min(faultAttempts, maximumAttempts)
}

/** Between half and the whole of the pause, so that requests refused together do not return together. */
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
