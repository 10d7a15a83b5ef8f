/** What a failed request says of the endpoint: whether somebody else should answer it, and the next ones. */
import type { ReadMethod } from '../../core/rpc.ts'
import {
  ConnectionError,
  HttpStatusError,
  InvalidReplyError,
  MethodNotSupportedError,
  RateLimitedError,
  ReplyTooLargeError,
  RpcRefusedError,
  RpcTimeoutError,
} from '../errors.ts'
import { meaningOf } from '../refusal.ts'
import { WaitTooLongError } from '../wait-too-long.ts'

export type Verdict =
  /** It is about the request itself: whoever asked must know. */
  | 'stay'
  /** The endpoint answers nothing any more, or nobody like us. */
  | 'leave'
  /** It does not have the method. */
  | 'method'
  /** It may be busy, or the request too much for it. */
  | 'doubt'

export function verdictOn(error: unknown, method: ReadMethod): Verdict {
  if (lasting.some((kind) => error instanceof kind)) return 'leave'
  if (error instanceof HttpStatusError) return verdictOnStatus(error.status)
  if (error instanceof MethodNotSupportedError) return ofItself.has(method) ? 'stay' : 'method'
  if (error instanceof RpcRefusedError) return verdictOnRefusal(error, method)
  if (error instanceof ReplyTooLargeError) return 'stay'
  return error instanceof RpcTimeoutError || error instanceof InvalidReplyError ? 'doubt' : 'stay'
}

/** Their own client has tried again for as long as that may help. */
const lasting = [ConnectionError, RateLimitedError, WaitTooLongError]

/** What an endpoint says of itself nobody else can say for it. */
const ofItself: ReadonlySet<ReadMethod> = new Set([
  'eth_blockNumber',
  'eth_chainId',
  'eth_syncing',
  'web3_clientVersion',
])

/** No key, no plan, no such place; a redirect, which is not followed. */
const turnedAway: ReadonlySet<number> = new Set([301, 302, 303, 307, 308, 401, 402, 403, 404, 410, 451])

function verdictOnStatus(status: number): Verdict {
  if (turnedAway.has(status)) return 'leave'
  return status >= 500 ? 'doubt' : 'stay'
}

function verdictOnRefusal(error: RpcRefusedError, method: ReadMethod): Verdict {
  if (error.httpStatus === 401 || error.httpStatus === 403) return 'leave'
  return meaningOf(error).action === 'unsupported' && !ofItself.has(method) ? 'method' : 'stay'
}
