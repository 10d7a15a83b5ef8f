/** Scans one account's logs into a store on disk, in a process that does nothing else, and says what came of it. */
import { logFilters } from '../src/domain/log-filters.ts'
import { createRpcClient } from '../src/rpc/client.ts'
import { scanLogs } from '../src/rpc/log-scan/scan.ts'
import { createCache } from '../src/store/create-cache.ts'
import { blockHash } from './synthetic-chain.ts'
import { accountAt } from './synthetic-log.ts'

export type MemoryReport = {
  /** Logs that the store holds at the end. */
  readonly kept: number
  readonly gaps: number
  /** The most memory that the whole process ever held. */
  readonly peakBytes: number
}

const [url = '', directory = '', blocks = '0'] = process.argv.slice(2)
const chain = 1
const range = { fromBlock: 0n, toBlock: BigInt(blocks) }
const head = Number(blocks)
const store = createCache({
  directory,
  onTrouble: (error) => {
    throw error
  },
})
scan()

async function scan(): Promise<void> {
  const { gaps } = await scanLogs(
    createRpcClient({ url }),
    {
      filters: logFilters,
      accounts: [accountAt(0)],
      ranges: () => [range],
      pinned: { number: range.toBlock, hash: blockHash(head), timestamp: 1_600_000_000 + head * 12 },
    },
    {
      onChunk: (chunk) => store.logs.write({ ...chunk, chain }),
    },
  )
  let kept = 0
  for (const { name } of logFilters) {
    for await (const { count } of store.logs.read({ chain, filter: name, account: accountAt(0) }, range)) kept += count
  }
  await store.close()
  // The system counts it in KiB.
  const report: MemoryReport = { kept, gaps: gaps.length, peakBytes: process.resourceUsage().maxRSS * 1024 }
  process.send?.(report)
}
