import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { BlockRange } from '../../src/core/facts.ts'
import { openStore } from '../../src/store/open-store.ts'
import { blocks, keyOf, placesIn } from './support/chunks.ts'
import { emptyFolder } from './support/folder.ts'

const program = fileURLToPath(new URL('support/write-chunks.ts', import.meta.url))

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
