/** Adds the words of one language to findings. An old report gets other words the same way. */
import type { Finding } from '../core/finding.ts'
import { links } from '../core/links.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Report, ReportFinding, ReportOutcome } from '../core/report.ts'
import type { Rule } from '../core/rule.ts'
import type { Locale } from '../core/text.ts'
import { formatMessage } from '../domain/format-message.ts'

/** @throws when a message of the rule names a value that its finding does not have */
export function localizeOutcome(outcome: Outcome, rules: readonly Rule[], locale: Locale): ReportOutcome {
  if (outcome.status !== 'found') return outcome
  return { ...outcome, findings: outcome.findings.map((finding) => localizeFinding(finding, rules, locale)) }
}

/** The same report in another language. A finding that today's `rules` have no words for keeps the ones it has. */
export function localizeReport(report: Report, rules: readonly Rule[], locale: Locale): Report {
  const targets = report.result.targets.map((target) => ({
    ...target,
    outcomes: target.outcomes.map((outcome) =>
      outcome.status === 'found'
        ? { ...outcome, findings: outcome.findings.map((finding) => relocalize(finding, rules, locale)) }
        : outcome,
    ),
  }))
  return { ...report, run: { ...report.run, locale }, result: { ...report.result, targets } }
}

function relocalize(finding: ReportFinding, rules: readonly Rule[], locale: Locale): ReportFinding {
  try {
    return localizeFinding(finding, rules, locale)
  } catch {
    // A rule that is not here, or whose words want other data by now: the words of its own time are still true.
    return finding
  }
}

function localizeFinding(finding: Finding, rules: readonly Rule[], locale: Locale): ReportFinding {
  const text = rules.find(({ id }) => id === finding.ruleId)?.text[locale]
  const message = text?.messages[finding.messageId]
  if (text === undefined || message === undefined) {
    throw new Error(`no ${locale} text for ${finding.ruleId}/${finding.messageId}`)
  }
  const write = (words: string) => formatMessage(words, finding.data, locale)
  return {
    ...finding,
    title: message.title ?? text.title,
    message: write(message.message),
    why: message.why ?? text.why,
    steps: message.steps.map(write),
    links: (message.links ?? []).map((id) => links[id][locale]),
  }
}
