/** Options of the library that cannot be used. */
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import { nearestTo } from '../domain/nearest.ts'

/** The value is not repeated: it may be a URL with a key. */
export class InvalidOptionError extends CheckupError {
  constructor(option: string, problem: string, hint: string) {
    super('invalid-option', {
      message: `The option ${option} cannot be used: ${problem}.`,
      data: { option: value.text(option), problem: value.text(problem) },
      hints: [hint],
    })
  }
}

/** An option that there is not: with another spelling, or of the command line only. The nearest one is in the hints. */
export class UnknownOptionError extends CheckupError {
  constructor(given: string, known: readonly string[]) {
    // Whatever does not look like a name may be a secret.
    const option = /^[a-z][\w-]{0,40}$/i.test(given) ? given : '…'
    const nearest = nearestTo(given, known)
    super('unknown-option', {
      message: `There is no option ${option}.`,
      data: {
        option: value.text(option),
        nearest: value.text(nearest ?? ''),
        known: value.text(known.join(', ')),
        hasNearest: value.keyword(nearest === null ? 'no' : 'yes'),
      },
      hints: [nearest === null ? `The options are ${known.join(', ')}.` : `Did you mean ${nearest}?`],
    })
  }
}
