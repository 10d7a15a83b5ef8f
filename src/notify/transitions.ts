/** What became different from one run to the next. Pure: the same two reports differ in the same way, in the same order. */
import type { Finding } from '../core/finding.ts'
import type { Marks, Report, ReportOutcome, ReportTarget } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import { changeOf, earlierOf, type Known, knownOf, sameTargets } from '../engine/compare.ts'
import { updateBaseline } from '../engine/update-baseline.ts'
import type { Place, TellableFinding, Transition } from './notification.ts'

/**
 * @param earlier what `keepKnown` made of the runs before; null before the first: then all that is found is new, and what could not be
 *   read has not become unknown
 */
export function transitionsOf(earlier: Report | null, given: Report): readonly Transition[] {
  const now = placed(earlier, given)
  const ofTargets = now.result.targets.flatMap((target) => {
    const same = earlier === null ? [] : sameTargets(earlier, target)
    return targetTransitions(target, { known: same.flatMap(knownOf), before: same[0] ?? null })
  })
  return [...ofTargets, ...(earlier === null ? [] : uncheckedTransitions(earlier, now))].sort(byWeight)
}

/** What a later run is compared with. A read that failed overwrites nothing; what is known to be unknown is not told again. */
export function keepKnown(earlier: Report | null, given: Report): Report {
  const now = placed(earlier, given)
  const { unchecked } = now.result
  const kept = updateBaseline(earlier, now)
  return { ...kept, result: { ...kept.result, ...(unchecked !== undefined && { unchecked }) } }
}

/** An endpoint that does not answer names no chain. Where the account is known on one chain only, it is that one that cannot be read. */
function placed(earlier: Report | null, report: Report): Report {
  if (earlier === null || report.result.targets.every(({ chain }) => chain !== null)) return report
  const targets = report.result.targets.map((target) => {
    if (target.chain !== null) return target
    const [only, ...others] = earlier.result.targets.filter(({ account }) => account === target.account)
    return only === undefined || others.length > 0 ? target : { ...target, chain: only.chain }
  })
  return { ...report, result: { ...report.result, targets } }
}

type Before = { readonly known: readonly Known[]; readonly before: ReportTarget | null }

function targetTransitions(now: ReportTarget, { known, before }: Before): readonly Transition[] {
  const target = placeOf(now)
  const found = now.outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : [])).filter(isOpen)
  const asked = new Set(now.outcomes.map(({ ruleId }) => ruleId))
  return [
    ...found.flatMap((finding): readonly Transition[] => {
      const change = changeOf(finding, known)
      return change === 'unchanged'
        ? []
        : [{ change: change === 'new' ? 'new' : 'worse', target, finding: told(finding) }]
    }),
    ...earlierOf(known, now.outcomes)
      .filter((finding) => finding.change === 'absent' && isOpen(finding))
      .map((finding): Transition => ({ change: 'resolved', target, finding: told(finding) })),
    ...(before === null ? [] : sightTransitions({ target, asked, before: before.outcomes, now: now.outcomes })),
  ]
}

type Sight = {
  readonly target: Place
  readonly asked: ReadonlySet<string>
  readonly before: readonly ReportOutcome[]
  readonly now: readonly ReportOutcome[]
}

/** Which checks could be made before and cannot be now, and the other way round: one transition each, however many checks. */
function sightTransitions({ target, asked, before, now }: Sight): readonly Transition[] {
  const [then, today] = [unknownIn(before), unknownIn(now)]
  const compared = before.map(({ ruleId }) => ruleId).filter((ruleId) => asked.has(ruleId))
  const lost = compared.filter((ruleId) => !then.has(ruleId) && today.has(ruleId))
  const regained = compared.filter((ruleId) => then.has(ruleId) && !today.has(ruleId))
  return [
    ...(lost.length === 0 ? [] : [{ change: 'unknown', target, checks: lost } as const]),
    ...(regained.length === 0 ? [] : [{ change: 'known', target, checks: regained } as const]),
  ]
}

function unknownIn(outcomes: readonly ReportOutcome[]): ReadonlySet<string> {
  const unknown = outcomes.filter(
    (outcome) => outcome.status === 'inconclusive' || (outcome.status === 'found' && outcome.because !== undefined),
  )
  return new Set(unknown.map(({ ruleId }) => ruleId))
}

function uncheckedTransitions({ result: before }: Report, { result: now }: Report): readonly Transition[] {
  const keyed = (list: Report['result']['unchecked'] = []) =>
    new Map(list.map((target) => [JSON.stringify([target.input, target.chain?.id]), target]))
  const [then, today] = [keyed(before.unchecked), keyed(now.unchecked)]
  const only = (some: typeof then, others: typeof then, change: 'unknown' | 'known') =>
    [...some]
      .filter(([key]) => !others.has(key))
      .map(
        ([, { input, label, chain }]): Transition => ({ change, target: { account: input, label, chain }, checks: [] }),
      )
  return [...only(today, then, 'unknown'), ...only(then, today, 'known')]
}

function placeOf({ account, label, chain }: ReportTarget): Place {
  return { account, label, chain }
}

function isOpen({ suppressions }: Pick<Marks, 'suppressions'>): boolean {
  return suppressions === undefined
}

type Told = Pick<Finding, 'ruleId' | 'fingerprint' | 'severity' | 'messageId' | 'subject' | 'data'> &
  Pick<TellableFinding, 'title' | 'message'>

function told({ ruleId, fingerprint, severity, messageId, title, message, subject, data }: Told): TellableFinding {
  return { ruleId, fingerprint, severity, messageId, title, message, subject, data }
}

const order = ['new', 'worse', 'unknown', 'resolved', 'known'] as const satisfies readonly Transition['change'][]

/** The gravest first; else in the order of the report. */
function byWeight(one: Transition, other: Transition): number {
  const byKind = order.indexOf(one.change) - order.indexOf(other.change)
  return byKind !== 0 ? byKind : severityOf(one) - severityOf(other)
}

function severityOf(transition: Transition): number {
  return 'finding' in transition ? severities.indexOf(transition.finding.severity) : 0
}
