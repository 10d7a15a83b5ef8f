/** What a command may know of the process, and its only ways to speak. */
import type { Environment } from '../config/environment.ts'
import type { Locale } from '../core/text.ts'
import { type CliWords, cliWords } from './words/index.ts'

export type CliContext = {
  readonly locale: Locale
  readonly words: CliWords
  readonly environment: Environment
  /** Aborts on the first Ctrl-C. */
  readonly signal: AbortSignal
  /** Writes to standard output: reports, and what a command was asked for. */
  readonly print: (text: string) => void
  /** Writes a line to standard error: everything else. */
  readonly say: (line: string) => void
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

type Setting = { readonly locale: Locale; readonly environment: Environment; readonly signal: AbortSignal }

export function createContext({ locale, environment, signal }: Setting): CliContext {
  return {
    locale,
    words: cliWords(locale),
    environment,
    signal,
    print: (text) => process.stdout.write(text),
    say: (line) => process.stderr.write(`${line}\n`),
    stdout: process.stdout,
    stderr: process.stderr,
  }
}
