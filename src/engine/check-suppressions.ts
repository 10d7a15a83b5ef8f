/** That every suppression says why, and for how long. */
import { z } from 'zod'
import { CheckupError } from '../core/errors.ts'
import type { Rule } from '../core/rule.ts'
import { value } from '../core/value.ts'
import type { Suppression } from '../domain/suppression.ts'
import { checkRuleIds } from './select-rules.ts'

/** How far ahead one may last: what nobody looks at for longer is forgotten. */
export const usualSuppressionDays = 180

type Problem = 'reason' | 'expires' | 'late' | 'limit'

/** A suppression without a reason or a last day, or one that lasts for too long. */
export class InvalidSuppressionError extends CheckupError {
  constructor({ rule, expires }: Suppression, problem: Problem, days: number) {
    const problems: Readonly<Record<Problem, string>> = {
      reason: 'it gives no reason',
      expires: 'its last day is no date (YYYY-MM-DD)',
      late: `it lasts until ${expires}, and ${days} days are the most`,
      limit: 'its maxAllowance is no whole number in the smallest unit of the token',
    }
    super('invalid-suppression', {
      message: `A suppression of ${rule} cannot be used: ${problems[problem]}.`,
      data: {
        rule: value.text(rule),
        problem: value.keyword(problem),
        expires: value.untrustedText(expires),
        days: value.count(days),
      },
    })
  }
}

type Known = {
  readonly rules: readonly Rule[]
  /** Unix milliseconds. */
  readonly now: number
  readonly days: number
}

/** @throws UnknownRuleError, InvalidSuppressionError */
export function checkSuppressions(suppressions: readonly Suppression[], { rules, now, days }: Known): void {
  checkRuleIds(
    rules,
    suppressions.map(({ rule }) => rule),
  )
  for (const suppression of suppressions) {
    const problem = problemOf(suppression, now + days * 86_400_000)
    if (problem !== null) throw new InvalidSuppressionError(suppression, problem, days)
  }
}

function problemOf({ reason, expires, while: condition }: Suppression, latest: number): Problem | null {
  if (reason.trim() === '') return 'reason'
  if (!z.iso.date().safeParse(expires).success) return 'expires'
  if (Date.parse(expires) > latest) return 'late'
  return /^\d{1,78}$/.test(condition?.maxAllowance ?? '0') ? null : 'limit'
}
