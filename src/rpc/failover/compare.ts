/** Asks an endpoint whether it is on the chain, and has the block, that a run is about. */
import { setTimeout as delay } from 'node:timers/promises'
import { numberToHex } from 'viem/utils'
import type { RpcClient } from '../../core/rpc.ts'
import { EndpointDisagreesError } from './endpoint-disagrees.ts'
import type { Reference } from './reference.ts'

export type Waiting = {
  /** Milliseconds. Endpoints hear of a new block seconds apart: one without it is asked again after each of these. */
  readonly pausesMs: readonly number[]
  readonly signal?: AbortSignal
}

/** Throws `EndpointDisagreesError`, or what the client throws. */
export async function compare(client: RpcClient, { chainId, block }: Reference, waiting: Waiting): Promise<void> {
  const place = { host: client.host, method: 'eth_chainId' }
  const actual = await client.request('eth_chainId', [])
  const said = typeof actual === 'string' && /^0x[0-9a-f]{1,16}$/i.test(actual) ? String(BigInt(actual)) : '?'
  if (said === '?' || (chainId !== null && said !== chainId))
    throw new EndpointDisagreesError(place, { kind: 'chain', expected: chainId ?? '?', actual: said })
  if (block === null) return
  const hash = await hashAt(client, block.number, waiting)
  if (hash === block.hash) return
  throw new EndpointDisagreesError(
    { ...place, method: 'eth_getBlockByNumber' },
    { kind: hash === null ? 'lacking' : 'other', block: block.number },
  )
}

/** In lower case; null when it does not have the block, and did not come to have it. */
async function hashAt(client: RpcClient, number: bigint, { pausesMs, signal }: Waiting): Promise<string | null> {
  for (const pauseMs of [0, ...pausesMs]) {
    if (pauseMs > 0) await delay(pauseMs, undefined, signal === undefined ? {} : { signal })
    const reply = await client.request('eth_getBlockByNumber', [numberToHex(number), false])
    const { hash } = (reply ?? {}) as { readonly hash?: unknown } // looked at below
    if (typeof hash === 'string') return hash.toLowerCase()
  }
  return null
}
