/** Scans one account's logs into a store on disk and reads whom its transfers name, in a process that does nothing else, and says what came of it. */
import { readTransfers } from '../src/collectors/logs/read-transfers.ts'
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
  /** Distinct addresses that the transfers name. */
  readonly counterparties: number
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
  const account = accountAt(0)
  const transfers = readTransfers({ owner: account, listed: [], tokens: new Set() })
  let kept = 0
  for (const begin of [() => transfers.first, transfers.second]) {
    const hear = begin()
    kept = 0
    for (const filter of logFilters) {
      for await (const logs of store.logs.read({ chain, filter: filter.name, account }, range)) {
        kept += logs.count
        hear(filter, logs)
      }
    }
  }
  await store.close()
  // The system counts it in KiB.
  const { counterparties } = transfers.result()
  const report: MemoryReport = {
    kept,
    gaps: gaps.length,
    counterparties,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }
  process.send?.(report)
}
