/** A node that misbehaves: an HTTP proxy in front of a real one, told per request what to do. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Behaviour =
  | { readonly kind: 'pass' }
  /** A JSON-RPC error in the node's own words. */
  | { readonly kind: 'refuse'; readonly code: number; readonly message: string }
  | { readonly kind: 'answer'; readonly result: unknown }
  /** An HTTP answer with this body, whatever was asked. */
  | {
      readonly kind: 'http'
      readonly status: number
      readonly body: string
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly kind: 'close' }
  /** Never answers. */
  | { readonly kind: 'hang' }

export type Behave = (method: string, params: readonly unknown[]) => Behaviour

export type NodeProxy = {
  readonly url: string
  /** Methods that were asked, each once, in order of their first request. */
  readonly asked: () => readonly string[]
  readonly stop: () => Promise<void>
}

type Call = { readonly id: unknown; readonly method: string; readonly params: readonly unknown[] }

export const pass: Behaviour = { kind: 'pass' }

export async function startNodeProxy(target: string, behave: Behave): Promise<NodeProxy> {
  const asked = new Set<string>()
  const server = createServer(async (request, response) => {
    const parts: Uint8Array[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts).toString('utf8')
    const call = JSON.parse(body) as Call
    asked.add(call.method)
    const behaviour = behave(call.method, call.params)
    if (behaviour.kind === 'hang') return
    if (behaviour.kind === 'pass') return forward(target, body, response)
    reply(response, call, behaviour)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => [...asked],
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function forward(target: string, body: string, response: ServerResponse): Promise<void> {
  const answer = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
}

function reply(
  response: ServerResponse,
  { id }: Call,
  behaviour: Exclude<Behaviour, { kind: 'pass' } | { kind: 'hang' }>,
): void {
  switch (behaviour.kind) {
    case 'close':
      response.socket?.destroy()
      return
    case 'http':
      response.writeHead(behaviour.status, { 'content-type': 'text/html', ...behaviour.headers }).end(behaviour.body)
      return
    case 'refuse':
      sendJson(response, { jsonrpc: '2.0', id, error: { code: behaviour.code, message: behaviour.message } })
      return
    case 'answer':
      sendJson(response, { jsonrpc: '2.0', id, result: behaviour.result })
      return
    default:
      behaviour satisfies never
  }
}

function sendJson(response: ServerResponse, message: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message))
}
