import { SecretInputError } from '../config/secrets.ts'
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import { SecretFileError } from './secret-file-error.ts'
import { UsageError } from './usage-error.ts'

/** Where a text came from: the option, and the file that it names. */
export type Origin = { readonly option: string; readonly path?: string }

/**
 * A parser knows no option and no path: its own sentence becomes the reason of one that names them.
 * @throws UsageError, SecretInputError
 */
export function attributed<Result>({ option, path }: Origin, parse: () => Result): Result {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    if (error instanceof SecretInputError) throw path === undefined ? error : new SecretFileError(error.kind, path)
    const data = { ...error.data, option: value.text(option), cause: value.keyword(error.code) }
    if (path === undefined) throw new UsageError('usage-in-value', data)
    throw new UsageError('usage-in-file', { ...data, file: value.text(path) })
  }
}
