/** The entries of a summary in Markdown. Nobody else's word begins a line in them. */
import type { UnsignedCall } from '../core/finding.ts'
import type { Report, ReportFinding } from '../core/report.ts'
import type { Locale } from '../core/text.ts'
import { type FindingData, value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { isSinceBaseline } from '../domain/since-baseline.ts'
import { becauseHints, commonSentence, wordsFor } from '../words/index.ts'
import { markdownText } from './escape.ts'
import { pageFor } from './page.ts'
import { suppressionSentence, type UnknownRow } from './report-rows.ts'
import { callRows, disputedAnswers, isFutile, remedyTitle, simulationSentence } from './table-finding.ts'

type Earlier = NonNullable<Report['result']['targets'][number]['earlier']>[number]

/** A heading, the message, why it matters, and the steps. */
export function findingBlock(finding: ReportFinding, locale: Locale): string {
  const words = wordsFor(locale)
  const { severity, title, message, why, steps, change } = finding
  const head = { severity: value.text(words.severities[severity]), title: value.text(title) }
  const about = [
    markdownText(finding.ruleId),
    words.confidences[finding.confidence],
    ...(change === undefined ? [] : [words.formats.changes[change]]),
    ...(finding.disputed === undefined ? [] : [words.disputed.heading]),
  ]
  return [
    `### ${say(words.formats.severityTitle, head, locale)}\n`,
    `*${about.join(words.separator)}*\n`,
    `${markdownText(message)}\n`,
    ...disputeLines(finding, locale),
    `${markdownText(why)}\n`,
    ...(steps.length === 0 ? [] : [`**${words.finding.steps}**\n`, ...steps.map(stepLine), '']),
    ...callLines(finding.remedy ?? [], locale),
  ].join('\n')
}

function stepLine(step: string, index: number): string {
  return `${index + 1}. ${markdownText(step)}`
}

/** What a wallet could sign: the steps speak of these values. What was seen to fail is left out. */
function callLines(all: readonly UnsignedCall[], locale: Locale): readonly string[] {
  const calls = all.filter((call) => !isFutile(call))
  const page = pageFor({ locale, useColor: false, width: 100 })
  const { data, blobVersionedHashes, accessList } = page.words.remedy
  // By their schemas nothing in these needs to be escaped.
  const copied: readonly string[] = [data, blobVersionedHashes, accessList]
  const { remedyCheck } = page.words.finding
  return [
    ...calls.flatMap((call, index) => {
      const tried = simulationSentence(call, page)
      return [
        `**${markdownText(remedyTitle(calls, index, page))}**\n`,
        ...callRows(call, page).map(
          ([name, text]) => `- ${name}: ${copied.includes(name) ? `\`${text}\`` : markdownText(text)}`,
        ),
        '',
        ...(tried === null ? [] : [`${markdownText(tried)}\n`]),
      ]
    }),
    ...(calls.length === 0 ? [] : [`${markdownText(remedyCheck)}\n`]),
  ]
}

/** Both answers of every read that a second reading answered otherwise. */
function disputeLines(finding: ReportFinding, locale: Locale): readonly string[] {
  const page = pageFor({ locale, useColor: false, width: 100 })
  const answers = disputedAnswers(finding, page)
  if (answers.length === 0) return []
  const { intro } = page.words.disputed
  return [`${markdownText(intro)}\n`, ...answers.map((answer) => `- ${markdownText(answer)}`), '']
}

/** Checks that one reason stopped, and what may help. */
export function unknownBlock(group: readonly [UnknownRow, ...UnknownRow[]], locale: Locale): string {
  const words = wordsFor(locale)
  const [first, ...rest] = group
  const reason = commonSentence([first.because, ...rest.map(({ because }) => because)], locale)
  const hints = becauseHints(first.because, locale)
  const rules = group.map(({ ruleId, isPartly }) =>
    isPartly ? formatMessage(words.unknown.partly, { rule: value.text(ruleId) }, locale) : ruleId,
  )
  return [
    `### ${say(words.formats.unknown, { rule: value.text(rules.join(words.separator)) }, locale)}\n`,
    `${markdownText(reason)}\n`,
    ...(hints.length === 0 ? [] : [...hints.map((hint) => `- ${markdownText(hint)}`), '']),
  ].join('\n')
}

/** One line. */
export function suppressedBlock({ severity, title, ruleId, suppressions = [] }: ReportFinding, locale: Locale): string {
  const words = wordsFor(locale)
  const head = { severity: value.text(words.severities[severity]), title: value.text(title) }
  const data = {
    title: value.text(formatMessage(words.formats.severityTitle, head, locale)),
    rule: value.text(ruleId),
    suppressed: value.text(suppressionSentence(suppressions[0], locale)),
  }
  return say(words.formats.markdown.suppressedLine, data, locale)
}

/** One line. */
export function earlierBlock(finding: Earlier, locale: Locale): string {
  const { change, title, ruleId } = finding
  const { formats } = wordsFor(locale)
  const ending = change === 'absent' && isSinceBaseline(finding) ? formats.accepted : formats.changes[change]
  const data = { change: value.text(ending), title: value.text(title), rule: value.text(ruleId) }
  return say(formats.markdown.earlierLine, data, locale)
}

function say(message: string, data: FindingData, locale: Locale): string {
  return markdownText(formatMessage(message, data, locale))
}
