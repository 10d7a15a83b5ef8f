/** The second half of a run: judge what was gathered. Apart, because the first half need not wait for it to load. */
import type { Collection, UncheckedTarget } from '../core/collection.ts'
import { toFactError } from '../core/errors.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Report } from '../core/report.ts'
import type { Rule } from '../core/rule.ts'
import type { Locale } from '../core/text.ts'
import { tool } from '../core/tool.ts'
import type { Suppression, WatchedAccount } from '../domain/suppression.ts'
import { compareWithBaseline } from './baseline.ts'
import { checkSuppressions, usualSuppressionDays } from './check-suppressions.ts'
import type { FailOn } from './exit-code.ts'
import { judge, type RuleOptions } from './judge.ts'
import { localizeOutcome } from './localize.ts'
import type { CollectedTarget, JudgedTarget, Severities } from './options.ts'
import { buildReport, type ReportedTarget } from './report.ts'
import { runOf } from './report-run.ts'
import { withSecondOpinion } from './second-opinion.ts'
import { checkRuleIds, checkRuleOptions, type RuleSelection, selectRules } from './select-rules.ts'
import { withSeverity } from './severities.ts'
import { suppress } from './suppressions.ts'
import { withBaseline } from './with-baseline.ts'

export type JudgeOptions = RuleSelection & {
  readonly locale: Locale
  readonly failOn: FailOn
  readonly allowIncomplete: boolean
  readonly ruleOptions: RuleOptions
  readonly failOnNew?: boolean
  /** An earlier report. */
  readonly baseline?: Report
  readonly suppressions?: readonly Suppression[]
  readonly maximumSuppressionDays?: number
  readonly otherAccounts?: readonly WatchedAccount[]
}

/**
 * Judges what a run read about one account, now or at any later time.
 * @throws UnknownRuleError, NoRulesSelectedError, InvalidRuleOptionsError
 */
export function judgeFacts(rules: readonly Rule[], collection: Collection, options: JudgeOptions): Report {
  return judgeTargets(rules, [{ collection }], options)
}

/**
 * Judges what was read about several accounts into one report.
 * @throws UnknownRuleError, NoRulesSelectedError, InvalidRuleOptionsError, InvalidSuppressionError
 */
export function judgeTargets(rules: readonly Rule[], targets: readonly JudgedTarget[], options: JudgeOptions): Report {
  const selected = selectRules(inReportOrder(rules), options)
  checkRuleOptions(rules, options.ruleOptions)
  for (const { ruleOptions = {}, severities = {} } of targets.filter(isCollected)) {
    checkRuleOptions(rules, ruleOptions)
    checkRuleIds(rules, Object.keys(severities))
  }
  const unchecked = targets.filter((target) => !isCollected(target))
  // The run's own clock: the same facts are judged alike on any day.
  const { startedAt } = runOf(
    targets.filter(isCollected).map(({ collection }) => collection),
    unchecked,
  )
  const now = Date.parse(startedAt)
  const { suppressions = [], maximumSuppressionDays: days = usualSuppressionDays } = options
  checkSuppressions(suppressions, { rules, now, days })
  const judged = targets.filter(isCollected).map((target) => judgeTarget(selected, target, options))
  const notSelected = idsWithout(inReportOrder(rules), selected)
  return buildReport(
    { unchecked, notSelected, ...compared({ targets: judged, unchecked }, { ...options, suppressions, now }) },
    { ...options, tool, rules: selected },
  )
}

type Comparison = {
  readonly suppressions: readonly Suppression[]
  readonly otherAccounts?: readonly WatchedAccount[]
  readonly baseline?: Report
  /** Unix milliseconds. */
  readonly now: number
}
type Judged = { readonly targets: readonly ReportedTarget[]; readonly unchecked: readonly UncheckedTarget[] }

/** With what the user's settings and the baseline say of each finding. */
function compared(judged: Judged, { suppressions, otherAccounts = [], baseline, now }: Comparison) {
  const { targets, notices } = suppress(judged, { suppressions, now, others: otherAccounts })
  if (baseline === undefined) return { targets, notices }
  const { notAsked, ...rest } = compareWithBaseline(targets, baseline)
  return { ...rest, notices, baseline: { startedAt: baseline.run.startedAt, notAsked } }
}

function isCollected(target: JudgedTarget): target is CollectedTarget {
  return target.kind !== 'unchecked'
}

function judgeTarget(selected: readonly Rule[], target: CollectedTarget, options: JudgeOptions): ReportedTarget {
  const { ruleOptions = {}, severities = {}, tags, declaredAt } = target
  const collection = withBaseline(target.collection, options.baseline)
  const rules = selected.filter(({ id }) => severities[id] !== 'off')
  const outcomes = judge(rules, collection, merged(options.ruleOptions, ruleOptions))
    .map((outcome) => withSecondOpinion(outcome, collection))
    .map((outcome) => weighed(outcome, rules, severities))
    .map((outcome) => withWords(outcome, rules, options.locale))
  return {
    collection,
    outcomes,
    switchedOff: idsWithout(selected, rules),
    ...(tags !== undefined && { tags }),
    ...(declaredAt !== undefined && { declaredAt }),
  }
}

/** Built-in rules as they are listed, then those of plugins by id: in which order these were loaded says nothing. */
function inReportOrder(rules: readonly Rule[]): readonly Rule[] {
  const isForeign = ({ id }: Rule) => id.includes('/')
  const foreign = rules.filter(isForeign).sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0))
  return [...rules.filter((rule) => !isForeign(rule)), ...foreign]
}

/** The rules that are left out: a report names what was not asked. */
function idsWithout(all: readonly Rule[], kept: readonly Rule[]): readonly string[] {
  const ids = new Set(kept.map(({ id }) => id))
  return all.map(({ id }) => id).filter((id) => !ids.has(id))
}

/** Option by option: a target that sets one threshold of a rule keeps the others that hold for all. */
function merged(all: RuleOptions, own: RuleOptions): RuleOptions {
  const entries = Object.entries(own).map(([ruleId, given]) => [ruleId, { ...all[ruleId], ...given }] as const)
  return { ...all, ...Object.fromEntries(entries) }
}

function weighed(outcome: Outcome, rules: readonly Rule[], severities: Severities): Outcome {
  const rule = rules.find(({ id }) => id === outcome.ruleId)
  const wanted = severities[outcome.ruleId]
  return rule === undefined || wanted === undefined || wanted === 'off' ? outcome : withSeverity(outcome, rule, wanted)
}

/** A finding that cannot be said is a crash of its rule, and must not cost the report the other rules. */
function withWords(outcome: Outcome, rules: readonly Rule[], locale: Locale): Outcome {
  try {
    localizeOutcome(outcome, rules, locale)
    return outcome
  } catch (error) {
    const because = { kind: 'rule-crashed', error: toFactError(error) } as const
    return { ruleId: outcome.ruleId, status: 'inconclusive', because }
  }
}
