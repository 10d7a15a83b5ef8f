/** One HTTP request: a deadline for the whole answer, a limit on its decoded size, no redirects. */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { systemCode } from '../core/system-code.ts'
import { type Endpoint, secureHttp } from './endpoint.ts'
import {
  ConnectionError,
  InvalidReplyError,
  ReplyTooLargeError,
  RequestStoppedError,
  type RpcPlace,
  RpcTimeoutError,
} from './errors.ts'

export type HttpReply = {
  readonly status: number
  /** The Retry-After header: seconds, or a date where the answer itself has none. */
  readonly retryAfter: string | null
  readonly body: string
}

export type ExchangeOptions = {
  readonly place: RpcPlace
  /** JSON to send by POST; null: nothing is sent, by GET. */
  readonly body: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly maximumBytes: number
  readonly signal: AbortSignal | undefined
  /** Hears when the request has left. */
  readonly onSent?: (() => void) | undefined
}

/**
 * Sends a JSON body, or none, and reads the answer, whatever its status.
 * Throws `RpcTimeoutError`, `ConnectionError`, `RequestStoppedError`, or `InvalidReplyError` for an answer too large or undecodable.
 */
export function exchange(endpoint: Endpoint, options: ExchangeOptions): Promise<HttpReply> {
  const { place, timeoutMs, signal, onSent } = options
  return new Promise((resolve, reject) => {
    const send = endpoint.protocol === 'https:' ? secureHttp().request : httpRequest
    const request = send(requestOptions(endpoint, options))
    const settle = (finish: () => void) => {
      clearTimeout(deadline)
      signal?.removeEventListener('abort', stop)
      finish()
    }
    const fail = (error: unknown) => settle(() => reject(asRpcError(error, place)))
    const cut = (error: Error) => {
      fail(error)
      request.destroy()
    }
    const stop = () => cut(new RequestStoppedError(place))
    const deadline = setTimeout(() => cut(new RpcTimeoutError(place, timeoutMs)), timeoutMs)
    signal?.addEventListener('abort', stop, { once: true })
    // After `cut`, later errors of the same request find a promise that is already settled.
    request.on('error', fail)
    if (onSent !== undefined) request.on('finish', onSent)
    request.on('response', (response) => {
      readBody(response, options).then(
        (body) => settle(() => resolve({ status: response.statusCode ?? 0, retryAfter: retryAfter(response), body })),
        cut,
      )
    })
    if (signal?.aborted) stop()
    else request.end(options.body ?? '')
  })
}

function requestOptions(endpoint: Endpoint, { body, headers: more }: ExchangeOptions) {
  const { protocol, hostname, port, path, agent, authorization } = endpoint
  const headers = {
    ...(body !== null && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    accept: 'application/json',
    'accept-encoding': 'gzip, br',
    'user-agent': 'wallet-checkup',
    ...(authorization !== null && { authorization }),
    ...more,
  }
  return { method: body === null ? 'GET' : 'POST', protocol, hostname, port, path, agent, headers }
}

async function readBody(response: IncomingMessage, { place, maximumBytes }: ExchangeOptions): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of decoded(response, place)) {
    length += (chunk as Buffer).length // no encoding is set, so a stream gives buffers
    if (length > maximumBytes) throw new ReplyTooLargeError(place)
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks, length).toString('utf8')
}

function decoded(response: IncomingMessage, place: RpcPlace): Readable {
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return response
  const { createBrotliDecompress, createGunzip } = process.getBuiltinModule('node:zlib')
  const decoder = encoding === 'gzip' ? createGunzip() : encoding === 'br' ? createBrotliDecompress() : null
  if (decoder === null) throw new InvalidReplyError(place, 'encoding')
  // A connection that breaks must also end the decoder, or the reader would wait for ever.
  response.on('error', (error) => decoder.destroy(error))
  return response.pipe(decoder)
}

/** A date is made seconds by the server's own clock: ours may be wrong. */
function retryAfter({ headers: { date = '', 'retry-after': header } }: IncomingMessage): string | null {
  if (header === undefined || /^\s*\d+\s*$/.test(header)) return header ?? null
  const seconds = (Date.parse(header) - Date.parse(date)) / 1000
  return Number.isInteger(seconds) ? String(Math.max(0, seconds)) : header
}

/** System errors keep only their code: some carry request options, and those hold the URL. */
function asRpcError(error: unknown, place: RpcPlace): Error {
  if (error instanceof RequestStoppedError || error instanceof RpcTimeoutError || error instanceof InvalidReplyError) {
    return error
  }
  const code = systemCode(error) ?? 'unknown reason'
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR') || code.startsWith('ERR_BROTLI')) {
    return new InvalidReplyError(place, 'compression')
  }
  return new ConnectionError(place, code)
}
