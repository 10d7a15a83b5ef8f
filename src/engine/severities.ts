/** What findings weigh for a target whose owner sees them graver, or less grave, than the rule does. Pure. */
import type { Finding, Severity } from '../core/finding.ts'
import type { NonEmpty, Outcome } from '../core/outcome.ts'
import type { Rule } from '../core/rule.ts'
import { severities } from '../core/severity.ts'

/**
 * The severity takes the place of the rule's own. What the rule itself weighs less than usual stays so where the severity is
 * raised, and nothing weighs more than the severity where it is lowered.
 */
export function withSeverity(outcome: Outcome, { severity: own }: Pick<Rule, 'severity'>, wanted: Severity): Outcome {
  if (outcome.status !== 'found' || wanted === own) return outcome
  const findings = outcome.findings.map((finding) => ({ ...finding, severity: weigh(finding, own, wanted) }))
  return { ...outcome, findings: findings as unknown as NonEmpty<Finding> } // as many as before
}

function weigh({ severity }: Finding, own: Severity, wanted: Severity): Severity {
  if (rank(wanted) > rank(own)) return rank(severity) > rank(wanted) ? severity : wanted
  return rank(severity) > rank(own) || rank(severity) < rank(wanted) ? severity : wanted
}

/** 0 is the gravest. */
function rank(severity: Severity): number {
  return severities.indexOf(severity)
}
