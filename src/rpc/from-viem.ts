import type { RpcClient } from '../core/rpc.ts'
import { clientOver, identityOf } from './held-client.ts'

/** What is needed of a client: viem's `PublicClient`, or any EIP-1193 provider. */
export type ViemClient = {
  // biome-ignore lint/suspicious/noExplicitAny: viem types each method's parameters apart
  readonly request: (call: any) => Promise<unknown>
}

/**
 * A viem client, or an EIP-1193 provider, as the client of a check-up: `checkup({ rpc: fromViem(client), … })`.
 * Only read methods go through it. Its own settings for retries, timeouts and batches hold.
 */
export function fromViem(client: ViemClient): RpcClient {
  return clientOver({
    ...identityOf('viem', urlOf(client)),
    send: (method, params) => client.request({ method, params: [...params] }),
  })
}

/** A transport over HTTP has its URL; others have none. */
function urlOf(client: object): string | null {
  const transport = 'transport' in client ? client.transport : null
  const hasUrl = typeof transport === 'object' && transport !== null && 'url' in transport
  return hasUrl && typeof transport.url === 'string' ? transport.url : null
}
