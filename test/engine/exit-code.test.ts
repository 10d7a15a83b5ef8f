import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import type { Outcome } from '../../src/core/outcome.ts'
import { severities } from '../../src/core/severity.ts'
import { exitCodeOf, type FailOn, isComplete } from '../../src/engine/exit-code.ts'
import { hashOf } from '../../src/testing.ts'
import { draftOf } from '../support/rules.ts'

const because = { kind: 'wrong-chain', expected: 1, actual: 2 } as const
const passed: Outcome = { ruleId: 'a', status: 'passed' }
const skipped: Outcome = { ruleId: 'b', status: 'not-applicable' }
const unknown: Outcome = { ruleId: 'c', status: 'inconclusive', because }

function found(severity: Finding['severity'], over: { because?: typeof because } = {}): Outcome {
  const finding = {
    ...draftOf(0),
    ruleId: 'd',
    severity,
    confidence: 'certain' as const,
    fingerprint: hashOf(1).slice(2, 34),
  }
  return { ruleId: 'd', status: 'found', findings: [{ ...finding, evidence: [...finding.evidence] }], ...over }
}
const policy = (failOn: FailOn = 'high', allowIncomplete = false) => ({ failOn, allowIncomplete })

describe('exit code', () => {
  test.each<[string, readonly Outcome[], ReturnType<typeof policy>, 0 | 1 | 3]>([
    ['all passed', [passed, skipped], policy(), 0],
    ['one unknown', [passed, unknown], policy(), 3],
    ['one unknown that is allowed', [passed, unknown], policy('high', true), 0],
    ['found at the threshold', [found('high')], policy(), 1],
    ['found above the threshold', [found('critical')], policy(), 1],
    ['found below the threshold', [found('medium')], policy(), 0],
    ['found outranks unknown', [unknown, found('high')], policy(), 1],
    ['found, where unknown is allowed', [unknown, found('high')], policy('high', true), 1],
    ['found below the threshold, and one unknown', [unknown, found('medium')], policy(), 3],
    ['found below the threshold in half of the facts', [found('medium', { because })], policy(), 3],
    ['critical, and never to fail', [found('critical')], policy('never'), 0],
    ['critical and unknown, and never to fail', [found('critical'), unknown], policy('never'), 3],
    ['no rule at all', [], policy(), 3],
  ])('%s', (_, outcomes, given, code) => {
    expect(exitCodeOf({ outcomes: [outcomes], unchecked: 0 }, given)).toBe(code)
  })

  test.each<[string, readonly (readonly Outcome[])[], number, 0 | 1 | 3]>([
    ['two targets that passed', [[passed], [passed, skipped]], 0, 0],
    ['one target unknown', [[passed], [unknown]], 0, 3],
    ['one target unknown, and found in the other', [[unknown], [found('high')]], 0, 1],
    ['a target without an account', [[passed]], 1, 3],
    ['a target without an account, and found in the other', [[found('high')]], 1, 1],
    ['a target without a rule', [[passed], []], 0, 3],
    ['nothing but a target without an account', [], 1, 3],
    ['no target', [], 0, 3],
  ])('of several: %s', (_, outcomes, unchecked, code) => {
    expect(exitCodeOf({ outcomes, unchecked }, policy())).toBe(code)
  })

  test.each(severities)('--fail-on %s takes that severity and those above it', (threshold) => {
    const codes = severities.map((severity) =>
      exitCodeOf({ outcomes: [[found(severity)]], unchecked: 0 }, policy(threshold)),
    )
    const index = severities.indexOf(threshold)
    expect(codes).toEqual(severities.map((_, place) => (place <= index ? 1 : 0)))
  })
})

test.each<[string, readonly Outcome[], boolean]>([
  ['nothing was looked at', [], false],
  ['everything was evaluated', [passed, skipped, found('high')], true],
  ['a rule was not', [passed, unknown], false],
  ['a rule saw half and found something', [passed, found('high', { because })], false],
])('complete when %s: %#', (_, outcomes, complete) => {
  expect(isComplete(outcomes)).toBe(complete)
})
