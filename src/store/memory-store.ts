/** A store that ends with the process: for a run whose cache cannot be used, and for tests. */
import type { Hex } from 'viem'
import type { BlockRange } from '../core/facts.ts'
import type { EndpointLimits } from '../core/log-scan.ts'
import type { Checkpoint, LogKey, Store } from '../core/store.ts'
import { mergeRanges, subtractRanges } from '../domain/block-range.ts'
import { slicePacked } from '../domain/packed-logs.ts'
import { splitByAccount } from '../domain/split-packed.ts'
import type { Part } from './cut-by-size.ts'
import { BlocksNotKeptError } from './errors.ts'
import { isSameBlock } from './same-block.ts'

type Series = {
  readonly chain: number
  readonly covered: readonly BlockRange[]
  /** Oldest first, apart from each other, each with logs. */
  readonly parts: readonly Part[]
}

export function memoryStore(): Store {
  const checkpoints = new Map<number, Checkpoint>()
  const { logs, dropChain } = memoryLogs()
  const limits = new Map<string, EndpointLimits>()
  const values = new Map<string, string>()
  const reports = new Map<string, string>()
  const seen = new Map<string, number>()
  return {
    logs,
    checkpoint: {
      get: async (chain) => checkpoints.get(chain) ?? null,
      set: async (chain, block) => void checkpoints.set(chain, block),
      beginAnew: async (chain, { seen, block }) => {
        if (!isSameBlock(checkpoints.get(chain) ?? null, seen)) return false
        dropChain(chain)
        checkpoints.set(chain, block)
        return true
      },
    },
    endpoints: {
      limits: async (endpoint) => limits.get(endpoint) ?? null,
      learn: async (endpoint, learned) => void limits.set(endpoint, learned),
    },
    immutable: {
      get: async (key) => values.get(key) ?? null,
      put: async (key, value) => void values.set(key, value),
    },
    reports: {
      get: async (key) => reports.get(key) ?? null,
      put: async (key, report) => void reports.set(key, report),
    },
    pending: {
      firstSeen: async (chain, hashes, now) => {
        const times = hashes.map((given): [Hex, number] => {
          const hash = given.toLowerCase() as Hex // it was one before
          return [hash, Math.min(seen.get(`${chain} ${hash}`) ?? now, now)]
        })
        for (const [hash, time] of times) seen.set(`${chain} ${hash}`, time)
        return new Map(times)
      },
    },
    close: async () => {},
  }
}

function memoryLogs(): { readonly logs: Store['logs']; readonly dropChain: (chain: number) => void } {
  const series = new Map<string, Series>()
  const dropChain = (chain: number) => {
    for (const [name, kept] of series) if (kept.chain === chain) series.delete(name)
  }
  const logs: Store['logs'] = {
    coverage: async (key) => series.get(nameOf(key))?.covered ?? [],
    write: async ({ chain, filter, accounts, range, logs }) => {
      const found = splitByAccount(logs, filter.accountPosition)
      for (const given of accounts) {
        const account = given.toLowerCase() as typeof given // it was one before
        const name = nameOf({ chain, filter: filter.name, account })
        const kept = cleared(series.get(name) ?? { chain, covered: [], parts: [] }, range)
        const added = found.get(account)
        const parts = added === undefined ? kept.parts : [...kept.parts, { range, logs: added }].sort(byFirstBlock)
        series.set(name, { chain, covered: mergeRanges([...kept.covered, range]), parts })
      }
    },
    read: async function* (key, range) {
      const { covered = [], parts = [] } = series.get(nameOf(key)) ?? {}
      if (subtractRanges(range, covered).length > 0) throw new BlocksNotKeptError()
      for (const { logs } of parts) {
        const wanted = slicePacked(logs, range)
        if (wanted.count > 0) yield wanted
      }
    },
    forget: async ({ chain, filter, accounts, range }) => {
      for (const account of accounts) {
        const name = nameOf({ chain, filter: filter.name, account })
        const kept = series.get(name)
        if (kept !== undefined) series.set(name, cleared(kept, range))
      }
    },
  }
  return { logs, dropChain }
}

function cleared({ chain, covered, parts }: Series, gone: BlockRange): Series {
  return {
    chain,
    covered: covered.flatMap((range) => subtractRanges(range, [gone])),
    parts: parts
      .flatMap(({ range, logs }) =>
        subtractRanges(range, [gone]).map((rest) => ({ range: rest, logs: slicePacked(logs, rest) })),
      )
      .filter(({ logs }) => logs.count > 0),
  }
}

function byFirstBlock(one: Part, other: Part): number {
  return one.range.fromBlock < other.range.fromBlock ? -1 : 1
}

function nameOf({ chain, filter, account }: LogKey): string {
  return `${chain} ${filter} ${account.toLowerCase()}`
}
