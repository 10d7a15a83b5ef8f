/** The exit code of a finished run, as pure data: part of the tool's semver, see README "Exit codes". */
import type { Severity } from '../core/finding.ts'
import type { Outcome } from '../core/outcome.ts'
import { severities } from '../core/severity.ts'

export const failOnLevels = [...severities, 'never'] as const
export type FailOn = (typeof failOnLevels)[number]

export type ExitPolicy = {
  /** The lowest severity that makes the run fail. */
  readonly failOn: FailOn
  /** True: a run that could not see everything, and found nothing at the threshold, ends in 0. */
  readonly allowIncomplete: boolean
  /** True: findings that the baseline has, and that are not worse by now, do not make the run fail. */
  readonly failOnNew?: boolean
}

export type Judged = {
  /** Per target. */
  readonly outcomes: readonly (readonly Outcome[])[]
  /** How many targets have no account to report on. */
  readonly unchecked: number
}

/** 1: a finding at or above the threshold. 3: none, but something could not be evaluated. 0: neither. */
export function exitCodeOf(judged: Judged, policy: ExitPolicy): 0 | 1 | 3 {
  if (judged.outcomes.flat().some((outcome) => hasFindingAt(outcome, policy))) return 1
  return isWhole(judged) || policy.allowIncomplete ? 0 : 3
}

/** Whether every target was checked completely. A run without a target looked at nothing. */
export function isWhole({ outcomes, unchecked }: Judged): boolean {
  return unchecked === 0 && outcomes.length > 0 && outcomes.every(isComplete)
}

/** Whether every rule saw all it needed. No outcome at all is not complete: nothing was looked at. */
export function isComplete(outcomes: readonly Outcome[]): boolean {
  return (
    outcomes.length > 0 &&
    outcomes.every(({ status, ...rest }) => status !== 'inconclusive' && !('because' in rest && rest.because))
  )
}

/** Suppressed ones never count. */
function hasFindingAt(outcome: Outcome, { failOn, failOnNew = false }: ExitPolicy): boolean {
  if (outcome.status !== 'found' || failOn === 'never') return false
  return outcome.findings.some(
    ({ severity, change, suppressions }) =>
      isAtLeast(severity, failOn) && suppressions === undefined && !(failOnNew && change === 'unchanged'),
  )
}

export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold)
}
