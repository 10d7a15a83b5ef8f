import { expect } from 'vitest'
import type { Outcome } from '../../src/core/outcome.ts'
import type { Rule } from '../../src/rule.ts'
import { wordsOf } from '../../src/testing.ts'

/** The outcomes of a test use every message of the rule, and each reads as whole sentences in both languages. */
export function expectEveryMessage(rule: Rule, outcomes: readonly Outcome[]): void {
  const findings = outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : []))
  const used = new Set(findings.map(({ messageId }) => messageId))
  expect([...used].sort()).toEqual(Object.keys(rule.text.en.messages).sort())
  for (const outcome of outcomes) {
    expect(outcome.status).toBe('found')
    const english = wordsOf(rule, outcome, 'en')
    const japanese = wordsOf(rule, outcome, 'ja')
    expect(japanese).toHaveLength(english.length)
    for (const words of [...english, ...japanese]) expect(words).not.toMatch(/[{}]|undefined|null|NaN|\(\)|^\s|\s$/)
    for (const words of english) expect(words).toMatch(/^[^\p{Script=Hiragana}\p{Script=Katakana}]+[.)]$/u)
    for (const words of japanese) expect(words).toMatch(/\p{Script=Hiragana}.*。$/u)
  }
}
