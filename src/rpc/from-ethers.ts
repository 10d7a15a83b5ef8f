import type { RpcClient } from '../core/rpc.ts'
import { clientOver, identityOf } from './held-client.ts'

/** What is needed of a provider: ethers' `JsonRpcProvider`, `BrowserProvider` and `WebSocketProvider` are such. */
export type EthersProvider = {
  // biome-ignore lint/suspicious/noExplicitAny: ethers declares its parameters so
  readonly send: (method: string, params: any) => Promise<unknown>
}

/**
 * An ethers provider as the client of a check-up: `checkup({ rpc: fromEthers(provider), … })`. Only read methods go through it.
 * Its own settings for retries, timeouts and batches hold.
 */
export function fromEthers(provider: EthersProvider): RpcClient {
  return clientOver({
    ...identityOf('ethers', urlOf(provider)),
    send: (method, params) => provider.send(method, [...params]),
  })
}

/** Providers over HTTP tell their connection; others have none, or throw. */
function urlOf(provider: object): string | null {
  if (!('_getConnection' in provider) || typeof provider._getConnection !== 'function') return null
  try {
    const connection: unknown = provider._getConnection()
    const hasUrl = typeof connection === 'object' && connection !== null && 'url' in connection
    return hasUrl && typeof connection.url === 'string' ? connection.url : null
  } catch {
    return null // without a URL the client is known by its library's name
  }
}
