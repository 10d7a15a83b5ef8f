/** A client that somebody else made and holds, as the port that collectors ask through. */
import { createHash } from 'node:crypto'
import { type ReadMethod, type RpcClient, readMethods } from '../core/rpc.ts'
import { endpointIdOf } from './endpoint.ts'
import { MethodNotAllowedError } from './errors.ts'
import { heldFailure } from './held-failure.ts'
import { createRedactor } from './redact.ts'

/** Which endpoint a client asks, as far as it may be shown. */
export type ClientIdentity = {
  readonly host: string
  readonly endpointId: string
  /** Masks what a node repeats of the endpoint's URL. */
  readonly redact: (text: string) => string
}

/** `url` is null when the client does not tell it: then it is known by the library that it comes from. */
export function identityOf(library: string, url: string | null): ClientIdentity {
  const redact = createRedactor(url === null ? [] : [url])
  if (url !== null && /^https?:/i.test(url) && URL.canParse(url)) {
    return { host: new URL(url).host, endpointId: endpointIdOf(url), redact }
  }
  return { host: library, endpointId: createHash('sha256').update(library).digest('hex').slice(0, 16), redact }
}

export type HeldClient = ClientIdentity & {
  readonly send: (method: ReadMethod, params: readonly unknown[]) => Promise<unknown>
}

/** Only reads pass. Retries, waiting and batching are those of the held client; its errors come out as an `RpcError`. */
export function clientOver({ host, endpointId, redact, send }: HeldClient): RpcClient {
  let sent = 0
  return {
    host,
    endpointId,
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
