import { SecretInputError, type SecretKind } from './secrets.ts'

/** A variable holds something that could sign. */
export class SecretVariableError extends SecretInputError {
  readonly variable: string

  constructor(kind: SecretKind, variable: string) {
    super(kind, variable)
    this.variable = variable
  }
}
