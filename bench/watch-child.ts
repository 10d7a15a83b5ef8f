/**
 * A process that watches: the real command with a clock that never waits. Needs --expose-gc and a parent to talk to.
 * Arguments: after which runs the bytes in use are told, as JSON, the last of which ends it; then the account and the options, as JSON.
 * Before each further run it sends the number of the one that ended, and waits for a word.
 */
import { once } from 'node:events'
import type { CheckFlags } from '../src/cli/check-flags.ts'
import watch from '../src/cli/commands/watch.ts'
import type { CliContext } from '../src/cli/context.ts'
import { loadCliWords } from '../src/cli/words/load.ts'
import { readEnvironment } from '../src/config/environment.ts'
import type { Clock } from '../src/watch/loop.ts'

export type WatchTask = { readonly measured: readonly number[]; readonly account: string; readonly flags: CheckFlags }

/** Bytes in use after each of the measured runs, and every result that was said, once, in order. */
export type WatchMemory = { readonly used: readonly number[]; readonly results: readonly string[] }

const { measured, account, flags } = JSON.parse(process.argv[2] ?? '') as WatchTask // our parent wrote it
const controller = new AbortController()
let nowMs = Date.now()
let ended = 0
const clock: Clock = {
  now: () => nowMs,
  sleep: async (milliseconds) => {
    nowMs += milliseconds
    if (controller.signal.aborted) return
    const answered = once(process, 'message')
    process.send?.(ended)
    await answered
  },
}

const used: number[] = []
const results = new Set<string>()
const say = (line: string) => {
  const [, number, result = ''] = / Run (\d+): (.*?); [\d.]+ s/.exec(line) ?? []
  if (number === undefined) return
  ended = Number(number)
  results.add(result)
  if (!measured.includes(ended)) return
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  used.push(heapUsed + external)
  if (ended === measured.at(-1)) controller.abort()
}

const context: CliContext = {
  locale: 'en',
  words: await loadCliWords('en'),
  environment: readEnvironment({}),
  variables: {},
  signal: controller.signal,
  print: () => {},
  answer: () => {},
  say,
  stdout: process.stdout,
  stderr: process.stderr,
}
await watch([account], { ...flags, every: '10m', listen: 'off', quiet: true }, context, clock)
process.send?.({ used, results: [...results] } satisfies WatchMemory)
process.disconnect()
