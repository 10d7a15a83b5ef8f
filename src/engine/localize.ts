/** Adds the words of one language to findings. An old report gets other words the same way. */
import type { Finding } from '../core/finding.ts'
import { links } from '../core/links.ts'
import type { Outcome } from '../core/outcome.ts'
import type { EarlierFinding, Marks, Notice, Report, ReportFinding, ReportOutcome } from '../core/report.ts'
import type { Rule } from '../core/rule.ts'
import type { Locale } from '../core/text.ts'
import { formatMessage } from '../domain/format-message.ts'
import { localizeNotice } from './notices.ts'

/** @throws when a message of the rule names a value that its finding does not have */
export function localizeOutcome(outcome: Outcome, rules: readonly Rule[], locale: Locale): ReportOutcome {
  if (outcome.status !== 'found') return outcome
  return { ...outcome, findings: outcome.findings.map((finding) => localizeFinding(finding, rules, locale)) }
}

/** The same report in another language. A finding that today's `rules` have no words for keeps the ones it has. */
export function localizeReport(report: Report, rules: readonly Rule[], locale: Locale): Report {
  const { notAsked, notices, ...result } = report.result
  const words = { rules, locale }
  const targets = result.targets.map((target) => ({
    ...target,
    outcomes: target.outcomes.map((outcome) =>
      outcome.status === 'found'
        ? { ...outcome, findings: outcome.findings.map((finding) => relocalize(finding, rules, locale)) }
        : outcome,
    ),
    ...(target.earlier !== undefined && { earlier: target.earlier.map((finding) => localizeEarlier(finding, words)) }),
  }))
  const others = notAsked?.map((place) => ({
    ...place,
    earlier: place.earlier.map((finding) => localizeEarlier(finding, words)),
  }))
  return {
    ...report,
    run: { ...report.run, locale },
    result: {
      ...result,
      targets,
      ...(others !== undefined && { notAsked: others }),
      ...(notices !== undefined && { notices: notices.map((notice) => renotice(notice, locale)) }),
    },
  }
}

/** A finding of an earlier report, in the words of today's rules where they have some for it. */
export function localizeEarlier(
  finding: EarlierFinding,
  { rules, locale }: { readonly rules: readonly Rule[]; readonly locale: Locale },
): EarlierFinding {
  const text = rules.find(({ id }) => id === finding.ruleId)?.text[locale]
  const words = text?.messages[finding.messageId]
  if (text === undefined || words === undefined) return finding
  try {
    return { ...finding, title: words.title ?? text.title, message: formatMessage(words.message, finding.data, locale) }
  } catch {
    // The words want other data by now: those of the finding's own time are still true.
    return finding
  }
}

function renotice(notice: Notice, locale: Locale): Notice {
  try {
    return localizeNotice(notice, locale)
  } catch {
    return notice // of another version, in the words of its time
  }
}

function relocalize(finding: ReportFinding, rules: readonly Rule[], locale: Locale): ReportFinding {
  try {
    return localizeFinding(finding, rules, locale)
  } catch {
    // A rule that is not here, or whose words want other data by now: the words of its own time are still true.
    return finding
  }
}

function localizeFinding(finding: Finding & Marks, rules: readonly Rule[], locale: Locale): ReportFinding {
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
