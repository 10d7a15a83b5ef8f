import { describe, expect, onTestFinished, test } from 'vitest'
import type { RpcClient } from '../../src/core/rpc.ts'
import type { Store } from '../../src/core/store.ts'
import { clearCache } from '../../src/store/cache-status.ts'
import { createCache } from '../../src/store/create-cache.ts'
import { CacheDamagedError } from '../../src/store/errors.ts'
import { forgivingStore } from '../../src/store/forgiving-store.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { account, accountAt, every, range } from '../rpc/log-scan/simulated-endpoint.ts'
import { emptyFolder } from '../store/support/folder.ts'
import { check, endpoint } from '../support/logs-run.ts'

const head = 10_000
/** Each of another contract: none stands for one that was lost. */
const logs = every(500, head).map((log, index) => ({
  ...log,
  address: `0x${(0xc000 + index).toString(16).padStart(40, '0')}`,
}))
const node = (last = head) => endpoint(last, { logs })
const undisturbed = (last = head) => check({ rpc: node(last).rpc, head: last })

function cacheOf(directory: string): Store {
  const store = createCache({ directory })
  onTestFinished(() => store.close())
  return store
}

/** Does something while the given request for logs is answered. */
function during(rpc: RpcClient, count: number, act: () => Promise<unknown>): RpcClient {
  let asked = 0
  const request: RpcClient['request'] = async (method, params) => {
    const reply = await rpc.request(method, params)
    if (method === 'eth_getLogs' && ++asked === count) await act()
    return reply
  }
  return { ...rpc, request }
}

function signalled() {
  let tell = () => {}
  const told = new Promise<void>((resolve) => {
    tell = resolve
  })
  return { tell: () => tell(), told }
}

test('a run without a cache finds the approvals of every contract', async () => {
  const { approvals, missing } = await undisturbed()
  expect(
    approvals.map(({ log }) => log.block).filter((block, index, all) => all.indexOf(block) === index),
  ).toHaveLength(21)
  expect(missing).toEqual([])
})

describe('a run finds what an undisturbed one finds', () => {
  test('when another process clears the cache in the middle of its scan', async () => {
    const directory = await emptyFolder()
    const rpc = during(node().rpc, 12, () => clearCache(directory))
    expect(await check({ store: cacheOf(directory), rpc, head })).toEqual(await undisturbed())
  })

  test('when another process clears what earlier runs had read', async () => {
    const directory = await emptyFolder()
    const store = cacheOf(directory)
    await check({ store, rpc: node().rpc, head })
    const rpc = during(node(10_700).rpc, 1, () => clearCache(directory))
    expect(await check({ store, rpc, head: 10_700 })).toEqual(await undisturbed(10_700))
  })

  test('when the cache proves to be damaged after the scan', async () => {
    const inner = memoryStore()
    const learn = async () => {
      throw new CacheDamagedError()
    }
    const told: string[] = []
    const store = forgivingStore({
      open: async () => ({ ...inner, endpoints: { ...inner.endpoints, learn } }),
      onTrouble: ({ code }) => told.push(code),
    })
    expect(await check({ store, rpc: node().rpc, head })).toEqual(await undisturbed())
    expect(told).toEqual(['cache-damaged'])
  })

  test('when a run for another account found the cache empty, too, and begins it late', async () => {
    const directory = await emptyFolder()
    const [hasWritten, isEmptied] = [signalled(), signalled()]
    const cache = cacheOf(directory)
    const write: Store['logs']['write'] = async (chunk) => {
      await cache.logs.write(chunk)
      hasWritten.tell()
    }
    const first = {
      store: { ...cache, logs: { ...cache.logs, write } },
      rpc: during(node().rpc, 12, () => isEmptied.told),
    }
    const own = node().rpc
    const late: RpcClient['request'] = async (method, params) => {
      if (params[0] === 'finalized') await hasWritten.told
      if (method === 'eth_getLogs') isEmptied.tell()
      return own.request(method, params)
    }
    const other = cacheOf(directory)
    for (const store of [cache, other]) expect(await store.checkpoint.get(1)).toBeNull()
    const second = check({ store: other, rpc: { ...own, request: late }, head, account: accountAt(1) })
    const [found] = await Promise.all([check({ ...first, head }), second])
    expect(found).toEqual(await undisturbed())
    for (const [store, who] of [
      [cache, account],
      [other, accountAt(1)],
    ] as const) {
      expect(await store.logs.coverage({ chain: 1, filter: 'granted', account: who })).toEqual([range(0, 9_936)])
    }
  })
})
