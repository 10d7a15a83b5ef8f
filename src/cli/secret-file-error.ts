import { basename } from 'node:path'
import { SecretInputError, type SecretKind } from '../config/secrets.ts'

/** A file that was named holds a secret: it is there that it must go. */
export class SecretFileError extends SecretInputError {
  /** As it was given. */
  readonly file: string

  constructor(kind: SecretKind, file: string) {
    super(kind, basename(file))
    this.file = file
  }
}
