/** Findings that the user decided to leave alone for a time: marked, never removed. Pure: the time is the run's. */
import type { UncheckedTarget } from '../core/collection.ts'
import type { Finding } from '../core/finding.ts'
import type { NonEmpty } from '../core/outcome.ts'
import type { FindingSuppression, Marks, Notice } from '../core/report.ts'
import { isExpired, isSameWord, mayBeFor, type Suppression, type WatchedAccount } from '../domain/suppression.ts'
import { chainOf } from './chain-of.ts'
import { amountOf } from './compare.ts'
import { noticeOf } from './notices.ts'
import type { ReportedTarget } from './report.ts'

type Judged = { readonly targets: readonly ReportedTarget[]; readonly unchecked: readonly UncheckedTarget[] }
type Asked = {
  readonly suppressions: readonly Suppression[]
  /** Unix milliseconds: a suppression that has ended by then marks nothing. */
  readonly now: number
  /** Accounts that suppressions may be for, and that this run was not asked about. */
  readonly others: readonly WatchedAccount[]
}
type Suppressed = { readonly targets: readonly ReportedTarget[]; readonly notices: readonly Notice[] }

export function suppress(judged: Judged, asked: Asked): Suppressed {
  const { suppressions, now } = asked
  const active = suppressions.filter((suppression) => !isExpired(suppression, now))
  return {
    targets: judged.targets.map((target) => markTarget(target, active)),
    notices: suppressions.flatMap((suppression) => noticesOn(suppression, judged, asked)),
  }
}

function markTarget(target: ReportedTarget, active: readonly Suppression[]): ReportedTarget {
  const outcomes = target.outcomes.map((outcome) => {
    if (outcome.status !== 'found') return outcome
    const findings = outcome.findings.map((finding) => {
      const fitting = active.filter((one) => fits(one, finding, target) && isTrueStill(one, finding))
      return fitting.length === 0 ? finding : { ...finding, suppressions: fitting.map(toMark).sort(byWords) }
    })
    return { ...outcome, findings: findings as unknown as NonEmpty<Finding & Marks> } // as many as before
  })
  return { ...target, outcomes }
}

function toMark({ reason, expires, declaredAt }: Suppression): FindingSuppression {
  return { reason, expires, ...(declaredAt !== undefined && { declaredAt }) }
}

function byWords(one: FindingSuppression, other: FindingSuppression): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1
}

function fits(suppression: Suppression, finding: Finding, target: ReportedTarget): boolean {
  const { rule, account, token, spender, subject = {} } = suppression
  if (rule !== finding.ruleId || !covers(suppression, target)) return false
  // Who names no account excuses accounts that they may not know of yet.
  if (account === undefined && finding.severity === 'critical') return false
  const fields: Readonly<Record<string, string | number | undefined>> = finding.subject
  const isSame = (wanted: string | undefined, ...keys: readonly string[]) =>
    wanted === undefined || keys.some((key) => fields[key] !== undefined && isSameWord(String(fields[key]), wanted))
  return (
    isSame(token, 'token', 'collection') &&
    isSame(spender, 'spender', 'operator') &&
    Object.entries(subject).every(
      ([key, wanted]) => isSame(wanted, key) || (key === 'hash' && isBegun(fields.hash, wanted)),
    )
  )
}

function covers({ account, chain }: Suppression, { collection }: ReportedTarget): boolean {
  const { facts, label } = collection
  if (chain !== undefined && chain !== chainOf(collection)?.id) return false
  const name = facts.account.status === 'ok' ? facts.account.value.ensName : null
  if (account === undefined || account === label) return true
  return isSameWord(account, collection.account) || (name !== null && isSameWord(account, name))
}

/** 128 bits: nobody finds another transaction that begins so. */
function isBegun(hash: string | number | undefined, wanted: string): boolean {
  return wanted.length >= 34 && String(hash).toLowerCase().startsWith(wanted.toLowerCase())
}

/** Of a finding that says no amount, nobody knows that it is within one. */
function isTrueStill({ while: condition }: Suppression, finding: Finding): boolean {
  if (condition?.maxAllowance === undefined) return true
  const amount = amountOf(finding)
  return amount !== null && amount <= BigInt(condition.maxAllowance)
}

function noticesOn(suppression: Suppression, judged: Judged, { now, others }: Asked): readonly Notice[] {
  const fitting = judged.targets.flatMap((target) =>
    target.outcomes
      .flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : []))
      .filter((finding) => fits(suppression, finding, target)),
  )
  if (isExpired(suppression, now)) return [noticeOf('suppression-expired', suppression, fitting.length)]
  const outdated = fitting.filter((finding) => !isTrueStill(suppression, finding))
  if (outdated.length > 0) return [noticeOf('suppression-outdated', suppression, outdated.length)]
  const isFree = fitting.length === 0 && !others.some((other) => mayBeFor(suppression, other))
  return isFree && isSurelyUnused(suppression, judged) ? [noticeOf('suppression-unused', suppression, 0)] : []
}

/** Whether its rule saw all that it could be for. What this run was not asked about, or could not see, may have use for it. */
function isSurelyUnused(suppression: Suppression, { targets, unchecked }: Judged): boolean {
  const { rule } = suppression
  const covered = targets.filter((target) => covers(suppression, target))
  const outcomes = covered.map((target) => target.outcomes.find(({ ruleId }) => ruleId === rule))
  const isOpen =
    unchecked.some((target) => mayBeForUnchecked(suppression, target)) ||
    targets.some((target) => !covered.includes(target) && mayBeForUnread(suppression, target))
  return (
    !isOpen &&
    covered.length > 0 &&
    outcomes.every((one) => one?.status === 'passed' || (one?.status === 'found' && one.because === undefined))
  )
}

function mayBeForUnchecked(suppression: Suppression, { input, label, chain }: UncheckedTarget): boolean {
  const chainId = chain?.id ?? suppression.chain ?? 0
  return mayBeFor(suppression, { account: input, ...(label !== null && { label }), chainId })
}

/** Of an account whose facts failed nobody knows the name by which it was asked about, nor always the chain. */
function mayBeForUnread({ account, chain }: Suppression, { collection }: ReportedTarget): boolean {
  const asked = chainOf(collection)?.id
  if (chain !== undefined && asked !== undefined && chain !== asked) return false
  const isNamed = account === undefined || account === collection.label || isSameWord(account, collection.account)
  return isNamed ? asked === undefined : collection.facts.account.status !== 'ok' && account.includes('.')
}
