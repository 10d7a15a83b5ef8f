/** What to say, and which exit code to set, when a command ends in an error. Pure. */
import type { CommanderError } from 'commander'
import { SecretVariableError } from '../config/secret-variable-error.ts'
import { SecretInputError } from '../config/secrets.ts'
import { CheckupError } from '../core/errors.ts'
import type { Locale } from '../core/text.ts'
import { value } from '../core/value.ts'
import { RpcError } from '../rpc/errors.ts'
import { redactText } from '../rpc/redact.ts'
import { errorHints, errorSentence } from '../words/index.ts'
import type { NpmTraces } from './npm-traces.ts'
import type { GivenSecret, SecretPlace } from './refuse-secrets.ts'
import { SecretFileError } from './secret-file-error.ts'
import { UsageError } from './usage-error.ts'
import { cliWords } from './words/index.ts'

export type Failure = { readonly lines: readonly string[]; readonly exitCode: number }

type Setting = {
  readonly locale: Locale
  /** Everything that may hold a URL with a key: arguments and variables. */
  readonly texts: readonly (string | undefined)[]
  /** What must not be repeated, wherever it stands. */
  readonly secrets?: readonly string[]
  /** Absent: not started by npm. */
  readonly traces?: NpmTraces | null
}

/** The endpoint's doing, before there was an account to report on: nothing is known, which is no wrong usage. */
const endpointCodes: ReadonlySet<string> = new Set(['malformed-reply', 'wrong-chain', 'stopped'])

export function describeFailure(error: unknown, { locale, texts, secrets = [], traces = null }: Setting): Failure {
  const words = cliWords(locale)
  if (isParserError(error)) return describeParserError(error, locale)
  if (error instanceof SecretInputError) {
    return describeSecret({ kind: error.kind, place: placeOf(error) }, { locale, traces })
  }
  if (!(error instanceof CheckupError)) return describeBug(error, { locale, texts, secrets })
  const lines = [words.error(errorSentence(error, locale)), ...errorHints(error, locale).map(words.hint)]
  const isEndpoint = error instanceof RpcError || endpointCodes.has(error.code)
  return isEndpoint ? { lines: [...lines, words.nothingChecked], exitCode: 3 } : { lines, exitCode: 2 }
}

type SecretSetting = { readonly locale: Locale; readonly traces: NpmTraces | null }

export function describeSecret(given: GivenSecret, { locale, traces }: SecretSetting): Failure {
  return { lines: [cliWords(locale).secret(given, traces)], exitCode: 2 }
}

function placeOf(error: SecretInputError): SecretPlace {
  if (error instanceof SecretFileError) return { kind: 'file', name: error.file }
  if (error instanceof SecretVariableError) return { kind: 'variable', name: error.variable }
  return { kind: 'command-line' }
}

/** By its code: its class would load the parser, which may not be there yet. */
function isParserError(error: unknown): error is CommanderError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.')
}

/** commander's errors in our words. Help and version are "errors" of its too, that end in 0. */
function describeParserError(error: CommanderError, locale: Locale): Failure {
  if (error.exitCode === 0) return { lines: [], exitCode: 0 }
  const usage = toUsageError(error)
  const words = cliWords(locale)
  return {
    lines: [words.error(errorSentence(usage, locale)), ...errorHints(usage, locale).map(words.hint)],
    exitCode: 2,
  }
}

function toUsageError({ code, message }: CommanderError): UsageError {
  const [, named = ''] = /'([^']*)'/.exec(message) ?? []
  switch (code) {
    case 'commander.unknownOption': {
      const [, nearest = ''] = /Did you mean (?:one of )?(--?[\w-]+)/.exec(message) ?? []
      // A mistyped option may be a value that was meant to stay private: only what looks like a name is repeated.
      const name = /^--?[a-z][a-z-]{0,30}$/i.test(named) ? named : '--…'
      return new UsageError('usage-unknown-option', {
        option: value.text(name),
        nearest: value.text(nearest),
        // The parser looks among the long options of all commands: the same name again is an option of another command.
        hasNearest: value.keyword(nearest === name || name === '-o' ? 'elsewhere' : nearest === '' ? 'no' : 'yes'),
      })
    }
    case 'commander.optionMissingArgument':
      return new UsageError('usage-missing-value', { option: value.text(named) })
    case 'commander.missingArgument':
      return new UsageError('usage-missing-argument', { argument: value.text(named.toUpperCase()) })
    default:
      return new UsageError('usage-too-many-arguments')
  }
}

function describeBug(error: unknown, { locale, texts, secrets }: Required<Omit<Setting, 'traces'>>): Failure {
  const urls = texts.flatMap((text) => text?.match(/https?:\/\/[^\s"'<>,]+/gi) ?? [])
  const stack = error instanceof Error ? (error.stack ?? error.name) : typeof error
  const shown = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), redactText(stack, urls))
  return { lines: [cliWords(locale).bug, shown], exitCode: 70 }
}
