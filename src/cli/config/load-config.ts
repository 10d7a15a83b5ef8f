/** Reads a config file and the tables it names, from disk or standard input. */
import { stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import type { DeclaredAccount } from '../../config/file/accounts.ts'
import { readAccountsTable } from '../../config/file/accounts-table.ts'
import { ConfigFileError } from '../../config/file/problem.ts'
import { type ReadConfig, readConfig } from '../../config/file/read-config.ts'
import { SecretVariableError } from '../../config/secret-variable-error.ts'
import { SecretInputError } from '../../config/secrets.ts'
import type { CliContext } from '../context.ts'
import { readList } from '../files.ts'
import { SecretFileError } from '../secret-file-error.ts'

/** Nothing that a person writes is larger; the format's own limits are far below. */
const largestBytes = 8 * 1024 * 1024

export type LoadedFile = ReadConfig & {
  /** A path of the file, as one that the process can open. */
  readonly resolve: (path: string) => string
}

export type LoadedConfig = LoadedFile & {
  /** The accounts of the tables that the file names. */
  readonly listed: readonly DeclaredAccount[]
}

/** The file alone: who asks nothing of an account needs no table of them. @throws ConfigFileError, UsageError, SecretFileError */
export async function loadFile(path: string, context: CliContext): Promise<LoadedFile> {
  const text = await readText(path, context)
  const read = bySecretFile(path, () => readConfig(text, shownPath(path)))
  return { ...read, resolve: (inner) => (isAbsolute(inner) ? inner : join(dirname(path), inner)) }
}

/** @throws ConfigFileError, ConfigValueError, UsageError, SecretFileError */
export async function loadConfig(path: string, context: CliContext): Promise<LoadedConfig> {
  const file = await loadFile(path, context)
  const { accountsFrom = [] } = file.config
  const tables = await Promise.all([accountsFrom].flat().map((table) => loadAccounts(file.resolve(table), context)))
  return { ...file, listed: tables.flat() }
}

/** @param path of a table, or `-` for standard input. @throws ConfigFileError, ConfigValueError, UsageError, SecretFileError */
export async function loadAccounts(path: string, context: CliContext): Promise<readonly DeclaredAccount[]> {
  if (path === '-') {
    const text = await readStandardInput(context.signal)
    return bySecretFile('stdin', () => readAccountsTable(text, 'stdin'))
  }
  const text = await readText(path, context)
  return bySecretFile(path, () => readAccountsTable(text, shownPath(path)))
}

/** As reports show it: from the working directory on, the same on every system. */
function shownPath(path: string): string {
  return relative('.', path).split(sep).join('/')
}

async function readText(path: string, context: CliContext): Promise<string> {
  // What cannot be looked at is told by whoever opens it.
  const { size } = await stat(path).catch(() => ({ size: 0 }))
  if (size > largestBytes) throw new ConfigFileError('too-large', { at: { file: shownPath(path), line: 1, column: 1 } })
  return (await readList(path, context)).text
}

async function readStandardInput(signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin.iterator({ destroyOnReturn: true })) {
    signal.throwIfAborted()
    chunks.push(chunk)
    size += chunk.length
    if (size > largestBytes) throw new ConfigFileError('too-large', { at: { file: 'stdin', line: 1, column: 1 } })
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A secret in a file is told with the file: it is there that it must go. */
function bySecretFile<Result>(path: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof SecretInputError && !(error instanceof SecretVariableError)) {
      throw new SecretFileError(error.kind, path)
    }
    throw error
  }
}
