/** What a command may know of the process, and its only ways to speak. */
import type { Environment } from '../config/environment.ts'
import type { Report } from '../core/report.ts'
import type { Locale } from '../core/text.ts'
import type { Transition } from '../notify/notification.ts'
import type { StandardStreams } from './streams.ts'
import type { CliWords } from './words/index.ts'

export type CliContext = {
  readonly locale: Locale
  readonly words: CliWords
  readonly environment: Environment
  /** All variables, for those that a config file names. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Aborts on the first Ctrl-C, which is listened for from the first use on: until then it ends the process. */
  readonly signal: AbortSignal
  /** Writes to standard output as it is: reports, whose formats have made everything in them harmless. */
  readonly print: (text: string) => void
  /** Writes what a command was asked for to standard output. Names of files and words of plugins may hold anything, so each line is made harmless. */
  readonly answer: (text: string) => void
  /** Writes to standard error: everything else. Names of files and stacks may hold anything, so each line is made harmless. */
  readonly say: (text: string) => void
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** Present while a check is one of many, on a schedule. */
  readonly watch?: WatchPort
}

export type WatchPort = {
  /**
   * Hears the report of each run that was not stopped, and how it differs from the one before: an entry per change. `tell` tells others
   * of it, and gives the report with what became of that: the run ends before.
   */
  readonly onReport: (report: Report, changes: readonly Transition['change'][], tell: () => Promise<Report>) => void
  /** What a run leaves for the next one of the same process. */
  readonly kept: Map<string, string>
  /** Says what each run has to say anew, even in the same words. */
  readonly sayAgain: (text: string) => void
}

type Setting = Pick<CliContext, 'locale' | 'words' | 'environment' | 'variables'> & {
  readonly listen: () => AbortSignal
  readonly streams: StandardStreams
}

export function createContext({ locale, words, environment, variables, listen, streams }: Setting): CliContext {
  return {
    locale,
    words,
    environment,
    variables,
    get signal() {
      return listen()
    },
    print: streams.print,
    answer: streams.answer,
    say: streams.say,
    get stdout() {
      return streams.stdout()
    },
    get stderr() {
      return streams.stderr()
    },
  }
}
