/** Makes the next baseline: what is known now, and what was known before of all that could not be read now. Pure. */
import type { Report, ReportOutcome, ReportTarget } from '../core/report.ts'
import { keptOutcomes, nextState } from './baseline-state.ts'
import { earlierOf, knownOf, placeKey, sameTargets } from './compare.ts'
import { countsOf } from './report.ts'

/**
 * A report to compare later ones with. A read that failed overwrites nothing: of a check that was not made, or not completely, the
 * findings of `baseline` stay, and so do balances, nonces and owners that a rule would have compared, and its targets that `report`
 * was not asked about. State of an older block takes the place of no newer one. The same two reports make the same one.
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
function merged(now: ReportTarget, before: readonly ReportTarget[]): ReportTarget {
  const { earlier: _, state: _state, compared: _compared, ...target } = now
  const targets = { before: before[0], now }
  const kept = keptOutcomes(targets)
  const known = new Set(kept.flatMap(findingsOf))
  const earlier = earlierOf(before.flatMap(knownOf), target.outcomes).filter(
    ({ change, fingerprint }) => change === 'unknown' && !known.has(fingerprint),
  )
  return {
    ...target,
    outcomes: [...target.outcomes, ...kept].map(unmarked),
    ...nextState(targets),
    ...(earlier.length > 0 && { earlier }),
  }
}

function findingsOf(outcome: ReportOutcome): readonly string[] {
  return outcome.status === 'found' ? outcome.findings.map(({ fingerprint }) => fingerprint) : []
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
