/** Targets that are asked at the same endpoint, about the same chain and block: what one of them learns holds for all. */
import { setMaxListeners } from 'node:events'
import { tell } from '../core/listener.ts'
import type { RpcClient } from '../core/rpc.ts'
import type { GatherOptions } from '../engine/options.ts'
import { endpointIdOf } from '../rpc/endpoint.ts'
import { runSignal } from '../rpc/run-signal.ts'
import { clientOf } from './clients.ts'
import type { Prepared } from './prepare.ts'

export type Endpoint = {
  readonly rpc: RpcClient
  /** Those of one group are about the same chain and block. */
  readonly groups: readonly (readonly Prepared[])[]
  /** Takes back the requests that nobody waits for any more. */
  readonly end: () => void
}

/** One client for each endpoint and what limits it. */
export async function groupTargets(targets: readonly Prepared[]): Promise<readonly Endpoint[]> {
  const byEndpoint = groupBy(targets, ({ options }) => options.rpc ?? endpointKey(options))
  return Promise.all(
    byEndpoint.map(async (members) => {
      const { signal, end } = runSignal(whenAllStop(members))
      return {
        rpc: await clientOf({ ...members[0].options, onFailover: tellAll(members) }, signal),
        groups: groupBy(members, ({ asked }) => `${asked.expectedChainId} ${asked.block}`),
        end,
      }
    }),
  )
}

function endpointKey({
  rpcUrl = '',
  failoverUrls = [],
  chainId,
  timeoutMs,
  maximumRps,
  maximumRequests,
}: Prepared['options']): string {
  // Which chain another endpoint must serve depends on the one that was named.
  const others = failoverUrls.length === 0 ? [] : [...failoverUrls, chainId]
  return JSON.stringify([endpointIdOf(rpcUrl), rpcUrl, others, timeoutMs, maximumRps, maximumRequests])
}

function groupBy<Key>(targets: readonly Prepared[], keyOf: (target: Prepared) => Key) {
  const groups = new Map<Key, [Prepared, ...Prepared[]]>()
  for (const target of targets) {
    const group = groups.get(keyOf(target))
    if (group === undefined) groups.set(keyOf(target), [target])
    else group.push(target)
  }
  return [...groups.values()]
}

/** Each listener hears it once, however many targets name it. */
function tellAll(targets: readonly Prepared[]): NonNullable<GatherOptions['onFailover']> {
  const listeners = new Set(targets.flatMap(({ options: { onFailover = [] } }) => onFailover))
  return (change) => {
    for (const listener of listeners) tell(listener, change)
  }
}

/** A client ends its requests when nobody waits for them any more. */
function whenAllStop(targets: readonly Prepared[]): AbortSignal {
  const all = new AbortController()
  setMaxListeners(0, all.signal)
  const check = () => {
    if (targets.every(({ signal }) => signal.aborted)) all.abort()
  }
  for (const { signal } of targets) signal.addEventListener('abort', check, { once: true })
  check()
  return all.signal
}
