/** The second stack: loads its library when there is something to read, which most check-ups never need. */
import { toFactError } from '../core/errors.ts'
import type { RpcClient } from '../core/rpc.ts'
import type { SecondReader } from '../core/second-opinion.ts'
import { wireOver } from './second-wire.ts'

export type SecondReaderOptions = {
  readonly signal: AbortSignal
  /** The first pause before a read is tried again; each later one is twice as long. */
  readonly backoffMs?: number
}

/** Reads again what a client of ours, or of the caller, can ask. Its requests are counted there. */
export function createSecondReader(rpc: RpcClient, { signal, backoffMs = 500 }: SecondReaderOptions): SecondReader {
  const before = rpc.requestCount()
  let loading: Promise<SecondReader['read']> | null = null
  return {
    get host() {
      return rpc.host
    },
    requestCount: () => rpc.requestCount() - before,
    read: async (readings) => {
      if (readings.length === 0) return []
      try {
        loading ??= import('./ethers-reader.ts').then(({ createEthersReader }) =>
          createEthersReader(wireOver(rpc, signal), backoffMs),
        )
        return await (await loading)(readings)
      } catch (error) {
        // An installation without the library: the findings stand, and say that nobody read them again.
        return readings.map(() => ({ kind: 'failed', error: toFactError(error) }))
      }
    },
  }
}
