#!/usr/bin/env node
/** `wallet-checkup`: the only place that reads arguments and environment and sets the exit code. */
import { readEnvironment } from '../config/environment.ts'
import type { Locale } from '../core/text.ts'
import { createContext } from './context.ts'
import { describeFailure } from './describe-failure.ts'
import { listenForInterrupt } from './interrupt.ts'
import { readLocale, wantedLocale } from './locale.ts'
import { refuseSecrets } from './refuse-secrets.ts'
import { cliWords } from './words/index.ts'

const args = process.argv.slice(2)
const environment = readEnvironment(process.env)
const locale: Locale = wantedLocale(args) ?? environment.locale
const words = cliWords(locale)
const interrupt = listenForInterrupt(() => process.stderr.write(`\n${words.interrupting}\n`))
const context = createContext({ locale, environment, signal: interrupt.signal })

// A reader that went away (`| head`) is no fault of ours; nothing is left to say to it.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
process.on('uncaughtException', fail)
// Until a command has ended, the only end is a fault: Node's own codes would read as findings.
process.exitCode = 70

try {
  refuseSecrets({ args, variables: process.env, words })
  readLocale(args)
  // After the look for secrets: nothing of ours has touched the arguments before it.
  const [{ createProgram }, { tool }] = await Promise.all([import('./program.ts'), import('../core/tool.ts')])
  const program = createProgram({ context, version: tool.version, end })
  await program.parseAsync(args, { from: 'user' })
} catch (error) {
  fail(error)
}

function end(exitCode: number): void {
  process.exitCode = interrupt.exitCode() ?? exitCode
}

function fail(error: unknown): void {
  const { lines, exitCode } = describeFailure(error, { locale, texts: [...args, ...Object.values(process.env)] })
  for (const line of lines) context.say(line)
  end(exitCode)
}
