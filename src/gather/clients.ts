/** Who is asked about a target: the endpoint under check, and whoever reads serious findings again. */
import type { RpcClient } from '../core/rpc.ts'
import { InvalidOptionError } from '../engine/option-errors.ts'
import type { GatherOptions } from '../engine/options.ts'
import type { SecondReaders } from '../engine/second-opinion.ts'
import { besideOthers, createRpcClient, type RpcClientOptions } from '../rpc/client.ts'
import { endpointIdOf } from '../rpc/endpoint.ts'
import { createFailover } from '../rpc/failover/failover.ts'
import { createSecondReader } from '../rpc/second-reader.ts'
import { together } from '../rpc/session/session.ts'

/** @throws InvalidOptionError, InvalidEndpointError */
export async function clientOf(options: GatherOptions, signal: AbortSignal): Promise<RpcClient> {
  const { rpc, failoverUrls = [], onFailover, chainId } = options
  if (rpc !== undefined) return rpc
  const [first, ...others] = [urlOf(options), ...failoverUrls]
  const limits = { signal, ...limitsOf(options) }
  if (others.length === 0) return clientFor(first, options, limits)
  const client = await clientFor(first, options, { ...limits, ...besideOthers })
  const rest = await Promise.all(
    others.map((url, index) => clientFor(url, options, { ...limits, ...(index < others.length - 1 && besideOthers) })),
  )
  const onSwitch = ({ from, to }: { readonly from: string; readonly to: string }) => onFailover?.({ from, to })
  return createFailover([client, ...rest], { signal, onSwitch, ...(chainId !== undefined && { chainId }) })
}

type Limits = Omit<RpcClientOptions, 'url'>

async function clientFor(url: string, { store }: GatherOptions, limits: Limits): Promise<RpcClient> {
  const known = await store?.endpoints.limits(endpointIdOf(url))
  return createRpcClient({ url, knownRate: known?.requestsPerSecond ?? null, ...limits })
}

/** That an endpoint is named, each once and as a URL that can be asked. @throws InvalidOptionError, InvalidEndpointError */
export function checkEndpoints(options: GatherOptions): void {
  const { rpc, rpcUrl, failoverUrls = [], secondRpc, secondRpcUrl, secondOpinion } = options
  if (rpc !== undefined && rpcUrl !== undefined)
    throw new InvalidOptionError('rpc', 'it is given together with rpcUrl', 'Give one of the two.')
  if (rpc !== undefined && failoverUrls.length > 0)
    throw new InvalidOptionError('failoverUrls', 'it is given together with rpc', 'Give createFailover([…]) as rpc.')
  const ids = [rpc?.endpointId ?? endpointIdOf(urlOf(options)), ...failoverUrls.map(endpointIdOf)]
  if (new Set(ids).size < ids.length)
    throw new InvalidOptionError('failoverUrls', 'an endpoint is named twice', 'Give other endpoints.')
  if (secondOpinion === false || secondRpcUrl === undefined) return
  if (secondRpc !== undefined)
    throw new InvalidOptionError('secondRpc', 'it is given together with secondRpcUrl', 'Give one of the two.')
  if (ids.includes(endpointIdOf(secondRpcUrl)))
    throw new InvalidOptionError('secondRpcUrl', 'it is the endpoint under check', 'Give another endpoint.')
}

function urlOf({ rpcUrl }: GatherOptions): string {
  if (rpcUrl !== undefined) return rpcUrl
  throw new InvalidOptionError(
    'rpcUrl',
    'it is missing',
    'Give rpcUrl: https://rpc.example, or a client of yours as rpc.',
  )
}

/** Clients of second endpoints, each for all targets that name it. */
export type SecondClients = Map<string, RpcClient>
type SecondRun = { readonly rpc: RpcClient; readonly signal: AbortSignal; readonly seconds?: SecondClients }

/** null when no second opinion is wanted. */
export function secondReadersOf(options: GatherOptions, { rpc, signal, seconds }: SecondRun): SecondReaders | null {
  if (options.secondOpinion === false) return null
  const second = seconds === undefined ? secondClientOf(options, signal) : sharedSecond(options, seconds)
  return {
    first: createSecondReader(rpc, { signal }),
    ...(second !== null && { second: createSecondReader(second, { signal }) }),
  }
}

function secondClientOf(options: GatherOptions, signal?: AbortSignal): RpcClient | null {
  const { secondRpcUrl, secondRpc } = options
  if (secondRpcUrl === undefined) return secondRpc ?? null
  return createRpcClient({ url: secondRpcUrl, ...(signal !== undefined && { signal }), ...limitsOf(options) })
}

/** No signal ends its requests: they may be somebody else's. */
function sharedSecond(options: GatherOptions, seconds: SecondClients): RpcClient | null {
  const { secondRpcUrl, timeoutMs, maximumRps, maximumRequests } = options
  if (secondRpcUrl === undefined) return secondClientOf(options)
  const key = JSON.stringify([secondRpcUrl, timeoutMs, maximumRps, maximumRequests])
  const known = seconds.get(key) ?? secondClientOf(options)
  if (known === null) return null
  seconds.set(key, known)
  return together(known)
}

/** What holds for each endpoint by its URL. */
function limitsOf({ timeoutMs, maximumRps, maximumRequests }: GatherOptions) {
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maximumRps !== undefined && { maximumRps }),
    ...(maximumRequests !== undefined && { maximumRequests }),
  }
}
