/** A small JSON-RPC node on the loopback whose every answer a test decides, broken ones included. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'

export type Request = {
  readonly method: string
  readonly params: readonly unknown[]
  readonly id: unknown
  /** Path and query. */
  readonly path: string
  /** Which HTTP request it came with, from 1. */
  readonly post: number
  readonly headers: IncomingHttpHeaders
}

export type Reply = {
  readonly result?: unknown
  readonly error?: unknown
  /** The whole body, instead of a JSON-RPC answer. */
  readonly body?: string
  /** 200 by default. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly encoding?: 'gzip' | 'br'
  /** Answers this id instead of the request's own. */
  readonly id?: unknown
  readonly delayMs?: number
  /** `before`: no answer at all. `middle`: half of the body. `never`: one byte now and then, without an end. */
  readonly breaks?: 'before' | 'middle' | 'never'
}

export type Handler = (request: Request) => Reply | Promise<Reply>

export type JsonRpcServer = {
  readonly url: string
  /** Every request that arrived, in order: each of a batch. */
  readonly requests: readonly Request[]
  /** How many HTTP requests brought them. */
  readonly posts: () => number
  readonly close: () => Promise<void>
}

/** What becomes of a batch: each call is answered by its method where it says nothing. `answers` are those to each, in order. */
export type BatchHandler = (requests: readonly Request[], answers: readonly unknown[]) => Reply | null

/** Answers by method; `*` stands for any other. A method without a handler gets -32601. */
export async function startJsonRpcServer(
  handlers: Readonly<Record<string, Handler | Reply>>,
  onBatch: BatchHandler = () => null,
): Promise<JsonRpcServer> {
  const requests: Request[] = []
  let posts = 0
  const replyTo = async (request: Request): Promise<Reply> => {
    requests.push(request)
    const handler = handlers[request.method] ?? handlers['*'] ?? { error: methodNotFound }
    return typeof handler === 'function' ? handler(request) : handler
  }
  const server = createServer((incoming, outgoing) => {
    readRequest(incoming, ++posts).then(async (request) => {
      if (!isBatch(request)) return write(outgoing, request, await replyTo(request))
      const batch = request
      const answers = await Promise.all(batch.map(async (one) => answerTo(one, await replyTo(one))))
      const [first] = batch
      if (first !== undefined)
        await write(outgoing, first, onBatch(batch, answers) ?? { body: JSON.stringify(answers) })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${port}`, requests, posts: () => posts, close }
}

/** Gives each reply once, then the last one for ever. */
export function inTurn(...replies: readonly (Reply | Handler)[]): Handler {
  let next = 0
  return (request) => {
    const reply = replies[Math.min(next++, replies.length - 1)] ?? {}
    return typeof reply === 'function' ? reply(request) : reply
  }
}

const methodNotFound = { code: -32601, message: 'the method does not exist/is not available' }

function isBatch(request: Request | readonly Request[]): request is readonly Request[] {
  return Array.isArray(request)
}

type Sent = Pick<Request, 'method' | 'params' | 'id'>

async function readRequest(incoming: IncomingMessage, post: number): Promise<Request | readonly Request[]> {
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk
  const { headers, url: path = '' } = incoming
  const complete = ({ method, params, id }: Sent): Request => ({ method, params, id, path, headers, post })
  const sent = JSON.parse(text) as Sent | readonly Sent[] // our own client wrote it
  return Array.isArray(sent) ? sent.map(complete) : complete(sent as Sent)
}

async function write(outgoing: ServerResponse, request: Request, reply: Reply): Promise<void> {
  if (reply.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, reply.delayMs))
  if (reply.breaks === 'before') {
    outgoing.destroy()
    return
  }
  const encoding = reply.encoding === undefined ? {} : { 'content-encoding': reply.encoding }
  outgoing.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...encoding, ...reply.headers })
  const body = encode(reply.body ?? JSON.stringify(answerTo(request, reply)), reply.encoding)
  if (reply.breaks === undefined) outgoing.end(body)
  else outgoing.write(body.subarray(0, body.length / 2))
  if (reply.breaks === 'middle') setTimeout(() => outgoing.destroy(), 5)
  if (reply.breaks === 'never') trickle(outgoing)
}

function answerTo({ id }: Request, reply: Reply): unknown {
  const outcome = reply.error === undefined ? { result: reply.result ?? null } : { error: reply.error }
  return { jsonrpc: '2.0', id: 'id' in reply ? reply.id : id, ...outcome }
}

function encode(body: string, encoding: Reply['encoding']): Buffer {
  if (encoding === 'gzip') return gzipSync(body)
  return encoding === 'br' ? brotliCompressSync(body) : Buffer.from(body)
}

function trickle(outgoing: ServerResponse): void {
  const timer = setInterval(() => outgoing.write(' '), 5)
  outgoing.on('close', () => clearInterval(timer))
}
