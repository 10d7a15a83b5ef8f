/** ENS names, resolved by the chain alone. Gateways outside the chain would learn whose account is looked at. */
import type { Address } from 'viem'
import type { ReadMethod, RpcClient } from '../core/rpc.ts'
import type { ProviderCall } from './ens-client.ts'
import {
  EnsNameNotFoundError,
  EnsNotAvailableError,
  EnsOffchainNameError,
  RpcError,
  RpcRefusedError,
} from './errors.ts'
import { chainById } from './public-endpoint.ts'

/** The selector of `OffchainLookup`. https://eips.ethereum.org/EIPS/eip-3668 */
const offchainLookup = '0x556f1830'

/**
 * The address a name points to at the newest block, in EIP-55 spelling. Throws `EnsNotAvailableError`,
 * `EnsNameNotFoundError`, `EnsOffchainNameError`, or the `RpcError` of the call.
 */
export async function resolveEns(rpc: RpcClient, name: string, chainId: number): Promise<Address> {
  const chain = await chainById(chainId)
  if (chain?.contracts?.ensUniversalResolver === undefined) throw new EnsNotAvailableError(chainId)
  const { askForAddress, normalize } = await import('./ens-client.ts')
  const normalized = normalize(name)
  if (normalized === null) throw new EnsNameNotFoundError(name)
  const seen: Failures = { rpcError: null, isOffchain: false }
  try {
    const address = await askForAddress(chain, normalized, (call) => request(rpc, call, seen))
    if (address !== null) return address
  } catch (error) {
    // viem wraps what the client threw, in words that may be long; the cause is what the reader needs.
    if (seen.isOffchain) throw new EnsOffchainNameError(name)
    throw seen.rpcError ?? error
  }
  throw new EnsNameNotFoundError(name)
}

type Failures = { rpcError: RpcError | null; isOffchain: boolean }

async function request(rpc: RpcClient, { method, params }: ProviderCall, seen: Failures): Promise<unknown> {
  try {
    return await rpc.request(method as ReadMethod, Array.isArray(params) ? params : []) // the client checks the method
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
    seen.rpcError = error
    if (!(error instanceof RpcRefusedError)) throw error
    // viem reads reverts from errors of this shape. https://eips.ethereum.org/EIPS/eip-1193
    const { nodeCode: code, nodeMessage, nodeData: data } = error
    seen.isOffchain ||= JSON.stringify(data ?? null).includes(offchainLookup)
    throw Object.assign(new Error(nodeMessage), { code, data })
  }
}
