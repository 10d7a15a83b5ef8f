/** The chain and the block of a run, read once for all accounts that are read together. */
import chainCollector from '../collectors/chain.ts'
import { defineCollector } from '../core/collector.ts'
import type { RpcClient } from '../core/rpc.ts'
import type { AnyCollector } from '../engine/collect.ts'
import { RequestStoppedError } from '../rpc/errors.ts'

/**
 * Of these collectors, the one of the chain asks through `root`, and all accounts take its answer: one that is stopped stops nobody else.
 * A failure is everybody's who waits for it, and whoever comes later asks again.
 */
export function withPin(root: RpcClient): (collectors: readonly AnyCollector[]) => readonly AnyCollector[] {
  let pin: ReturnType<typeof chainCollector.fetch> | null = null
  const pinned = defineCollector({
    ...chainCollector,
    fetch: (context) => {
      pin ??= chainCollector.fetch({ ...context, rpc: root }, {}).catch((error: unknown) => {
        pin = null
        throw error
      })
      return untilStopped(pin, context)
    },
  })
  return (collectors) => collectors.map((collector) => (collector.key === 'chain' ? pinned : collector))
}

type Waiting = { readonly rpc: RpcClient; readonly signal: AbortSignal }

function untilStopped<Value>(value: Promise<Value>, { rpc, signal }: Waiting): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new RequestStoppedError({ host: rpc.host, method: 'eth_getBlockByNumber' }))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    value.finally(() => signal.removeEventListener('abort', stop)).then(resolve, reject)
  })
}
