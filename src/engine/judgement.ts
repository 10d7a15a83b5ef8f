/** One run over one account, its second half: judge what was gathered. Apart, because the first half need not wait for it to load. */
import type { Collection } from '../core/collection.ts'
import { toFactError } from '../core/errors.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Report } from '../core/report.ts'
import type { Rule } from '../core/rule.ts'
import type { Locale } from '../core/text.ts'
import { tool } from '../core/tool.ts'
import type { FailOn } from './exit-code.ts'
import { judge, type RuleOptions } from './judge.ts'
import { localizeOutcome } from './localize.ts'
import { buildReport } from './report.ts'
import { withSecondOpinion } from './second-opinion.ts'
import { checkRuleOptions, type RuleSelection, selectRules } from './select-rules.ts'

export type JudgeOptions = RuleSelection & {
  readonly locale: Locale
  readonly failOn: FailOn
  readonly allowIncomplete: boolean
  readonly ruleOptions: RuleOptions
}

/**
 * Judges what a run read, now or at any later time.
 * @throws UnknownRuleError, NoRulesSelectedError, InvalidRuleOptionsError
 */
export function judgeFacts(rules: readonly Rule[], collection: Collection, options: JudgeOptions): Report {
  const selected = selectRules(rules, options)
  checkRuleOptions(rules, options.ruleOptions)
  const outcomes = judge(selected, collection, options.ruleOptions)
    .map((outcome) => withSecondOpinion(outcome, collection))
    .map((outcome) => withWords(outcome, selected, options.locale))
  return buildReport({ collection, outcomes }, { ...options, tool, rules: selected })
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
