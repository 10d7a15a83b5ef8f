/** A server of another kind than a node, on the loopback, whose every answer a test decides. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Asked = {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** JSON that was posted; null when nothing was. */
  readonly body: unknown
  readonly headers: IncomingHttpHeaders
}
export type Answer = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is; anything else as JSON. */
  readonly body: unknown
  readonly delayMs?: number
}

export type HttpServer = {
  readonly url: string
  readonly host: string
  readonly asked: readonly Asked[]
  readonly close: () => Promise<void>
}

export async function startHttpServer(answer: (asked: Asked) => Answer | Promise<Answer>): Promise<HttpServer> {
  const asked: Asked[] = []
  const server = createServer(async (incoming, outgoing) => {
    const question = await read(incoming)
    asked.push(question)
    const { status = 200, headers = {}, body, delayMs = 0 } = await answer(question)
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, asked, close }
}

async function read(incoming: IncomingMessage): Promise<Asked> {
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk
  const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://server.example')
  const body: unknown = text === '' ? null : JSON.parse(text)
  return { path: pathname, query: Object.fromEntries(searchParams), body, headers: incoming.headers }
}
