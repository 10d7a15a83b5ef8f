/** The second stack: loads its library when there is something to read, which most check-ups never need. */
import { toFactError } from '../core/errors.ts'
import type { RpcClient } from '../core/rpc.ts'
import type { SecondReader } from '../core/second-opinion.ts'
import { RequestBudgetError } from './errors.ts'
import { type Wire, wireOver } from './second-wire.ts'

export type SecondReaderOptions = {
  readonly signal: AbortSignal
  /** The first pause before a read is tried again; each later one is twice as long. */
  readonly backoffMs?: number
}

/** Reads again what a client of ours, or of the caller, can ask. Others may ask through the same one: its own reads are counted here. */
export function createSecondReader(rpc: RpcClient, { signal, backoffMs = 500 }: SecondReaderOptions): SecondReader {
  let sent = 0
  const count = (change: number) => {
    sent += change
  }
  let loading: Promise<SecondReader['read']> | null = null
  return {
    get host() {
      return rpc.host
    },
    requestCount: () => sent,
    read: async (readings) => {
      if (readings.length === 0) return []
      try {
        loading ??= import('./ethers-reader.ts').then(({ createEthersReader }) =>
          createEthersReader(counted(wireOver(rpc, signal), count), backoffMs),
        )
        return await (await loading)(readings)
      } catch (error) {
        // An installation without the library: the findings stand, and say that nobody read them again.
        return readings.map(() => ({ kind: 'failed', error: toFactError(error) }))
      }
    },
  }
}

/** What was not sent after all, because no more may be, does not count. */
function counted(wire: Wire, count: (change: number) => void): Wire {
  return {
    ...wire,
    post: async (body) => {
      count(1)
      try {
        return await wire.post(body)
      } catch (error) {
        if (error instanceof RequestBudgetError) count(-1)
        throw error
      }
    },
  }
}
