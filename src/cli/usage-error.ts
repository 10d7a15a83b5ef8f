import { CheckupError } from '../core/errors.ts'
import { type FindingData, value } from '../core/value.ts'
import { type Expectation, expectationData } from '../domain/expectation.ts'
import type { Words } from '../words/index.ts'

export type UsageCode = Extract<keyof Words['errors'], `usage-${string}`>

/** Something on the command line that cannot be done. Its words are those of its code, in each language, and load when they are said. */
export class UsageError extends CheckupError {
  constructor(code: UsageCode, data: FindingData = {}) {
    super(code, { message: code, data })
  }
}

export function badValue(option: string, expected: Expectation): UsageError {
  return new UsageError('usage-bad-value', { option: value.text(option), ...expectationData(expected) })
}

/** @param host of the URL, whose rest may be a key; null when it has none */
export function misplacedUrl(host: string | null): UsageError {
  return new UsageError('usage-misplaced-url', { host: value.text(host ?? '…') })
}
