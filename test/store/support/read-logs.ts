/**
 * A process that reads the logs of one of the simulated accounts, with the cache of a folder. Says "waiting" when it comes to a
 * place, and goes on when it is written to; then what it found. Arguments: folder, number of the account, and the place: `begin`
 * (it is about to begin a chain of which it found nothing), `written` (the cache took its third chunk).
 */
import { once } from 'node:events'
import type { Store } from '../../../src/core/store.ts'
import { createCache } from '../../../src/store/create-cache.ts'
import { accountAt, logAt } from '../../rpc/log-scan/simulated-endpoint.ts'
import { check, endpoint } from '../../support/logs-run.ts'

const [directory = '', account = '', place = ''] = process.argv.slice(2)
const head = 10_000

async function wait(): Promise<void> {
  process.stdout.write('waiting\n')
  await once(process.stdin, 'data')
}

const cache = createCache({ directory })
let chunks = 0
const store: Store = {
  ...cache,
  checkpoint: {
    ...cache.checkpoint,
    beginAnew: async (chain, change) => {
      if (place === 'begin') await wait()
      return cache.checkpoint.beginAnew(chain, change)
    },
  },
  logs: {
    ...cache.logs,
    write: async (chunk) => {
      await cache.logs.write(chunk)
      if (++chunks === 3 && place === 'written') await wait()
    },
  },
}
const logs = Array.from({ length: 20 }, (_, index) =>
  logAt(
    { block: index * 500, index: 0, account: index % 2 },
    { address: `0x${(0xc0 + index).toString(16).padStart(40, '0')}` },
  ),
)
const { rpc } = endpoint(head, { logs })
const { approvals, coverage } = await check({ store, rpc, head, account: accountAt(Number(account)) })
await store.close()
process.stdin.destroy()
const found = [...new Set(approvals.map(({ log }) => Number(log.block)))].sort((one, other) => one - other)
process.stdout.write(JSON.stringify({ found, gaps: coverage.gaps.length }))
