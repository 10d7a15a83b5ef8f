import { AssertionError } from 'node:assert'
import { toFactError } from '../core/errors.ts'
import type { FactKey, FactMap, FactResults } from '../core/facts.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Rule } from '../core/rule.ts'
import type { Locale } from '../core/text.ts'
import { judge } from '../engine/judge.ts'
import { localizeOutcome } from '../engine/localize.ts'
import { account, facts as healthyFacts, owner } from './build-facts.ts'
import { shuffled } from './shuffle.ts'

/** Facts by hand; an error stands for one that could not be read. Those that are not given are a healthy account's. */
export type GivenFacts = { readonly [Key in FactKey]?: FactMap[Key] | Error }
type Options = Readonly<Record<string, unknown>>

/** As many other orders are tried, the first of them backwards. */
const orders = 5

/**
 * Judges facts with one rule, as a run would: the facts that are not given are a healthy account's.
 * Give `new Error()` (any error) for a fact that could not be read.
 * @throws AssertionError when the outcome depends on the order of a list, which is another one at another node
 */
export function judgeWith(rule: Rule, facts: GivenFacts, options: Options = {}): Outcome {
  const target = targetOf(facts)
  const outcome = judgeOnce(rule, target, options)
  for (let seed = 0; seed < orders; seed++) {
    const actual = judgeOnce(rule, { ...target, facts: shuffled(target.facts, seed) }, options)
    if (JSON.stringify(actual) === JSON.stringify(outcome)) continue
    throw new AssertionError({
      message: `${rule.id} comes to something else when the lists in its facts have another order: sort what it takes the first of.`,
      actual,
      expected: outcome,
    })
  }
  return outcome
}

type Target = Parameters<typeof judge>[1]

function targetOf(facts: GivenFacts): Target {
  const results = Object.fromEntries(
    Object.entries({ ...healthyFacts(), ...facts }).map(([key, fact]) => [
      key,
      fact instanceof Error ? { status: 'failed', error: toFactError(fact) } : { status: 'ok', value: fact },
    ]),
  ) as FactResults // one entry per fact: the healthy ones have all
  return {
    account: facts.account instanceof Error ? owner : (facts.account ?? account()).address,
    facts: results,
  }
}

function judgeOnce(rule: Rule, target: Target, options: Options): Outcome {
  const [outcome] = judge([rule], target, { [rule.id]: options })
  if (outcome === undefined) throw new Error('judge returned no outcome')
  return outcome
}

/** The sentences of every finding of an outcome, as a person reads them: message, then steps. */
export function wordsOf(rule: Rule, outcome: Outcome, locale: Locale): readonly string[] {
  const localized = localizeOutcome(outcome, [rule], locale)
  return localized.status === 'found' ? localized.findings.flatMap(({ message, steps }) => [message, ...steps]) : []
}
