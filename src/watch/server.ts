/** What a watch answers over HTTP: `/metrics` and `/healthz`, and nothing else. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import { isLoopback } from '../domain/loopback.ts'
import type { Health } from './state.ts'

export type ListenAt = { readonly host: string; readonly port: number }

type Answers = { readonly metrics: () => string; readonly health: () => Health }

export type WatchServer = {
  /** HOST:PORT, as it may stand in a URL. */
  readonly at: string
  readonly close: () => Promise<void>
}

/** The place cannot be listened at: taken, not allowed, or not of this computer. */
export class ListenError extends CheckupError {
  constructor({ host, port }: ListenAt, reason: string) {
    super('cannot-listen', {
      message: `${host}:${port} cannot be listened at (${reason}).`,
      data: { at: value.text(`${host}:${port}`), reason: value.text(reason) },
      hints: ['Choose another place with --listen HOST:PORT, or none with --listen off.'],
    })
  }
}

/** Nobody needs more, and each costs memory. */
const maximumConnections = 32

/** @throws ListenError */
export async function startWatchServer(place: ListenAt, answers: Answers): Promise<WatchServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) =>
    answer(request, response, { answers, isLocal: isLoopback(place.host) }),
  )
  server.maxConnections = maximumConnections
  await listen(server, place)
  const { address, port, family } = server.address() as AddressInfo // listening on TCP
  return { at: family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`, close: () => close(server) }
}

function listen(server: Server, place: ListenAt): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new ListenError(place, 'code' in error ? String(error.code) : error.name)))
    server.listen(place.port, place.host, resolve)
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

type Scene = { readonly answers: Answers; readonly isLocal: boolean }

function answer({ method, url = '', headers }: IncomingMessage, response: ServerResponse, scene: Scene): void {
  const send = (status: number, type: string, body: string) =>
    response
      .writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .end(method === 'HEAD' ? undefined : body)
  const { metrics, health } = scene.answers
  // A web page whose name was made to lead here sends its own name: nobody's page reads what is for this computer.
  if (scene.isLocal && !isLoopback(hostOf(headers.host))) return void send(403, plain, 'Forbidden\n')
  if (method !== 'GET' && method !== 'HEAD') return void send(405, plain, 'Method Not Allowed\n')
  switch (url.split('?')[0]) {
    case '/metrics':
      return void send(200, openMetrics, metrics())
    case '/healthz': {
      const now = health()
      return void send(now.status === 'ok' ? 200 : 503, 'application/json; charset=utf-8', `${JSON.stringify(now)}\n`)
    }
    default:
      return void send(404, plain, 'Not Found\n')
  }
}

const plain = 'text/plain; charset=utf-8'
const openMetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

/** Without its port and without brackets. */
function hostOf(header = ''): string {
  return header.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
}
