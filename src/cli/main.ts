#!/usr/bin/env node
/**
 * `wallet-checkup`: the only place that reads arguments and environment and sets the exit code.
 * What it imports is loaded for `--version` too, so the rest loads when it is needed. The built command is several bundles,
 * and this file's shares nothing with what it loads: errors of one are no instances of the other's classes.
 */
import { keysIn, readEnvironment } from '../config/environment.ts'
import { type Locale, locales } from '../core/text.ts'
import { tool } from '../core/tool.ts'
import { createContext } from './context.ts'
import type { Failure } from './describe-failure.ts'
import { type Interrupt, listenForInterrupt } from './interrupt.ts'
import { isKnownLocale, wantedLocale } from './locale.ts'
import { npmTraces } from './npm-traces.ts'
import { createProgram } from './program.ts'
import { findGivenSecret, transactionHashesIn } from './refuse-secrets.ts'
import { findMisplacedUrl } from './refuse-urls.ts'
import { standardStreams } from './streams.ts'
import { loadCliWords } from './words/load.ts'

const args = process.argv.slice(2)
const environment = readEnvironment(process.env)
const locale: Locale = wantedLocale(args) ?? environment.locale
const loadingWords = loadCliWords(locale)
const traces = npmTraces(process.env)
const isWatch = args.includes('watch')
let interrupt: Interrupt | null = null

let isOutputLost = false
const streams = standardStreams(async (name, code) => {
  // A reader that went away (`| head`) is no fault of ours; nothing is left to say to it.
  if (code === 'EPIPE' || isOutputLost) return
  isOutputLost = true
  const words = await loadingWords
  conclude({ lines: name === 'stdout' ? [words.error(words.outputLost(code))] : [], exitCode: 70 })
})
process.on('uncaughtException', fail)
// Until a command has ended, the only end is a fault: Node's own codes would read as findings.
process.exitCode = 70

start().catch(fail)

async function start(): Promise<void> {
  // Before anything of ours has touched the arguments.
  const secret = findGivenSecret({ args, variables: process.env })
  if (secret === null) return run()
  const { describeSecret } = await import('./describe-failure.ts')
  conclude(describeSecret(secret, { locale, traces }))
}

async function run(): Promise<void> {
  const misplaced = findMisplacedUrl(args)
  if (misplaced !== null) throw (await import('./usage-error.ts')).misplacedUrl(misplaced)
  if (!isKnownLocale(args))
    throw (await import('./usage-error.ts')).badValue('--locale', { kind: 'one-of', values: locales })
  const words = await loadingWords
  const listen = (): AbortSignal => {
    interrupt ??= listenForInterrupt(() => streams.say(`\n${isWatch ? words.watch.stopping : words.interrupting}`))
    return interrupt.signal
  }
  const context = createContext({ locale, words, environment, variables: process.env, listen, streams })
  try {
    await createProgram({ context, version: tool.version, args, end }).parseAsync(args, { from: 'user' })
  } catch (error) {
    // Help and version end in an "error" of the parser's too, which needs no words.
    if (!isCode(error, 'commander.helpDisplayed') && !isCode(error, 'commander.version')) throw error
    end(0)
  }
}

function end(exitCode: number): void {
  process.exitCode = isOutputLost ? 70 : (interrupt?.exitCode() ?? exitCode)
}

async function fail(error: unknown): Promise<void> {
  const texts = [...args, ...Object.values(process.env)]
  try {
    const { describeFailure } = await import('./describe-failure.ts')
    const secrets = [...keysIn(environment), ...transactionHashesIn(args)]
    conclude(describeFailure(error, { locale, texts, secrets, traces }))
  } catch {
    // Nothing else may come of it: a fault in here would come back here for ever.
    await giveUp()
  }
}

async function giveUp(): Promise<void> {
  // The other language is in a file of its own, which may be what is missing.
  const words = await loadingWords.catch(() => loadCliWords('en'))
  streams.say(words.notWhole)
  process.exit(70)
}

function conclude({ lines, exitCode }: Failure): void {
  for (const line of lines) streams.say(line)
  end(exitCode)
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
