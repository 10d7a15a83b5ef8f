/** Files: read only after a look for secrets, written whole or not at all. */
import { constants } from 'node:fs'
import { access, chmod, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { findSecretInDocument, findSecretInFile, type SecretKind } from '../config/secrets.ts'
import { systemCode } from '../core/system-code.ts'
import { value } from '../core/value.ts'
import type { CliContext } from './context.ts'
import { readPipe } from './read-pipe.ts'
import { SecretFileError } from './secret-file-error.ts'
import { UsageError } from './usage-error.ts'

export type GivenFile = {
  readonly text: string
  readonly name: string
  /** ISO date of its last change. */
  readonly date: string
}

type Reading = Pick<CliContext, 'signal'>

/** A list of addresses. @throws UsageError, SecretFileError */
export function readList(file: string, reading: Reading): Promise<GivenFile> {
  return readChecked(file, findSecretInFile, reading)
}

/** A report or saved facts. @throws UsageError, SecretFileError */
export function readDocument(file: string, reading: Reading): Promise<GivenFile> {
  return readChecked(file, findSecretInDocument, reading)
}

async function readChecked(
  file: string,
  find: (text: string) => SecretKind | null,
  { signal }: Reading,
): Promise<GivenFile> {
  const { text, changed } = await read(file, signal)
  const kind = find(text)
  if (kind !== null) throw new SecretFileError(kind, file)
  return { text, name: basename(file), date: changed.toISOString().slice(0, 10) }
}

async function read(file: string, signal: AbortSignal): Promise<{ readonly text: string; readonly changed: Date }> {
  try {
    const found = await stat(file)
    const text = found.isFIFO() ? await readPipe(file, signal) : await readFile(file, { encoding: 'utf8', signal })
    return { text: text.replace(/^\uFEFF/, ''), changed: found.mtime }
  } catch (error) {
    if (signal.aborted) throw new UsageError('usage-interrupted', { file: value.text(file) })
    throw new UsageError('usage-file-unreadable', fileData(file, error))
  }
}

/**
 * Whether a file could be written later: better said before a long run than after it.
 * @throws UsageError
 */
export async function checkWritable(file: string): Promise<void> {
  try {
    await access((await isSpecial(file)) ? file : dirname(file), constants.W_OK)
    if (await isDirectory(file)) throw Object.assign(new Error('directory'), { code: 'EISDIR' })
  } catch (error) {
    throw new UsageError('usage-file-unwritable', fileData(file, error))
  }
}

/**
 * Writes to a temporary name beside the file, then renames: a reader never sees half of it. Who may read the file stays as it was.
 * @throws UsageError
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  try {
    const earlier = await statOrNull(file)
    // A device or a pipe (/dev/stderr, a process substitution) is written to, never replaced.
    if (earlier !== null && !earlier.isFile()) return await writeFile(file, text)
    // Where a symbolic link leads, so that the link stays one.
    const target = earlier === null ? file : await realpath(file)
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
    try {
      await writeTemporary(temporary, text, earlier === null ? null : earlier.mode & 0o777)
      await rename(temporary, target)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  } catch (error) {
    throw new UsageError('usage-file-unwritable', fileData(file, error))
  }
}

/** A device or a pipe: what is written there cannot be written again. */
export async function isSpecial(file: string): Promise<boolean> {
  const found = await statOrNull(file)
  return found !== null && !found.isFile()
}

async function isDirectory(file: string): Promise<boolean> {
  return (await statOrNull(file))?.isDirectory() ?? false
}

async function statOrNull(file: string) {
  try {
    return await stat(file)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/** @param mode of the file that it takes the place of; null: what the system gives to new files */
async function writeTemporary(temporary: string, text: string, mode: number | null): Promise<void> {
  // From the start, so that nobody else can read it in the meantime.
  await writeFile(temporary, text, { flag: 'wx', ...(mode !== null && { mode }) })
  if (mode === null) return
  // The system takes from a new file's rights; some file systems have none to change.
  const given = (await stat(temporary)).mode & 0o777
  if (given !== mode) await chmod(temporary, mode)
}

function fileData(file: string, error: unknown) {
  return { file: value.text(file), reason: value.text(systemCode(error) ?? 'unknown') }
}
