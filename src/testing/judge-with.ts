import { toFactError } from '../core/errors.ts'
import type { FactKey, FactMap, FactResults } from '../core/facts.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Rule } from '../core/rule.ts'
import type { Locale } from '../core/text.ts'
import { judge } from '../engine/judge.ts'
import { localizeOutcome } from '../engine/localize.ts'
import { account, facts as healthyFacts, owner } from './build-facts.ts'

/**
 * Judges facts with one rule, as a run would: the facts that are not given are a healthy account's.
 * Give `new Error()` (any error) for a fact that could not be read.
 */
export function judgeWith(
  rule: Rule,
  facts: { readonly [Key in FactKey]?: FactMap[Key] | Error },
  options: Readonly<Record<string, unknown>> = {},
): Outcome {
  const results = Object.fromEntries(
    Object.entries({ ...healthyFacts(), ...facts }).map(([key, fact]) => [
      key,
      fact instanceof Error ? { status: 'failed', error: toFactError(fact) } : { status: 'ok', value: fact },
    ]),
  ) as FactResults // one entry per fact: the healthy ones have all
  const target = {
    account: facts.account instanceof Error ? owner : (facts.account ?? account()).address,
    facts: results,
  }
  const [outcome] = judge([rule], target, { [rule.id]: options })
  if (outcome === undefined) throw new Error('judge returned no outcome')
  return outcome
}

/** The sentences of every finding of an outcome, as a person reads them: message, then steps. */
export function wordsOf(rule: Rule, outcome: Outcome, locale: Locale): readonly string[] {
  const localized = localizeOutcome(outcome, [rule], locale)
  return localized.status === 'found' ? localized.findings.flatMap(({ message, steps }) => [message, ...steps]) : []
}
