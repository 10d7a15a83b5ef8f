/** What the errors of other libraries mean in our words. They hold URLs, so nothing of theirs is kept but the node's own answer. */
import {
  ConnectionError,
  HttpStatusError,
  InvalidReplyError,
  RateLimitedError,
  RequestStoppedError,
  RpcError,
  type RpcPlace,
  RpcTimeoutError,
} from './errors.ts'
import { refusalOf, type SpokenError, spokenError } from './read-reply.ts'

type Context = {
  readonly place: RpcPlace
  /** Masks what a node repeats of the endpoint's URL. */
  readonly redact: (text: string) => string
}

type Fields = Readonly<Record<string, unknown>>

/** The kind of failure behind an error of viem, of ethers, or of an EIP-1193 provider; our own pass as they are. */
export function heldFailure(error: unknown, context: Context): RpcError {
  const chain = causesOf(error)
  const own = chain.find((cause) => cause instanceof RpcError)
  if (own !== undefined) return own
  const { place } = context
  const httpStatus = firstOf(chain, statusOf)
  const spoken = firstOf(chain, spokenIn)
  if (spoken !== null) return refusalOf(spoken, { ...context, httpStatus: httpStatus ?? 200 }).error
  if (httpStatus === 429) return new RateLimitedError(place)
  if (httpStatus !== null) return new HttpStatusError(place, httpStatus)
  if (chain.some(isTimeout)) return new RpcTimeoutError(place, null)
  if (chain.some(({ name, code }) => name === 'AbortError' || code === 'CANCELLED'))
    return new RequestStoppedError(place)
  if (chain.some(isUnusable)) return new InvalidReplyError(place, 'unanswered')
  return new ConnectionError(place, firstOf(chain, systemCode) ?? 'unknown reason')
}

/** Deep enough for any library; an error may name itself as its cause. */
const deepest = 8

/** The error, then what it names as its reason: viem in `cause`, ethers in `error` or `info.error`. Outermost first. */
function causesOf(error: unknown): readonly Fields[] {
  const found: Fields[] = []
  const visit = (item: unknown) => {
    if (typeof item !== 'object' || item === null || found.length >= deepest) return
    const fields = item as Fields // an object: its fields are looked at one by one
    if (found.includes(fields)) return
    found.push(fields)
    visit(fields.cause)
    visit(fields.error)
    visit(fields.info)
  }
  visit(error)
  return found
}

function firstOf<Found>(chain: readonly Fields[], look: (fields: Fields) => Found | null): Found | null {
  for (const fields of chain) {
    const found = look(fields)
    if (found !== null) return found
  }
  return null
}

/** viem has the status as a number, ethers as "503 Service Unavailable", or as "599 … (429 …; …)" when it gave up. */
function statusOf({ status, responseStatus }: Fields): number | null {
  if (typeof status === 'number') return isFailure(status) ? status : null
  const [, first = '', last = first] = /^(\d{3})\b(?:.*\((\d{3})\b)?/.exec(String(responseStatus)) ?? []
  return isFailure(Number(last)) ? Number(last) : null
}

const isFailure = (status: number) => status >= 300 && status < 600

/** The node's own JSON-RPC error: a numeric code with words, or the body of an HTTP error. */
function spokenIn(fields: Fields): SpokenError | null {
  const { code, message, details, responseBody } = fields
  if (typeof responseBody === 'string') return spokenInBody(responseBody)
  if (typeof code !== 'number' || typeof message !== 'string') return null
  // viem's message is its own and holds the URL; the node's words are the details.
  const words = typeof details === 'string' ? details : 'shortMessage' in fields ? '' : message
  return spokenError({ code, message: words, data: fields.data })
}

function spokenInBody(body: string): SpokenError | null {
  try {
    const reply: unknown = JSON.parse(body)
    const hasError = typeof reply === 'object' && reply !== null && 'error' in reply && reply.error
    return hasError ? spokenError(hasError) : null
  } catch {
    return null // a page of a gateway: its HTTP status says what there is to say
  }
}

function isTimeout({ name, code }: Fields): boolean {
  return name === 'TimeoutError' || code === 'TIMEOUT' || code === 'UND_ERR_HEADERS_TIMEOUT'
}

/** Not JSON, or an answer to another request. */
function isUnusable({ name, code, operation }: Fields): boolean {
  return name === 'SyntaxError' || code === 'BAD_DATA' || operation === 'bodyJson'
}

function systemCode({ code }: Fields): string | null {
  // ethers' own kinds of error say nothing of the system.
  return typeof code === 'string' && /^(?:E[A-Z]+|UND_ERR_\w+|ERR_TLS\w*|CERT_\w+)$/.test(code) ? code : null
}
