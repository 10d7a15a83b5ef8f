/** What may go wrong with the cache. None of it may cost a run more than time. */
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'

export class CacheFullError extends CheckupError {
  constructor(cause: unknown) {
    super('cache-full', {
      message: 'There is no space left for the cache.',
      hints: ['Free some space, or run wallet-checkup cache clear.'],
      cause,
    })
  }
}

export class CacheUnwritableError extends CheckupError {
  constructor(cause: unknown) {
    super('cache-unwritable', {
      message: 'The cache folder cannot be written to.',
      hints: ['Choose another folder with --cache-dir; a check also runs without one, with --no-cache.'],
      cause,
    })
  }
}

export class CacheLockedError extends CheckupError {
  constructor(cause: unknown) {
    super('cache-locked', {
      message: 'Another program kept the cache locked for too long.',
      hints: ['Run it again when the other program has ended.'],
      cause,
    })
  }
}

export class CacheDamagedError extends CheckupError {
  constructor(cause?: unknown) {
    super('cache-damaged', {
      message: 'The cache is damaged.',
      hints: ['The next check puts it aside and begins a new one; wallet-checkup cache clear removes it.'],
      ...(cause !== undefined && { cause }),
    })
  }
}

export class CacheTooNewError extends CheckupError {
  constructor() {
    super('cache-too-new', {
      message: 'The cache was made by a newer version of wallet-checkup.',
      hints: ['Update wallet-checkup, or choose another folder with --cache-dir.'],
    })
  }
}

/** The database's own code is harmless; its message may name a path. */
export class CacheFailedError extends CheckupError {
  constructor(code: string, cause: unknown) {
    super('cache-failed', {
      message: `The cache could not be used (${code}).`,
      data: { reason: value.untrustedText(code) },
      hints: ['Choose another folder with --cache-dir; a check also runs without one, with --no-cache.'],
      cause,
    })
  }
}

/** Logs were asked for that are not kept: an empty answer would say that there are none. */
export class BlocksNotKeptError extends CheckupError {
  constructor() {
    super('blocks-not-kept', {
      message: 'The cache does not have all of these blocks any more.',
      hints: ['Run it again.'],
    })
  }
}

/** Anything that the database or the file system threw, as one of ours. */
export function toCacheError(error: unknown): CheckupError {
  if (error instanceof CheckupError) return error.code === 'damaged-logs' ? new CacheDamagedError(error) : error
  const code = codeOf(error)
  const known = kinds.find(({ pattern }) => pattern.test(code))
  return known === undefined ? new CacheFailedError(code, error) : new known.error(error)
}

const kinds = [
  { pattern: /^(?:SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)$/, error: CacheFullError },
  { pattern: /^(?:SQLITE_(?:BUSY|LOCKED))/, error: CacheLockedError },
  { pattern: /^(?:SQLITE_(?:CORRUPT|NOTADB))/, error: CacheDamagedError },
  {
    pattern: /^(?:SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EEXIST|EISDIR)/,
    error: CacheUnwritableError,
  },
] as const

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { code } = error as { code?: unknown } // errors of Node and SQLite have one
  if (typeof code === 'string' && code !== '') return code
  // libsql tells of a file that it cannot open in words of its own, with the path and SQLite's number.
  return /ConnectionFailed\(.*: 14"?\)/s.test(error.message) ? 'SQLITE_CANTOPEN' : error.name
}
