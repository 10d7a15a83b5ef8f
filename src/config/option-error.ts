import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'

/** An option of the library that cannot be used. The value is not repeated: it may be a URL with a key. */
export class InvalidOptionError extends CheckupError {
  constructor(option: string, problem: string) {
    super('invalid-option', {
      message: `The option ${option} cannot be used: ${problem}.`,
      data: { option: value.text(option), problem: value.text(problem) },
    })
  }
}
