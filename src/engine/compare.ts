/** What became of the findings of a baseline, and which findings it does not know. Pure. */
import type { Finding } from '../core/finding.ts'
import type { Because, EarlierFinding, Marks, Report, ReportTarget } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import { labelled } from '../domain/baseline.ts'
import { isSinceBaseline } from '../domain/since-baseline.ts'

/** One outcome, before or after its findings have words. */
type Ended = {
  readonly ruleId: string
  readonly status: 'passed' | 'found' | 'not-applicable' | 'inconclusive'
  readonly findings?: readonly (Finding & Marks)[]
  readonly because?: Because | undefined
}
/** A finding of a baseline. */
export type Known = Omit<EarlierFinding, 'change'>
type Place = { readonly account: string; readonly chain: { readonly id: number } | null }

/** By account and chain: those are one target, whatever its label. null: the chain is not known, so nothing can be compared. */
export function placeKey({ account, chain }: Place): string | null {
  return chain === null ? null : `${chain.id} ${account.toLowerCase()}`
}

/** The targets of a report that are this one: those of its account and chain. */
export function sameTargets(
  { result }: Report,
  { label, ...place }: Place & { readonly label: string | null },
): readonly ReportTarget[] {
  const key = placeKey(place)
  const same = result.targets.filter((target) => key !== null && placeKey(target) === key)
  return labelled(same, label)
}

/** Its own findings, and those that it kept because it could not tell. */
export function knownOf({ outcomes, earlier = [] }: ReportTarget): readonly Known[] {
  const found = outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : []))
  const kept = earlier.filter(({ change }) => change === 'unknown').map(({ change, ...finding }) => finding)
  return [...found.map(shortened), ...kept]
}

function shortened(finding: Known): Known {
  const { ruleId, fingerprint, severity, messageId, subject, data, suppressions, title, message } = finding
  const excused = suppressions === undefined ? {} : { suppressions }
  return { ruleId, fingerprint, severity, messageId, subject, data, ...excused, title, message }
}

/**
 * `updated`: graver, another sentence, other addresses or hashes in it, a grant of more than before, or something that happened
 * again. Balances, blocks, times and words move by themselves and change nothing. One that was suppressed then and is not any more is new: nobody accepted it.
 */
export function changeOf(finding: Finding & Marks, known: readonly Known[]): NonNullable<Marks['change']> {
  const same = known.filter(
    ({ fingerprint, suppressions }) =>
      fingerprint === finding.fingerprint && (suppressions === undefined || finding.suppressions !== undefined),
  )
  const before = same.find(({ messageId }) => messageId === finding.messageId) ?? same[0]
  if (before === undefined) return 'new'
  return isUpdated(before, finding) ? 'updated' : 'unchanged'
}

function isUpdated(before: Known, now: Finding): boolean {
  const isGraver = severities.indexOf(now.severity) < severities.indexOf(before.severity)
  const isOther = now.messageId !== before.messageId || !hasSameNames(before, now)
  return isGraver || isOther || allowsMore(before, now) || happenedAgain(before, now)
}

const told = ['since', 'lost', 'count', 'threshold'] as const

/** What happened since a block, measured from another one or with another extent, happened again. */
function happenedAgain(before: Pick<Finding, 'data'>, now: Pick<Finding, 'data'>): boolean {
  if (!isSinceBaseline(now)) return false
  return told.some((key) => before.data[key]?.value !== now.data[key]?.value)
}

function allowsMore(before: Pick<Finding, 'data'>, now: Pick<Finding, 'data'>): boolean {
  const [then, amount] = [amountOf(before), amountOf(now)]
  return amount !== null && (then === null || amount > then)
}

const names: ReadonlySet<string> = new Set(['address', 'hash', 'bytes'])

function hasSameNames(before: Pick<Finding, 'data'>, now: Pick<Finding, 'data'>): boolean {
  const namesIn = ({ data }: Pick<Finding, 'data'>) =>
    Object.keys(data)
      .sort()
      .flatMap((key) => (names.has(data[key]?.type ?? '') ? [[key, String(data[key]?.value).toLowerCase()]] : []))
  return JSON.stringify(namesIn(before)) === JSON.stringify(namesIn(now))
}

/** What a grant lets its spender take, in the smallest unit; null for other findings. */
export function amountOf({ data }: Pick<Finding, 'data'>): bigint | null {
  const { amount } = data
  return amount?.type === 'token-amount' || amount?.type === 'native' ? BigInt(amount.value) : null
}

/** The findings of the baseline that a target does not have now. */
export function earlierOf(known: readonly Known[], outcomes: readonly Ended[]): readonly EarlierFinding[] {
  const now = new Set(outcomes.flatMap(({ findings = [] }) => findings.map(({ fingerprint }) => fingerprint)))
  return known
    .filter(({ fingerprint }) => !now.has(fingerprint))
    .map((finding) => ({
      ...finding,
      change: isAbsent(finding, outcomes) ? ('absent' as const) : ('unknown' as const),
    }))
    .sort(byIdentity)
}

/** A rule that does not apply, or was not asked, did not look. */
function isAbsent({ ruleId }: Known, outcomes: readonly Ended[]): boolean {
  const outcome = outcomes.find((one) => one.ruleId === ruleId)
  if (outcome === undefined) return false
  return outcome.status === 'passed' || (outcome.status === 'found' && outcome.because === undefined)
}

function byIdentity(one: Known, other: Known): number {
  const [left, right] = [one, other].map(({ ruleId, fingerprint, messageId }) =>
    JSON.stringify([ruleId, fingerprint, messageId]),
  )
  return (left ?? '') < (right ?? '') ? -1 : 1
}
