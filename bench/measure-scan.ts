/** Runs the scan of this project against a provider, blind, and weighs what came of it. */
import type { LogChunk, LogGap } from '../src/core/log-scan.ts'
import { logFilters } from '../src/domain/log-filters.ts'
import { createRpcClient } from '../src/rpc/client.ts'
import { scanLogs } from '../src/rpc/log-scan/scan.ts'
import { judge, type Verdict } from './judge.ts'
import type { Profile } from './profiles.ts'
import type { Books } from './provider.ts'
import { type Provider, withProvider } from './start-provider.ts'
import { blockHash, createChain, fewestRanges } from './synthetic-chain.ts'
import { accountAt } from './synthetic-log.ts'

export type Measured = {
  readonly wallSeconds: number
  readonly books: Books
  readonly verdict: Verdict
  readonly gaps: readonly LogGap[]
  /** The fewest answers that hold everything within the provider's caps. */
  readonly fewest: number
  readonly limits: Awaited<ReturnType<typeof scanLogs>>['limits']
}

type Way = {
  /** How many of the chain's accounts are read; all of them by default. */
  readonly accounts?: number
  /** What happens to the provider while the scan runs. */
  readonly meanwhile?: (provider: Provider) => Promise<void>
}

export function measureScan(profile: Profile, way: Way = {}): Promise<Measured> {
  return withProvider(profile, (provider) => measureAt(provider, profile, way))
}

async function measureAt(provider: Provider, profile: Profile, { accounts = profile.accounts, meanwhile }: Way) {
  const chain = createChain(profile)
  const range = { fromBlock: 0n, toBlock: BigInt(profile.blocks) }
  const chunks: LogChunk[] = []
  const rpc = createRpcClient({ url: provider.url })
  // The connection and the compiler's first look are not what is measured.
  await rpc.request('eth_chainId', [])
  await provider.reset()
  const disturbance = meanwhile?.(provider)
  const startedAt = performance.now()
  const { gaps, limits } = await scanLogs(
    rpc,
    {
      filters: logFilters,
      accounts: Array.from({ length: accounts }, (_, index) => accountAt(index)),
      ranges: () => [range],
      pinned: {
        number: range.toBlock,
        hash: blockHash(profile.blocks),
        timestamp: 1_600_000_000 + profile.blocks * 12,
      },
    },
    { onChunk: (chunk) => void chunks.push(chunk) },
  )
  const wallSeconds = (performance.now() - startedAt) / 1000
  await disturbance
  const books = await provider.books()
  const verdict = judge({ chunks, gaps }, { chain, filters: logFilters, accounts, range })
  const fewest = logFilters.reduce((sum, filter) => sum + fewestRanges(chain.truth(filter, accounts), profile), 0)
  return { wallSeconds, books, verdict, gaps, fewest, limits }
}
