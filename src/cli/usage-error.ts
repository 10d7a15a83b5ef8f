import { CheckupError } from '../core/errors.ts'
import { type FindingData, value } from '../core/value.ts'
import { type Expectation, expectationData } from '../domain/expectation.ts'
import type { Words } from '../words/index.ts'
import type { MisplacedUrl } from './refuse-urls.ts'

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

/** Of the URL the host alone is said: the rest may be a key. */
export function misplacedUrl({ host, isReason }: MisplacedUrl): UsageError {
  return new UsageError(isReason ? 'usage-keyed-reason' : 'usage-misplaced-url', { host: value.text(host ?? '…') })
}
