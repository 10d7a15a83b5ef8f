/** Compares what a run found with a baseline: an earlier report. Pure. */
import type { Finding } from '../core/finding.ts'
import type { NonEmpty } from '../core/outcome.ts'
import type { EarlierFinding, Marks, Report } from '../core/report.ts'
import { chainOf } from './chain-of.ts'
import { changeOf, earlierOf, type Known, knownOf, placeKey, sameTargets } from './compare.ts'
import type { ReportedTarget } from './report.ts'

export type NotAsked = NonNullable<Report['result']['notAsked']>[number]
type Compared = { readonly targets: readonly ReportedTarget[]; readonly notAsked: readonly NotAsked[] }

/** Each finding gets its `change`, each target what the baseline knew of it and it has no more. */
export function compareWithBaseline(targets: readonly ReportedTarget[], baseline: Report): Compared {
  const asked = new Set(targets.map(keyOf))
  return {
    targets: targets.map((target) => compareTarget(target, knownBefore(target, baseline))),
    notAsked: baseline.result.targets
      .filter((target) => !asked.has(placeKey(target)))
      .flatMap((target) => {
        const { account, label, chain } = target
        const earlier = knownOf(target).map((finding): EarlierFinding => ({ ...finding, change: 'unknown' }))
        return earlier.length === 0 ? [] : [{ account, label, chain, earlier }]
      }),
  }
}

function keyOf({ collection }: ReportedTarget): string | null {
  return placeKey({ account: collection.account, chain: chainOf(collection) })
}

function knownBefore({ collection }: ReportedTarget, baseline: Report): readonly Known[] {
  const { account, label } = collection
  return sameTargets(baseline, { account, label, chain: chainOf(collection) }).flatMap(knownOf)
}

function compareTarget(target: ReportedTarget, known: readonly Known[]): ReportedTarget {
  const outcomes = target.outcomes.map((outcome) => {
    if (outcome.status !== 'found') return outcome
    const findings = outcome.findings.map((finding) => ({ ...finding, change: changeOf(finding, known) }))
    return { ...outcome, findings: findings as unknown as NonEmpty<Finding & Marks> } // as many as before
  })
  return { ...target, outcomes, earlier: earlierOf(known, outcomes) }
}
