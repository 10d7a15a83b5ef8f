/** Puts a rule through what a run, another node and a reader would put it through. Works in any test runner. */
import { AssertionError } from 'node:assert'
import type { Outcome } from '../core/outcome.ts'
import type { Rule } from '../core/rule.ts'
import { contentFlaws, shapeFlaws } from '../engine/rule-flaws.ts'
import { findingFlaws } from './finding-flaws.ts'
import { type GivenFacts, judgeWith } from './judge-with.ts'
import { watched } from './watched-rule.ts'

export type RuleCase = { readonly facts: GivenFacts; readonly options?: Readonly<Record<string, unknown>> }
/** By name, in words that a person understands. */
export type RuleCases = {
  /** Accounts with nothing to find: `ends` is `passed` unless said. */
  readonly healthy: Readonly<Record<string, RuleCase & { readonly ends?: 'passed' | 'not-applicable' }>>
  /** Accounts with the problem: `finds` has the message of each finding, in any order. Together they use every message. */
  readonly unhealthy: Readonly<Record<string, RuleCase & { readonly finds: readonly [string, ...string[]] }>>
  /** Accounts of which too little could be read to say that they are well: `inconclusive`. */
  readonly unknown: Readonly<Record<string, RuleCase>>
}

/** `test` of node:test, vitest or another runner. */
type Runner = { readonly test: (name: string, run: () => void) => unknown }
type Check = { readonly name: string; readonly run: () => void }

/**
 * Judges every case with frozen facts, without a clock, and in several orders of every list; renders every message in both
 * languages; and insists that every message is used, that findings have evidence and a fingerprint of their own, and that options
 * have a default and a description. With `test` each case becomes a test; without it all of them run at once.
 * @throws AssertionError that names the cases which failed, and how
 */
export function testRule(rule: Rule, cases: RuleCases, runner?: Runner): void {
  const checks: readonly Check[] = [
    { name: 'the rule itself', run: () => checkRule(rule, cases) },
    ...checksOf(cases.healthy, 'healthy', (given) => expectEnd(rule, given, given.ends ?? 'passed')),
    ...checksOf(cases.unhealthy, 'unhealthy', (given) => expectFindings(rule, given)),
    ...checksOf(cases.unknown, 'unknown', (given) => expectEnd(rule, given, 'inconclusive')),
  ]
  if (runner === undefined) runAll(rule, checks)
  else for (const { name, run } of checks) runner.test(`${rule.id}: ${name}`, run)
}

function checksOf<Case>(
  cases: Readonly<Record<string, Case>>,
  kind: string,
  check: (given: Case) => void,
): readonly Check[] {
  return Object.entries(cases).map(([name, given]) => ({ name: `${kind}: ${name}`, run: () => check(given) }))
}

function runAll(rule: Rule, checks: readonly Check[]): void {
  const failures = checks.flatMap(({ name, run }) => {
    try {
      run()
      return []
    } catch (error) {
      return [{ name, error }]
    }
  })
  const [first] = failures
  if (first === undefined) return
  const lines = failures.map(
    ({ name, error }) => `- ${name}: ${error instanceof Error ? error.message : String(error)}`,
  )
  throw Object.assign(
    failure([`${rule.id} fails ${failures.length} of ${checks.length} checks:`, ...lines].join('\n')),
    {
      cause: first.error,
    },
  )
}

function checkRule(rule: Rule, { healthy, unhealthy, unknown }: RuleCases): void {
  const shape = shapeFlaws(rule)
  const finds = new Set(Object.values(unhealthy).flatMap((given) => given.finds))
  const flaws = [
    ...shape,
    ...(shape.length === 0 ? contentFlaws(rule) : []),
    ...Object.entries({ healthy, unhealthy, unknown }).flatMap(([kind, cases]) =>
      Object.keys(cases).length === 0 ? [`there is no ${kind} case`] : [],
    ),
    ...Object.keys(rule.text.en.messages).flatMap((id) =>
      finds.has(id) ? [] : [`no unhealthy case finds the message ${id}`],
    ),
  ]
  if (flaws.length > 0) throw failure(flaws.join('; '))
}

function expectEnd(rule: Rule, given: RuleCase, expected: Outcome['status']): void {
  const outcome = judged(rule, given)
  if (outcome.status === expected) return
  throw failure(`it ends in ${told(outcome)}, not in ${expected}`, { actual: outcome.status, expected })
}

function expectFindings(rule: Rule, given: RuleCases['unhealthy'][string]): void {
  const outcome = judged(rule, given)
  if (outcome.status !== 'found') {
    throw failure(`it ends in ${told(outcome)}, not in found`, { actual: outcome.status, expected: 'found' })
  }
  const actual = outcome.findings.map(({ messageId }) => messageId).sort()
  const expected = given.finds.toSorted()
  if (actual.join() !== expected.join()) {
    throw failure(`it finds ${actual.join(', ')}, not ${expected.join(', ')}`, { actual, expected })
  }
  const flaws = findingFlaws(rule, outcome.findings)
  if (flaws.length > 0) throw failure(flaws.join('; '))
}

/** @throws AssertionError when the rule crashed, with what it threw: a run only says that it did */
function judged(rule: Rule, { facts, options }: RuleCase): Outcome {
  const watch = watched(rule)
  const outcome = judgeWith(watch.rule, facts, options)
  if (outcome.status !== 'inconclusive' || outcome.because.kind !== 'rule-crashed') return outcome
  const cause = watch.thrown()
  const words = cause instanceof Error ? `${cause.name}: ${cause.message}` : outcome.because.error.message
  throw Object.assign(failure(`it crashed. ${words}`), { cause })
}

function told(outcome: Outcome): string {
  if (outcome.status === 'found') return `found (${outcome.findings.map(({ messageId }) => messageId).join(', ')})`
  if (outcome.status !== 'inconclusive') return outcome.status
  const { because } = outcome
  return `inconclusive (${because.kind}${'fact' in because ? ` ${because.fact}` : ''})`
}

function failure(message: string, compared: { readonly actual?: unknown; readonly expected?: unknown } = {}) {
  return new AssertionError({ message, ...compared })
}
