/** What a command may know of the process, and its only ways to speak. */
import type { Environment } from '../config/environment.ts'
import type { Locale } from '../core/text.ts'
import { harmlessText } from '../domain/visible-text.ts'
import { type CliWords, cliWords } from './words/index.ts'

export type CliContext = {
  readonly locale: Locale
  readonly words: CliWords
  readonly environment: Environment
  /** Aborts on the first Ctrl-C. */
  readonly signal: AbortSignal
  /** Writes to standard output: reports, and what a command was asked for. */
  readonly print: (text: string) => void
  /** Writes to standard error: everything else. Names of files and stacks may hold anything, so each line is made harmless. */
  readonly say: (text: string) => void
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
    say: (text) => process.stderr.write(`${text.split('\n').map(harmlessLine).join('\n')}\n`),
    stdout: process.stdout,
    stderr: process.stderr,
  }
}

function harmlessLine(line: string): string {
  return harmlessText(line)
}
