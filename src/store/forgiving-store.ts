/** A store that cannot end a run: the first trouble is told, and the run goes on as if nothing were kept. */
import type { CheckupError } from '../core/errors.ts'
import type { BlockRange } from '../core/facts.ts'
import type { LogKey, Store } from '../core/store.ts'
import { mergeRanges, subtractRanges } from '../domain/block-range.ts'
import { BlocksNotKeptError, CacheDamagedError, toCacheError } from './errors.ts'
import { memoryStore } from './memory-store.ts'

type Setting = {
  /** Called when the store is first used. */
  readonly open: () => Promise<Store>
  /** Hears of the first trouble, and of no other. */
  readonly onTrouble: (error: CheckupError) => void
  /** Called when a store that proved to be damaged has been closed. */
  readonly putAside?: () => Promise<void>
}

/**
 * What the run writes after the trouble is kept in memory, so it may read back all it wrote. What was kept before stays
 * readable when only writing failed. Reading what cannot be read any more throws: it is never an empty answer.
 */
export function forgivingStore(setting: Setting): Store {
  const guard = createGuard(setting)
  const { attempt } = guard
  const memory = memoryStore()
  return {
    logs: forgivingLogs(guard, memory.logs),
    checkpoint: forgivingCheckpoint(guard, memory.checkpoint),
    endpoints: {
      limits: (endpoint) =>
        attempt('read', { action: (store) => store.endpoints.limits(endpoint), instead: () => null }),
      learn: (endpoint, limits) =>
        attempt('write', { action: (store) => store.endpoints.learn(endpoint, limits), instead: nothing }),
    },
    immutable: {
      get: (key) => attempt('read', { action: (store) => store.immutable.get(key), instead: () => null }),
      put: (key, value) => attempt('write', { action: (store) => store.immutable.put(key, value), instead: nothing }),
    },
    reports: {
      // What could not be written is newer than what is there.
      get: async (key) =>
        (await memory.reports.get(key)) ??
        attempt('read', { action: (store) => store.reports.get(key), instead: () => null }),
      put: (key, report) =>
        attempt('write', {
          action: (store) => store.reports.put(key, report),
          instead: () => memory.reports.put(key, report),
        }),
    },
    pending: {
      firstSeen: (chain, hashes, now) =>
        attempt('write', {
          action: (store) => store.pending.firstSeen(chain, hashes, now),
          instead: () => memory.pending.firstSeen(chain, hashes, now),
        }),
    },
    close: guard.close,
  }
}

type Attempt = <Result>(
  need: 'read' | 'write',
  how: { readonly action: (store: Store) => Promise<Result>; readonly instead: () => Result | Promise<Result> },
) => Promise<Result>

type Guard = {
  readonly attempt: Attempt
  /** The store, while it can be read. Throws the trouble when it cannot. */
  readonly readable: () => Promise<Store>
  readonly giveUp: (need: 'read' | 'write', error: unknown) => CheckupError
  readonly close: () => Promise<void>
}

function createGuard({ open, onTrouble, putAside }: Setting): Guard {
  let opened: Promise<Store> | null = null
  let usableFor: 'write' | 'read' | 'nothing' = 'write'
  let trouble: CheckupError | null = null
  const giveUp: Guard['giveUp'] = (need, thrown) => {
    const error = toCacheError(thrown)
    usableFor =
      need === 'write' && !(error instanceof CacheDamagedError) && usableFor !== 'nothing' ? 'read' : 'nothing'
    if (trouble === null) onTrouble(error)
    trouble ??= error
    return error
  }
  const store = () => {
    opened ??= open()
    return opened
  }
  return {
    giveUp,
    attempt: async (need, { action, instead }) => {
      if (usableFor !== 'write' && usableFor !== need) return instead()
      try {
        return await action(await store())
      } catch (error) {
        giveUp(need, error)
        return instead()
      }
    },
    readable: async () => {
      if (usableFor === 'nothing') throw trouble ?? new BlocksNotKeptError()
      return store()
    },
    close: async () => {
      if (opened === null) return
      await opened.then((store) => store.close()).catch((error) => giveUp('read', error))
      // When this fails as well, the next run tries it again; the damage itself was told.
      if (trouble instanceof CacheDamagedError) await putAside?.().catch(nothing)
    },
  }
}

function forgivingCheckpoint({ attempt, giveUp }: Guard, memory: Store['checkpoint']): Store['checkpoint'] {
  return {
    // What could not be written is newer than what is there.
    get: async (chain) =>
      (await memory.get(chain)) ??
      attempt('read', { action: (store) => store.checkpoint.get(chain), instead: () => null }),
    set: (chain, block) =>
      attempt('write', {
        action: (store) => store.checkpoint.set(chain, block),
        instead: () => memory.set(chain, block),
      }),
    beginAnew: async (chain, change) => {
      const isBegun = await attempt('write', {
        action: (store) => store.checkpoint.beginAnew(chain, change),
        instead: () => null,
      })
      if (isBegun !== null) return isBegun
      // Logs that could not be dropped must not be served.
      giveUp('read', new BlocksNotKeptError())
      return memory.beginAnew(chain, change)
    },
  }
}

function forgivingLogs({ attempt, readable, giveUp }: Guard, memory: Store['logs']): Store['logs'] {
  return {
    coverage: async (key) => {
      const kept = await attempt('read', { action: (store) => store.logs.coverage(key), instead: () => [] })
      return mergeRanges([...kept, ...(await memory.coverage(key))])
    },
    write: (chunk) =>
      attempt('write', { action: (store) => store.logs.write(chunk), instead: () => memory.write(chunk) }),
    forget: async (blocks) => {
      await memory.forget(blocks)
      const isDone = await attempt('write', {
        action: (store) => store.logs.forget(blocks).then(() => true),
        instead: () => false,
      })
      // Blocks that could not be forgotten must not be served.
      if (!isDone) giveUp('read', new BlocksNotKeptError())
    },
    read: (key, range) => readBoth({ key, range }, { memory, readable, giveUp }),
  }
}

type Sources = Pick<Guard, 'readable' | 'giveUp'> & { readonly memory: Store['logs'] }

/** From memory what is there, the rest from the store, in the order of blocks. */
async function* readBoth(
  { key, range }: { readonly key: LogKey; readonly range: BlockRange },
  { memory, readable, giveUp }: Sources,
): ReturnType<Store['logs']['read']> & AsyncGenerator {
  const elsewhere = subtractRanges(range, await memory.coverage(key))
  const inMemory = subtractRanges(range, elsewhere)
  for (const part of [...inMemory, ...elsewhere].sort((one, other) => (one.fromBlock < other.fromBlock ? -1 : 1))) {
    if (inMemory.includes(part)) {
      yield* memory.read(key, part)
      continue
    }
    const store = await readable()
    try {
      yield* store.logs.read(key, part)
    } catch (error) {
      if (error instanceof BlocksNotKeptError) throw error
      throw giveUp('read', error)
    }
  }
}

function nothing(): void {}
