/** What is wrong with the findings of a rule: their shape, their names across runs, and their words in each language. */
import { type Finding, findingSchema } from '../core/finding.ts'
import type { NonEmpty } from '../core/outcome.ts'
import type { Rule } from '../core/rule.ts'
import { type Locale, locales } from '../core/text.ts'
import { localizeOutcome } from '../engine/localize.ts'

/** What is left in a sentence that was not written out. */
const leftover = /[{}]|\bundefined\b|\bNaN\b|\[object |^\s|\s$|^$/

export function findingFlaws(rule: Rule, findings: NonEmpty<Finding>): readonly string[] {
  const names = findings.map(({ fingerprint }) => fingerprint)
  return [
    ...findings.flatMap(shapeFlawsOf),
    ...(new Set(names).size === names.length
      ? []
      : ['two findings have the same subject, so nobody can tell them apart']),
    ...locales.flatMap((locale) => findings.flatMap((finding) => wordFlaws(rule, finding, locale))),
  ]
}

function shapeFlawsOf(finding: Finding): readonly string[] {
  const { messageId, evidence } = finding
  const parsed = findingSchema.safeParse(finding)
  const issues = parsed.success ? [] : parsed.error.issues
  return [
    ...issues.map(({ path, message }) => `${messageId}: its ${path.join('.')} cannot be reported: ${message}`),
    ...(evidence.length === 0 ? [`${messageId}: it has no evidence`] : []),
  ]
}

function wordFlaws(rule: Rule, finding: Finding, locale: Locale): readonly string[] {
  // What a chain says may hold anything, and is not the rule's.
  const isForeign = Object.values(finding.data).some(({ value }) => leftover.test(String(value)))
  return sentencesOf(rule, finding, locale).flatMap((sentence) => {
    if (sentence instanceof Error) return [`${finding.messageId} (${locale}): ${sentence.message}`]
    return isForeign || !leftover.test(sentence)
      ? []
      : [`${finding.messageId} (${locale}): a sentence is not written out: ${JSON.stringify(sentence)}`]
  })
}

function sentencesOf(rule: Rule, finding: Finding, locale: Locale): readonly (string | Error)[] {
  try {
    const outcome = localizeOutcome({ ruleId: rule.id, status: 'found', findings: [finding] }, [rule], locale)
    if (outcome.status !== 'found') return []
    return outcome.findings.flatMap(({ title, message, why, steps }) => [title, message, why, ...steps])
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error))]
  }
}
