/** Findings of rules that others wrote, which may be anything: one that cannot be reported must not take the report with it. */
import { CheckupError } from '../core/errors.ts'
import { type Finding, findingSchema } from '../core/finding.ts'
import type { NonEmpty } from '../core/outcome.ts'
import type { Rule } from '../core/rule.ts'
import { locales } from '../core/text.ts'
import { value } from '../core/value.ts'
import { localizeOutcome } from './localize.ts'

class UnreportableFindingError extends CheckupError {
  constructor(ruleId: string, problem: string) {
    super('unreportable-finding', {
      message: `The rule ${ruleId} found something that cannot be reported: ${problem}.`,
      data: { rule: value.text(ruleId), problem: value.untrustedText(problem.slice(0, 200)) },
      hints: ['Test the rule with testRule.'],
    })
  }
}

/** @throws UnreportableFindingError */
export function checkForeign(rule: Rule, findings: NonEmpty<Finding>): void {
  if (!rule.id.includes('/')) return
  for (const finding of findings) {
    const [issue] = findingSchema.safeParse(finding).error?.issues ?? []
    if (issue !== undefined) throw new UnreportableFindingError(rule.id, `${issue.path.join('.')}: ${issue.message}`)
  }
  for (const locale of locales) {
    try {
      localizeOutcome({ ruleId: rule.id, status: 'found', findings }, [rule], locale)
    } catch (error) {
      throw new UnreportableFindingError(rule.id, error instanceof Error ? error.message : String(error))
    }
  }
}
