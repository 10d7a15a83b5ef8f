/** Makes the next baseline: what is known now, and what was known before of all that could not be read now. Pure. */
import type { Report, ReportOutcome, ReportTarget } from '../core/report.ts'
import type { AccountState } from '../core/state.ts'
import { earlierOf, knownOf, placeKey, sameTargets } from './compare.ts'
import { countsOf } from './report.ts'

/**
 * A report to compare later ones with. A read that failed overwrites nothing: of a check that was not made, or not completely, the
 * findings of `baseline` stay, and so do its targets that `report` was not asked about. The same two reports make the same one.
 */
export function updateBaseline(baseline: Report | null, report: Report): Report {
  const now = report.result.targets.filter((target) => placeKey(target) !== null)
  const asked = new Set(now.map(placeKey))
  const kept = (baseline?.result.targets ?? []).filter((target) => !asked.has(placeKey(target)))
  const targets = [
    ...now.map((target) => merged(target, baseline === null ? [] : sameTargets(baseline, target))),
    ...kept,
  ].sort(byPlace)
  const { tool, startedAt, locale } = report.run
  const { exitCode, complete } = report.result.summary
  const isComplete = complete && kept.length === 0
  return {
    ...report,
    // How long it took, and how many requests, would differ without anything having changed.
    run: { tool, startedAt, durationSeconds: 0, locale, interrupted: false, endpoints: [], lists: [] },
    result: {
      summary: { complete: isComplete, exitCode, ...countsOf(targets.flatMap(({ outcomes }) => outcomes)) },
      targets,
    },
  }
}

/** Without what was said of the baseline before: the next one is compared anew. */
function merged({ earlier: _, state, ...target }: ReportTarget, before: readonly ReportTarget[]): ReportTarget {
  const earlier = earlierOf(before.flatMap(knownOf), target.outcomes).filter(({ change }) => change === 'unknown')
  return {
    ...target,
    outcomes: target.outcomes.map(unmarked),
    ...stateOf(before[0]?.state, state),
    ...(earlier.length > 0 && { earlier }),
  }
}

/** Part by part: what could not be read now is as it was, with its block. */
function stateOf(before: AccountState | undefined, now: AccountState | undefined): Pick<ReportTarget, 'state'> {
  if (before === undefined || now === undefined) return now === undefined ? {} : { state: now }
  return {
    state: {
      balance: now.balance ?? before.balance,
      nonce: now.nonce ?? before.nonce,
      tokens: now.tokens ?? before.tokens,
      safe: now.safe ?? before.safe,
    },
  }
}

function unmarked(outcome: ReportOutcome): ReportOutcome {
  if (outcome.status !== 'found') return outcome
  return { ...outcome, findings: outcome.findings.map(({ change, ...finding }) => finding) }
}

function byPlace(one: ReportTarget, other: ReportTarget): number {
  const [left, right] = [one, other].map(({ account, chain, label }) =>
    JSON.stringify([String(chain?.id ?? '').padStart(20), account.toLowerCase(), label]),
  )
  return (left ?? '') < (right ?? '') ? -1 : 1
}
