/** A client that somebody else made and holds, as the port that collectors ask through. */
import { createHash } from 'node:crypto'
import { type ReadMethod, type RpcClient, readMethods } from '../core/rpc.ts'
import { endpointIdOf } from './endpoint.ts'
import { MethodNotAllowedError } from './errors.ts'
import { heldFailure } from './held-failure.ts'
import { createRedactor } from './redact.ts'

export type HeldClient = {
  /** The library it comes from: what stands for the host where it does not tell its URL. */
  readonly library: string
  /** null when it does not tell. It may hold a key: only its host is shown. */
  readonly url: string | null
  readonly send: (method: ReadMethod, params: readonly unknown[]) => Promise<unknown>
}

/** Only reads pass. Retries, waiting and batching are those of the held client; its errors come out as an `RpcError`. */
export function clientOver({ library, url, send }: HeldClient): RpcClient {
  const known = url !== null && /^https?:/i.test(url) && URL.canParse(url) ? url : null
  const host = known === null ? library : new URL(known).host
  const redact = createRedactor(url === null ? [] : [url])
  let sent = 0
  return {
    host,
    endpointId: known === null ? idOf(library) : endpointIdOf(known),
    requestCount: () => sent,
    request: async (method, params) => {
      const place = { host, method }
      if (!allowed.has(method)) throw new MethodNotAllowedError(place)
      sent++
      try {
        return await send(method, params)
      } catch (error) {
        throw heldFailure(error, { place, redact })
      }
    },
  }
}

const allowed: ReadonlySet<string> = new Set<ReadMethod>(readMethods)

function idOf(library: string): string {
  return createHash('sha256').update(library).digest('hex').slice(0, 16)
}
