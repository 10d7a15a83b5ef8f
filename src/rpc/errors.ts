/** What can go wrong between us and a node. One class per way to fail; none of them ever holds the endpoint's URL. */
import { CheckupError, type CheckupErrorOptions } from '../core/errors.ts'
import { value } from '../core/value.ts'

/** Where a failure happened: the only two words about a request that errors carry. */
export type RpcPlace = { readonly host: string; readonly method: string }

const placeData = ({ host, method }: RpcPlace) => ({ host: value.text(host), method: value.text(method) })

/** Who refuses logs may be asked for the rest all the same. */
const otherLogs =
  'Use another endpoint or plan, list the logs elsewhere with --logs-from, or look at known spenders only with --quick.'
const isAboutLogs = ({ method }: RpcPlace) => method === 'eth_getLogs'

/** Any failed request. */
export class RpcError extends CheckupError {
  constructor(code: string, place: RpcPlace, options: CheckupErrorOptions) {
    super(code, { ...options, data: { ...placeData(place), ...options.data } })
  }
}

/** The method is not on the list of reads. Nothing left the process. */
export class MethodNotAllowedError extends RpcError {
  constructor(place: RpcPlace) {
    super('method-not-allowed', place, { message: `${place.method} is not a read, so it was not sent.` })
  }
}

/** The node answered with a JSON-RPC error. `nodeCode`, `nodeMessage` and `nodeData` are its own: hostile text. */
export class RpcRefusedError extends RpcError {
  readonly nodeCode: number
  readonly nodeMessage: string
  readonly nodeData: unknown
  readonly httpStatus: number

  constructor(
    place: RpcPlace,
    reply: { readonly code: number; readonly message: string; readonly data?: unknown; readonly httpStatus?: number },
  ) {
    super('rpc-refused', place, {
      message: `The node refused ${place.method} (code ${reply.code}).`,
      data: { nodeCode: value.untrustedText(String(reply.code)), nodeMessage: value.untrustedText(reply.message) },
      hints: isAboutLogs(place) ? [otherLogs] : place.method === 'eth_chainId' ? ['Use another endpoint.'] : [],
    })
    this.nodeCode = reply.code
    this.nodeMessage = reply.message
    this.nodeData = reply.data
    this.httpStatus = reply.httpStatus ?? 200
  }
}

/** The node does not have the method at all. */
export class MethodNotSupportedError extends RpcError {
  constructor(place: RpcPlace) {
    super('method-not-supported', place, {
      message: `The node does not offer ${place.method}.`,
      hints: isAboutLogs(place) ? [otherLogs] : [],
    })
  }
}

/** The block's state is gone from this node (pruned), or sold separately (archive plans). */
export class StateUnavailableError extends RpcError {
  constructor(place: RpcPlace, nodeMessage: string) {
    super('state-unavailable', place, {
      message: isAboutLogs(place)
        ? 'The node does not give the logs of these blocks.'
        : `The node no longer has the state that ${place.method} asked for.`,
      data: { nodeMessage: value.untrustedText(nodeMessage) },
      hints: isAboutLogs(place)
        ? [otherLogs, 'Or leave out the older blocks with --from-block, if nothing can be there.']
        : ['Use an archive endpoint, or check at the newest block.'],
    })
  }
}

/** Still refused for its rate after every retry. */
export class RateLimitedError extends RpcError {
  constructor(place: RpcPlace, nodeMessage?: string) {
    super('rate-limited', place, {
      message: `${place.host} kept refusing ${place.method}: too many requests.`,
      ...(nodeMessage === undefined ? {} : { data: { nodeMessage: value.untrustedText(nodeMessage) } }),
      hints: ['Wait a while, or use an endpoint with a higher limit.'],
    })
  }
}

/** The run may send no more requests: the user said how many. Nothing left the process. */
export class RequestBudgetError extends RpcError {
  constructor(place: RpcPlace, maximumRequests: number) {
    super('request-budget-used', place, {
      message: `${place.method} was not asked: the ${maximumRequests} requests of this run are used up.`,
      data: { requests: value.count(maximumRequests) },
      hints: ['Raise --max-requests.'],
    })
  }
}

/** `timeoutMs` is null for a client of somebody else, which has a limit of its own. */
export class RpcTimeoutError extends RpcError {
  constructor(place: RpcPlace, timeoutMs: number | null) {
    const within = timeoutMs === null ? 'in the time that its client allows' : `within ${timeoutMs / 1000} s`
    super(timeoutMs === null ? 'client-timeout' : 'rpc-timeout', place, {
      message: `${place.host} did not answer ${place.method} ${within}.`,
      ...(timeoutMs === null ? {} : { data: { timeout: value.seconds(timeoutMs / 1000) } }),
      hints: [timeoutMs === null ? 'Use another endpoint.' : 'Raise --timeout, or use another endpoint.'],
    })
  }
}

/** No connection, or one that broke. `reason` is the system's code, such as ECONNREFUSED. */
export class ConnectionError extends RpcError {
  readonly reason: string

  constructor(place: RpcPlace, reason: string) {
    super('connection-failed', place, {
      message: `No connection to ${place.host} (${reason}).`,
      data: { reason: value.untrustedText(reason) },
      hints: ['Check the RPC URL and your connection.'],
    })
    this.reason = reason
  }
}

/** Connections that failed for these reasons fail again at once. */
const lastingReasons =
  /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EPROTO|CERT_|ERR_TLS|ERR_SSL|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/

export function isLasting({ reason }: ConnectionError): boolean {
  return lastingReasons.test(reason)
}

const checkKey = ['Check the API key in the RPC URL.']
const finalUrl = ['The URL leads to another one, which is not followed: give the final URL.']
const laterOrElse = ['Run this check again in a minute, or use another endpoint.']
const hintsByStatus: Readonly<Record<number, readonly string[]>> = {
  301: finalUrl,
  302: finalUrl,
  307: finalUrl,
  308: finalUrl,
  401: checkKey,
  403: checkKey,
  404: ['Check the RPC URL.'],
  500: laterOrElse,
  502: laterOrElse,
  503: laterOrElse,
  504: laterOrElse,
}

/** An HTTP status other than 200 without a JSON-RPC answer in it. */
export class HttpStatusError extends RpcError {
  readonly status: number

  constructor(place: RpcPlace, status: number) {
    super('http-status', place, {
      message: `${place.host} answered ${place.method} with HTTP ${status}.`,
      data: { status: value.text(String(status)) },
      hints: hintsByStatus[status] ?? [],
    })
    this.status = status
  }
}

/** How an answer can be unusable; the languages say it by these keys. */
export const unusableAnswers = {
  another: 'it answers another request',
  compression: 'its compression is broken',
  encoding: 'its content encoding is unknown',
  json: 'it is not JSON',
  large: 'it is larger than what is read',
  list: 'it is a list instead of one answer',
  log: 'a log is malformed',
  multicall: 'it is not what Multicall3 returns',
  nothing: 'it has neither a result nor an error',
  object: 'it is not a JSON object',
  start: 'it begins at another block',
  stream: 'it is not a stream of blocks',
  unanswered: 'it has no answer to the request',
  undecodable: 'it cannot be decoded',
} as const

/** An answer that is not what the method returns: not JSON, another id, a wrong shape, too large. */
export class InvalidReplyError extends RpcError {
  constructor(place: RpcPlace, problem: keyof typeof unusableAnswers) {
    super('invalid-reply', place, {
      message: `${place.host} answered ${place.method} with something unusable: ${unusableAnswers[problem]}.`,
      data: { problem: value.keyword(problem) },
      hints: ['Use another endpoint.'],
    })
  }
}

/** An answer larger than we read. */
export class ReplyTooLargeError extends InvalidReplyError {
  constructor(place: RpcPlace) {
    super(place, 'large')
  }
}

/** The user stopped the run. */
export class RequestStoppedError extends RpcError {
  constructor(place: RpcPlace) {
    super('stopped', place, {
      message: 'The run was stopped before this was read.',
      hints: ['Run the same check again: unless --no-cache was given, it goes on with what was read by then.'],
    })
  }
}

/** Not a URL a node can be asked through. The URL itself is never repeated: it may hold a key. */
export class InvalidEndpointError extends CheckupError {
  constructor(problem: 'malformed' | 'scheme') {
    super('invalid-endpoint', {
      message:
        problem === 'malformed' ? 'The RPC URL is not a URL.' : 'The RPC URL must begin with https:// or http://.',
      data: { problem: value.keyword(problem) },
      hints: ['Pass the whole URL, as in https://rpc.example.'],
    })
  }
}

/** The chain has no ENS of its own. */
export class EnsNotAvailableError extends CheckupError {
  constructor(chainId: number) {
    super('ens-not-available', {
      message: `Chain ${chainId} has no ENS, so names cannot be resolved on it.`,
      data: { chainId: value.text(String(chainId)) },
      hints: ['Pass the address itself.'],
    })
  }
}

export class EnsNameNotFoundError extends CheckupError {
  constructor(name: string) {
    super('ens-name-not-found', {
      message: 'The ENS name has no address.',
      data: { name: value.untrustedText(name) },
      hints: ['Check the spelling, or pass the address itself.'],
    })
  }
}

/** The name's records live on a gateway outside the chain. Asking it would tell a third party who is looked at. */
export class EnsOffchainNameError extends CheckupError {
  constructor(name: string) {
    super('ens-name-offchain', {
      message: 'The ENS name is kept outside the chain, and no other server is asked for it.',
      data: { name: value.untrustedText(name) },
      hints: ['Pass the address itself.'],
    })
  }
}
