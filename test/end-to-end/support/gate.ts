/** A gate in front of a real node: it sees every HTTP request, batches whole, and may keep it from the node. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Call = { readonly id: unknown; readonly method: string; readonly params: readonly unknown[] }
type Outcome = { readonly result: unknown } | { readonly error: { readonly code: number; readonly message: string } }

export type GateRules = {
  /** What becomes of the whole request. `close`: no answer at all. `limit`: HTTP 429. */
  readonly admit?: (calls: readonly Call[]) => 'pass' | 'close' | 'limit'
  /** The gate's own answer to one call; null where the node answers. */
  readonly answer?: (call: Call) => Outcome | null
}

export type Gate = {
  readonly url: string
  /** Every call that was let in. */
  readonly calls: readonly Call[]
  readonly close: () => Promise<void>
}

export async function startGate(node: string, { admit = () => 'pass', answer = () => null }: GateRules): Promise<Gate> {
  const seen: Call[] = []
  const answerTo = async (call: Call) => {
    const own = answer(call)
    return own === null ? ask(node, call) : { jsonrpc: '2.0', id: call.id, ...own }
  }
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sent: Call | readonly Call[] = JSON.parse(await bodyOf(request))
    const calls = [sent].flat() as readonly Call[] // our own client wrote them
    const admitted = admit(calls)
    if (admitted === 'close') return void request.socket.destroy()
    if (admitted === 'limit') return void response.writeHead(429, { 'retry-after': '1' }).end('Too Many Requests')
    seen.push(...calls)
    const answers = await Promise.all(calls.map(answerTo))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(Array.isArray(sent) ? answers : answers[0]))
  }
  const server = createServer((request, response) => {
    // A client that was killed waits for nothing.
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${port}`, calls: seen, close }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

async function ask(node: string, call: Call): Promise<unknown> {
  const body = JSON.stringify(call)
  const response = await fetch(node, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  return response.json()
}
