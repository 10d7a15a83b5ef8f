/** What became different from one run to the next. Pure: the same two reports differ in the same way, in the same order. */
import type { Finding } from '../core/finding.ts'
import type { Marks, Report, ReportOutcome, ReportTarget } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import type { KnownTarget } from '../core/state.ts'
import { changeOf, earlierOf, type Known, knownOf, sameTargets } from '../engine/compare.ts'
import { updateBaseline } from '../engine/update-baseline.ts'
import { isAccepted } from './accepted.ts'
import type { Place, TellableFinding, Transition } from './notification.ts'

/**
 * @param earlier what `keepKnown` made of the runs before; null before the first: then all that is found is new, and what could not be
 *   read has not become unknown
 * @param compared `baseline`: what the report was compared with, if with anything
 */
export function transitionsOf(
  earlier: Report | null,
  given: Report,
  { baseline = null }: { readonly baseline?: Report | null } = {},
): readonly Transition[] {
  const now = placed(earlier, given)
  const ofTargets = now.result.targets.flatMap((target) => {
    const same = earlier === null ? [] : sameTargets(earlier, target)
    const isAdded = earlier !== null && earlier.result.targets.length > 0 && same.length === 0
    const [{ state = null, compared } = {}] = baseline === null ? [] : sameTargets(baseline, target)
    return targetTransitions(target, {
      known: same.flatMap(knownOf),
      before: same[0] ?? null,
      isAdded,
      accepted: { state, compared },
    })
  })
  return [...ofTargets, ...(earlier === null ? [] : uncheckedTransitions(earlier, now))].sort(byWeight)
}

/** What a later run is compared with. A read that failed overwrites nothing; what is known to be unknown is not told again. */
export function keepKnown(earlier: Report | null, given: Report): Report {
  const now = placed(earlier, given)
  const { unchecked = [] } = now.result
  const unseen = [...unchecked, ...stillUnseen(earlier, now)]
  const kept = updateBaseline(earlier, now)
  return { ...kept, result: { ...kept.result, ...(unseen.length > 0 && { unchecked: unseen }) } }
}

/**
 * An endpoint that does not answer names no chain. Where the account is known on one chain only, it is that one that cannot be read;
 * else nothing of the account was checked.
 */
function placed(earlier: Report | null, report: Report): Report {
  if (report.result.targets.every(({ chain }) => chain !== null)) return report
  const targets = report.result.targets.map((target) => {
    if (target.chain !== null) return target
    const [only, ...others] = (earlier?.result.targets ?? []).filter(({ account }) => account === target.account)
    return only === undefined || others.length > 0 ? target : { ...target, chain: only.chain }
  })
  const unchecked = [
    ...(report.result.unchecked ?? []),
    ...targets.filter(({ chain }) => chain === null).map(asUnchecked),
  ]
  const result = { ...report.result, targets: targets.filter(({ chain }) => chain !== null) }
  return { ...report, result: { ...result, ...(unchecked.length > 0 && { unchecked }) } }
}

const unread = { code: 'not-read', message: 'Nothing could be read.', data: {}, hints: [] } as const

function asUnchecked({ account, label, chain, declaredAt, outcomes }: ReportTarget): Unchecked {
  const [error = unread] = outcomes.flatMap((outcome) =>
    outcome.status === 'inconclusive' && outcome.because.kind === 'fact-failed' ? [outcome.because.error] : [],
  )
  return { input: account, label, chain, error, ...(declaredAt !== undefined && { declaredAt }) }
}

type Before = {
  readonly known: readonly Known[]
  readonly before: ReportTarget | null
  /** Others were looked at before, and this one was not. */
  readonly isAdded: boolean
  /** What the baseline has. */
  readonly accepted: Pick<KnownTarget, 'state' | 'compared'>
}

function targetTransitions(now: ReportTarget, { known, before, isAdded, accepted }: Before): readonly Transition[] {
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
      .map((finding): Transition => {
        const change = isAccepted(finding, accepted) ? 'accepted' : 'resolved'
        return { change, target, finding: told(finding) }
      }),
    ...(before === null ? [] : sightTransitions({ target, asked, before: before.outcomes, now: now.outcomes })),
    ...(isAdded && !isLookedAt(now) ? neverRead(target, now.outcomes) : []),
  ]
}

/** Nobody would hear of it otherwise: it never was known. */
function neverRead(target: Place, outcomes: readonly ReportOutcome[]): readonly Transition[] {
  const checks = [...unknownIn(outcomes)]
  return checks.length === 0 ? [] : [{ change: 'unknown', target, checks }]
}

/** Of what does not apply, nothing had to be read. */
function isLookedAt({ outcomes }: ReportTarget): boolean {
  const unknown = unknownIn(outcomes)
  return outcomes.some(({ ruleId, status }) => status !== 'not-applicable' && !unknown.has(ruleId))
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

type Unchecked = NonNullable<Report['result']['unchecked']>[number]

function uncheckedTransitions(before: Report, now: Report): readonly Transition[] {
  const then = new Set((before.result.unchecked ?? []).map(uncheckedKey))
  const still = new Set(stillUnseen(before, now).map(uncheckedKey))
  const lost = (now.result.unchecked ?? []).filter((one) => !then.has(uncheckedKey(one)))
  const today = new Set((now.result.unchecked ?? []).map(uncheckedKey))
  const regained = (before.result.unchecked ?? []).filter(
    (one) => !today.has(uncheckedKey(one)) && !still.has(uncheckedKey(one)),
  )
  const ofAccount =
    (change: 'unknown' | 'known') =>
    ({ input, label, chain }: Unchecked): Transition => ({
      change,
      target: { account: input, label, chain },
      checks: [],
    })
  return [...lost.map(ofAccount('unknown')), ...regained.map(ofAccount('known'))]
}

function uncheckedKey({ input, chain }: Unchecked): string {
  return JSON.stringify([input, chain?.id])
}

/** Those that could not be checked before, and that nobody looked at now: a run may be about other accounts. */
function stillUnseen(before: Report | null, { result: now }: Report): readonly Unchecked[] {
  const today = new Set((now.unchecked ?? []).map(uncheckedKey))
  return (before?.result.unchecked ?? []).filter(
    (one) => !today.has(uncheckedKey(one)) && !now.targets.some((target) => isLookedAt(target) && isSame(one, target)),
  )
}

/** A report does not say from which name an account came: a name is known by its label, or by where it stands in the file. */
function isSame({ input, label, chain, declaredAt }: Unchecked, target: ReportTarget): boolean {
  if (chain !== null && chain.id !== target.chain?.id) return false
  if (isAddress(input)) return input.toLowerCase() === target.account.toLowerCase()
  if (label !== target.label) return false
  if (label !== null) return true
  return declaredAt?.file === target.declaredAt?.file && declaredAt?.line === target.declaredAt?.line
}

function isAddress(text: string): boolean {
  return /^0x[0-9a-f]{40}$/i.test(text)
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

const order = [
  'new',
  'worse',
  'unknown',
  'resolved',
  'accepted',
  'known',
] as const satisfies readonly Transition['change'][]

/** The gravest first; else in the order of the report. */
function byWeight(one: Transition, other: Transition): number {
  const byKind = order.indexOf(one.change) - order.indexOf(other.change)
  return byKind !== 0 ? byKind : severityOf(one) - severityOf(other)
}

function severityOf(transition: Transition): number {
  return 'finding' in transition ? severities.indexOf(transition.finding.severity) : 0
}
