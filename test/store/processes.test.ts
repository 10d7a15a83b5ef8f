import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { BlockRange } from '../../src/core/facts.ts'
import { clearCache } from '../../src/store/cache-status.ts'
import { openStore } from '../../src/store/open-store.ts'
import { accountAt } from '../rpc/log-scan/simulated-endpoint.ts'
import { blocks, keyOf, placesIn } from './support/chunks.ts'
import { emptyFolder } from './support/folder.ts'

const program = fileURLToPath(new URL('support/write-chunks.ts', import.meta.url))
const reader = fileURLToPath(new URL('support/read-logs.ts', import.meta.url))

function startWriter(directory: string, size: number, killedAfter?: number): ChildProcess {
  const numbers = [size, ...(killedAfter === undefined ? [] : [killedAfter])].map(String)
  const child = spawn(process.execPath, ['--import', 'tsx', program, directory, ...numbers], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

const exitCodeOf = async (child: ChildProcess) => {
  child.stdout?.resume()
  const [code] = await once(child, 'close')
  return code
}

/** Every fifth block has a log. */
function expectedIn({ fromBlock, toBlock }: BlockRange): readonly string[] {
  const all = Array.from({ length: Number(toBlock - fromBlock) + 1 }, (_, at) => Number(fromBlock) + at)
  return all.filter((block) => block % 5 === 0).map((block) => `${block}/0`)
}

describe('processes that use one cache', () => {
  test('at the same time lose nothing and keep nothing twice', async () => {
    const directory = await emptyFolder()
    const writers = [startWriter(directory, 7), startWriter(directory, 11)]
    expect(await Promise.all(writers.map(exitCodeOf))).toEqual([0, 0])
    const store = await openStore({ directory })
    expect(await store.logs.coverage(keyOf())).toEqual([blocks(0, 1999)])
    expect(await placesIn(store, blocks(0, 1999))).toEqual(expectedIn(blocks(0, 1999)))
    await store.close()
  })

  test('and are killed leave whole chunks, and the next one goes on from there', async () => {
    const directory = await emptyFolder()
    const writer = startWriter(directory, 3, 60)
    expect(await exitCodeOf(writer)).toBeNull()
    expect(writer.signalCode).toBe('SIGKILL')
    const store = await openStore({ directory })
    const [kept, ...others] = await store.logs.coverage(keyOf())
    expect(others).toEqual([])
    expect(kept?.toBlock).toBe(1999n)
    expect(kept?.fromBlock).toBeLessThanOrEqual(2000n - 60n * 3n)
    expect(kept?.fromBlock).toBeGreaterThan(0n)
    expect(await placesIn(store, kept ?? blocks(0, 0))).toEqual(expectedIn(kept ?? blocks(0, 0)))
    await store.close()
    expect(await exitCodeOf(startWriter(directory, 50))).toBe(0)
    const again = await openStore({ directory })
    expect(await placesIn(again, blocks(0, 1999))).toEqual(expectedIn(blocks(0, 1999)))
    await again.close()
  })
})

/** A run in a process of its own; it waits at a place until it is told to go on. */
async function startReader(directory: string, account: number, place: 'begin' | 'written') {
  const child = spawn(process.execPath, ['--import', 'tsx', reader, directory, String(account), place], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (part) => {
    said += part
  })
  const closed = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), closed])
  expect(said).toBe('waiting\n')
  return {
    goOn: async (): Promise<unknown> => {
      child.stdin.write('go on\n')
      expect((await closed)[0]).toBe(0)
      return JSON.parse(said.slice('waiting\n'.length))
    },
  }
}

/** Of two accounts by turns there is a log every 500 blocks. */
const foundBy = (account: number) => ({
  found: Array.from({ length: 10 }, (_, index) => (2 * index + account) * 500),
  gaps: 0,
})

describe('runs in two processes', () => {
  const coverageOf = async (directory: string, account: number) => {
    const store = await openStore({ directory })
    const coverage = await store.logs.coverage({ chain: 1, filter: 'granted', account: accountAt(account) })
    await store.close()
    return coverage
  }

  test('that both found the cache empty find and keep all, whoever begins it', async () => {
    const directory = await emptyFolder()
    const late = await startReader(directory, 1, 'begin')
    const first = await startReader(directory, 0, 'written')
    expect(await late.goOn()).toEqual(foundBy(1))
    expect(await first.goOn()).toEqual(foundBy(0))
    for (const account of [0, 1]) expect(await coverageOf(directory, account)).toEqual([blocks(0, 9_936)])
  }, 30_000)

  test('lose nothing when one clears the cache while the other reads', async () => {
    const directory = await emptyFolder()
    const run = await startReader(directory, 0, 'written')
    expect(await clearCache(directory)).toBe(true)
    expect(await coverageOf(directory, 0)).toEqual([])
    expect(await run.goOn()).toEqual(foundBy(0))
  }, 30_000)
})
