import type { Report, ReportFinding, ReportOutcome, ReportTarget } from '../core/report.ts'
import type { Reporter } from '../core/reporter.ts'
import { severities } from '../core/severity.ts'
import type { Locale } from '../core/text.ts'
import { value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { becauseHints, becauseSentence, errorHints, errorSentence, wordsFor } from '../words/index.ts'
import { unreadSentence } from './done-sentences.ts'
import { plainText, xmlText } from './escape.ts'
import {
  isSuppressed,
  type NotAskedRow,
  notAskedOf,
  placeOf,
  suppressionSentence,
  type Unchecked,
  uncheckedOf,
} from './report-rows.ts'

/**
 * A test report as Ant, Jenkins and GitLab read it. A suite is an account on a chain, a case a rule: it fails by what was found,
 * errs by what could not be checked, and is skipped where it does not apply, was not asked, or every finding is suppressed.
 */
const junit: Reporter = (report, { locale }) => {
  const timestamp = report.run.startedAt.slice(0, 19)
  const suites = [
    ...report.result.targets.map((target) => targetSuite(target, report, locale)),
    ...uncheckedOf(report).map((unchecked) => uncheckedSuite(unchecked, locale)),
  ]
  const lines = suites.flatMap((suite, id) => suiteLines(suite, { id, timestamp }))
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...lines, '</testsuites>', ''].join('\n')
}

export default junit

/** What became of a case; `type` and `message` are the attributes of its element, `lines` its text. */
type Result = {
  readonly kind: 'failure' | 'error' | 'skipped'
  readonly type: string
  readonly message: string
  readonly lines: readonly string[]
}
type Case = { readonly name: string; readonly result: Result | null }
type Suite = {
  readonly name: string
  readonly group: string
  readonly properties: readonly (readonly [name: string, value: string])[]
  readonly cases: readonly Case[]
}

function targetSuite(target: ReportTarget, report: Report, locale: Locale): Suite {
  const { account, label, chain, block, verdict, declaredAt } = target
  return {
    name: placeOf(target, locale),
    group: `${chain?.id ?? 'unknown'}.${account}`,
    properties: [
      ['account', account],
      ...(label === null ? [] : [['label', label] as const]),
      ...(chain === null ? [] : [['chain', `${chain.id}`] as const]),
      ...(block === null ? [] : [['block', block.number] as const]),
      ['verdict', verdict],
      ...(declaredAt === undefined ? [] : [['declared at', `${declaredAt.file}:${declaredAt.line}`] as const]),
    ],
    cases: [
      ...target.outcomes.map((outcome) => ({ name: outcome.ruleId, result: resultOf(outcome, locale) })),
      ...notAskedOf(target, report).map(({ ruleId, by }) => ({ name: ruleId, result: notAskedResult(by, locale) })),
    ],
  }
}

function notAskedResult(by: NotAskedRow['by'], locale: Locale): Result {
  const type = by === 'switchedOff' ? 'switched-off' : 'not-selected'
  return { kind: 'skipped', type, message: wordsFor(locale).formats[by], lines: [] }
}

function uncheckedSuite({ input, label, error }: Unchecked, locale: Locale): Suite {
  const message = errorSentence(error, locale)
  const result: Result = { kind: 'error', type: error.code, message, lines: errorHints(error, locale) }
  const name = [label ?? '', input].find((text) => text.trim() !== '') ?? '?'
  return { name, group: input, properties: [['account', input]], cases: [{ name: 'account', result }] }
}

function resultOf(outcome: ReportOutcome, locale: Locale): Result | null {
  const { formats } = wordsFor(locale)
  if (outcome.status === 'passed') return null
  if (outcome.status === 'not-applicable') {
    return { kind: 'skipped', type: 'not-applicable', message: formats.notApplicable, lines: [] }
  }
  if (outcome.status === 'found') {
    const open = outcome.findings.filter((finding) => !isSuppressed(finding))
    if (open.length > 0) return failureOf(open, outcome, locale)
    if (outcome.because === undefined) return suppressedOf(outcome.findings, locale)
  }
  const { because } = outcome
  if (because === undefined) return null
  const message = becauseSentence(because, locale)
  const unread = unreadSentence([because], locale) ?? []
  return { kind: 'error', type: because.kind, message, lines: [unread, becauseHints(because, locale)].flat() }
}

type Found = Extract<ReportOutcome, { status: 'found' }>

function failureOf(open: readonly ReportFinding[], { because }: Found, locale: Locale): Result {
  const { formats } = wordsFor(locale)
  const [first] = open
  const more = formatMessage(formats.more, { count: value.count(open.length - 1) }, locale)
  return {
    kind: 'failure',
    type: severities.find((severity) => open.some((finding) => finding.severity === severity)) ?? '',
    message: open.length === 1 ? (first?.message ?? '') : `${plainText(first?.message ?? '')} (${more})`,
    lines: [
      ...open.flatMap((finding) => findingLines(finding, locale)),
      ...(because === undefined
        ? []
        : [
            formatMessage(formats.partly, { reason: value.text(becauseSentence(because, locale)) }, locale),
            unreadSentence([because], locale) ?? [],
          ].flat()),
    ],
  }
}

function findingLines({ severity, title, message, why, steps }: ReportFinding, locale: Locale): readonly string[] {
  const words = wordsFor(locale)
  const head = { severity: value.text(words.severities[severity]), title: value.text(title) }
  return [
    formatMessage(words.formats.severityTitle, head, locale),
    message,
    why,
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    '',
  ]
}

function suppressedOf(findings: readonly ReportFinding[], locale: Locale): Result {
  const lines = findings.map(({ message, suppressions = [] }) => {
    const [suppression] = suppressions
    const suppressed = value.text(suppressionSentence(suppression, locale))
    const data = { suppressed, message: value.text(plainText(message)) }
    return formatMessage(wordsFor(locale).formats.suppressedMessage, data, locale)
  })
  return { kind: 'skipped', type: 'suppressed', message: lines[0] ?? '', lines: lines.slice(1) }
}

function suiteLines(
  { name, group, properties, cases }: Suite,
  head: { readonly id: number; readonly timestamp: string },
) {
  const count = (kind: Result['kind']) => cases.filter(({ result }) => result?.kind === kind).length
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
  const place = `package="wallet-checkup" id="${head.id}" hostname="localhost" timestamp="${xmlText(head.timestamp)}"`
  return [
    `  <testsuite name="${xmlText(name)}" ${place} ${counts} time="0">`,
    '    <properties>',
    ...properties.map(([key, text]) => `      <property name="${key}" value="${xmlText(text)}"/>`),
    '    </properties>',
    ...cases.flatMap((each) => caseLines(each, group)),
    '    <system-out/>',
    '    <system-err/>',
    '  </testsuite>',
  ]
}

function caseLines({ name, result }: Case, group: string): readonly string[] {
  const open = `    <testcase name="${xmlText(name)}" classname="wallet-checkup.${xmlText(group)}" time="0"`
  if (result === null) return [`${open}/>`]
  const { kind, type, message, lines } = result
  const text = lines.map(xmlText).join('\n').trimEnd()
  const element = `${kind} type="${xmlText(type)}" message="${xmlText(message)}"`
  return [`${open}>`, `      <${element}${text === '' ? '/>' : `>${text}</${kind}>`}`, '    </testcase>']
}
