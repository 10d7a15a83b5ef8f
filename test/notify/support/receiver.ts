/** Somebody who is told, on the loopback: keeps each message as the bytes that came. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Message = {
  readonly path: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}
export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export type Receiver = {
  readonly url: string
  readonly host: string
  readonly messages: readonly Message[]
  readonly close: () => Promise<void>
}

/** @param answer by how many messages came before; null: the connection is broken; `never`: no answer at all */
export async function startReceiver(
  answer: (before: number) => Answer | null | 'never' = () => ({ status: 200, body: 'ok' }),
): Promise<Receiver> {
  const messages: Message[] = []
  const server = createServer(async (incoming, outgoing) => {
    let text = ''
    for await (const chunk of incoming.setEncoding('utf8')) text += chunk
    const { url: path = '', method = '', headers } = incoming
    messages.push({ path, method, headers, text })
    const given = answer(messages.length - 1)
    if (given === 'never') return
    if (given === null) incoming.socket.destroy()
    else outgoing.writeHead(given.status, given.headers).end(given.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, messages, close }
}
