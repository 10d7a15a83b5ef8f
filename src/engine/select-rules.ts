/** Which rules a run judges, and which facts it must read for them. */
import { CheckupError } from '../core/errors.ts'
import type { FactKey } from '../core/facts.ts'
import type { Rule } from '../core/rule.ts'
import { value } from '../core/value.ts'
import { nearestTo } from '../domain/nearest.ts'
import type { AnyCollector } from './collect.ts'
import type { RuleOptions } from './judge.ts'

export type RuleSelection = {
  /** Ids of the only rules to judge; all of them when absent or empty. */
  readonly onlyRules?: readonly string[]
  /** Ids of rules to leave out. */
  readonly skipRules?: readonly string[]
}

/** No rule has this id. The nearest known one is in the hints. */
export class UnknownRuleError extends CheckupError {
  constructor(ruleId: string, knownIds: readonly string[]) {
    const nearest = nearestTo(ruleId, knownIds)
    super('unknown-rule', {
      message: `There is no rule ${JSON.stringify(ruleId)}.`,
      data: {
        ruleId: value.untrustedText(ruleId),
        nearest: value.text(nearest ?? ''),
        hasNearest: value.keyword(nearest === null ? 'no' : 'yes'),
      },
      hints: nearest === null ? ['See the list of rules.'] : [`Did you mean ${nearest}?`],
    })
  }
}

/** The selection leaves no rule: a run without a question has no answer. */
export class NoRulesSelectedError extends CheckupError {
  constructor() {
    super('no-rules-selected', { message: 'The selection leaves no rule to judge.' })
  }
}

/** An option that a rule does not have, or a value that it refuses. */
export class InvalidRuleOptionsError extends CheckupError {
  constructor(ruleId: string, problem: string) {
    super('invalid-rule-options', {
      message: `The options of the rule ${ruleId} are not valid: ${problem}.`,
      data: { ruleId: value.text(ruleId), problem: value.untrustedText(problem) },
    })
  }
}

/** @throws UnknownRuleError */
export function checkRuleIds(rules: readonly Rule[], ids: readonly string[]): void {
  const knownIds = rules.map(({ id }) => id)
  const unknown = ids.find((id) => !knownIds.includes(id))
  if (unknown !== undefined) throw new UnknownRuleError(unknown, knownIds)
}

/** @throws UnknownRuleError, NoRulesSelectedError */
export function selectRules(
  rules: readonly Rule[],
  { onlyRules = [], skipRules = [] }: RuleSelection,
): readonly Rule[] {
  checkRuleIds(rules, [...onlyRules, ...skipRules])
  const selected = rules.filter(
    ({ id }) => (onlyRules.length === 0 || onlyRules.includes(id)) && !skipRules.includes(id),
  )
  if (selected.length === 0) throw new NoRulesSelectedError()
  return selected
}

/**
 * Looks at rule options before a run, so that a mistyped threshold does not end in a check that cannot be evaluated.
 * @throws UnknownRuleError, InvalidRuleOptionsError
 */
export function checkRuleOptions(rules: readonly Rule[], options: RuleOptions): void {
  checkRuleIds(rules, Object.keys(options))
  for (const [ruleId, given] of Object.entries(options)) {
    const rule = rules.find(({ id }) => id === ruleId)
    if (rule === undefined) continue // checked above
    const parsed = rule.options.strict().safeParse(given)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw new InvalidRuleOptionsError(ruleId, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim())
    }
  }
}

/** The collectors that the rules need, with those that these need in turn, in the order of the list. */
export function neededCollectors(collectors: readonly AnyCollector[], rules: readonly Rule[]): readonly AnyCollector[] {
  // The report names the chain and the block whatever the rules ask for.
  const needed = new Set<FactKey>(['chain', ...rules.flatMap(({ needs }) => needs)])
  // The list is in dependency order, so that one pass from its end meets every collector after all that need it.
  for (const collector of collectors.toReversed()) {
    const others: readonly FactKey[] = [...collector.needs, ...(collector.wants ?? [])]
    if (needed.has(collector.key)) for (const key of others) needed.add(key)
  }
  return collectors.filter(({ key }) => needed.has(key))
}
