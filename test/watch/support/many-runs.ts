/**
 * A process that watches: the real command with a clock that never waits. Prints the bytes in use after some of its runs, as JSON.
 * Needs --expose-gc. Arguments: the URL of a node, the folder of the cache, and after which runs, the last of which ends it.
 */

import watch from '../../../src/cli/commands/watch.ts'
import type { CliContext } from '../../../src/cli/context.ts'
import { loadCliWords } from '../../../src/cli/words/load.ts'
import { readEnvironment } from '../../../src/config/environment.ts'
import type { Clock } from '../../../src/watch/loop.ts'

const [url = '', cacheDir = '', ...measured] = process.argv.slice(2)
const after = measured.map(Number)
const controller = new AbortController()
let nowMs = Date.now()
const clock: Clock = {
  now: () => nowMs,
  sleep: async (milliseconds) => {
    nowMs += milliseconds
    // What is ready comes first, as it would while a real watch waits.
    await new Promise((resolve) => setImmediate(resolve))
  },
}

const used: number[] = []
let results = new Set<string>()
const say = (line: string) => {
  const [, number, result = ''] = / Run (\d+): ([^;]*); /.exec(line) ?? []
  results = new Set([...results, result])
  if (!after.includes(Number(number))) return
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  used.push(heapUsed + external)
  if (Number(number) === after.at(-1)) controller.abort()
}

const context: CliContext = {
  locale: 'en',
  words: await loadCliWords('en'),
  environment: readEnvironment({}),
  variables: {},
  signal: controller.signal,
  print: () => {},
  say,
  stdout: process.stdout,
  stderr: process.stderr,
}
const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const flags = { rpcUrl: [url], rule: ['stale-head'], every: '10m', listen: 'off', quiet: true, cacheDir }
await watch([account], flags, context, clock)
process.stdout.write(JSON.stringify({ used, results: [...results] }))
