/** Sends one message, again where that may help, and never for longer than its deadline. */
import { parseEndpoint } from '../rpc/endpoint.ts'
import { ConnectionError, RequestStoppedError, RpcTimeoutError } from '../rpc/errors.ts'
import { exchange, type HttpReply } from '../rpc/transport.ts'
import { DeliveryError } from './errors.ts'
import type { NotifyRequest } from './requests.ts'

export type SendPorts = {
  /** Unix milliseconds. */
  readonly now: () => number
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** From 0 to 1: receivers that failed together are not asked again together. */
  readonly random: () => number
  readonly signal: AbortSignal
}

const mostTries = 5
const firstWaitMs = 500
const longestWaitMs = 10_000
const tryMs = 10_000
/** For all tries and all waits between them. */
const deadlineMs = 45_000
const largestReply = 256 * 1024

type Tried =
  | { readonly kind: 'delivered' }
  /** `waitMs`: the receiver said how long to wait. */
  | { readonly kind: 'again'; readonly reason: string; readonly waitMs: number | null }
  | { readonly kind: 'refused'; readonly reason: string }

/** @returns the host. @throws DeliveryError; InvalidEndpointError for what is no URL of HTTP */
export async function send({ url, body, headers }: NotifyRequest, ports: SendPorts): Promise<string> {
  const endpoint = parseEndpoint(url)
  const { host } = endpoint
  const { now, sleep, random, signal } = ports
  const endMs = now() + deadlineMs
  for (let tries = 1; ; tries++) {
    const timeoutMs = Math.max(1, Math.min(tryMs, endMs - now()))
    const post = () =>
      exchange(endpoint, {
        place: { host, method: 'POST' },
        body,
        headers: headers(Math.floor(now() / 1000)),
        timeoutMs,
        maximumBytes: largestReply,
        signal,
      })
    const tried = await tryOnce(post, now())
    if (tried.kind === 'delivered') return host
    const failed = () => new DeliveryError({ host, reason: tried.reason, tries })
    if (tried.kind === 'refused' || tries === mostTries) throw failed()
    // Full jitter: anywhere up to a bound that doubles.
    const waitMs = tried.waitMs ?? random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1))
    if (now() + waitMs >= endMs) throw failed()
    await sleep(waitMs, signal)
    if (signal.aborted) throw failed()
  }
}

async function tryOnce(post: () => Promise<HttpReply>, nowMs: number): Promise<Tried> {
  try {
    const reply = await post()
    const { status } = reply
    const reason = `HTTP ${status}`
    if (status >= 200 && status < 300) return { kind: 'delivered' }
    // A redirect is not followed: it could lead anywhere, and takes the message along.
    return status === 429 || status >= 500
      ? { kind: 'again', reason, waitMs: waitAsked(reply, nowMs) }
      : { kind: 'refused', reason }
  } catch (error) {
    if (error instanceof RequestStoppedError) return { kind: 'refused', reason: 'stopped' }
    if (error instanceof RpcTimeoutError) return { kind: 'again', reason: 'timeout', waitMs: null }
    if (error instanceof ConnectionError) return { kind: 'again', reason: error.reason, waitMs: null }
    // An answer that cannot be read came after the message: sent again, it may arrive twice.
    return { kind: 'refused', reason: 'unreadable answer' }
  }
}

/** Retry-After in seconds or as a date; Telegram and Discord say it in the body too. */
function waitAsked({ retryAfter, body }: HttpReply, nowMs: number): number | null {
  const inBody = /"retry_after"\s*:\s*(\d{1,6}(?:\.\d{1,6})?)/.exec(body)?.[1]
  const asked = retryAfter ?? inBody
  if (asked === undefined) return null
  if (/^\d+(?:\.\d+)?$/.test(asked)) return Number(asked) * 1000
  const at = Date.parse(asked)
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs)
}
