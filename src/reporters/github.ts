import type { Severity } from '../core/finding.ts'
import type { Report, ReportTarget } from '../core/report.ts'
import type { Reporter } from '../core/reporter.ts'
import type { Locale } from '../core/text.ts'
import { value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { commonSentence, errorSentence, wordsFor } from '../words/index.ts'
import { withUnread } from './done-sentences.ts'
import { commandProperty, commandText } from './escape.ts'
import {
  byReason,
  type FindingRow,
  findingRows,
  isSuppressed,
  placeOf,
  type Unchecked,
  type UnknownRow,
  uncheckedOf,
  unknownsOf,
  worstFirst,
} from './report-rows.ts'

/** What GitHub shows of one step, of each kind; it drops the rest without a word. */
const mostOfKind = 10

type Kind = 'error' | 'warning' | 'notice'
type Annotation = {
  readonly kind: Kind
  readonly title: string
  readonly message: string
  readonly declaredAt: ReportTarget['declaredAt']
}

const kinds = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
} as const satisfies Record<Severity, Kind>

/** Annotations of a run of GitHub Actions: the worst ten of each kind, at the lines that name the accounts. */
const github: Reporter = (report, { locale }) => {
  const annotations = allAnnotations(report, locale)
  return (['error', 'warning', 'notice'] as const)
    .flatMap((kind) =>
      shownOf(
        annotations.filter((each) => each.kind === kind),
        locale,
      ),
    )
    .map((annotation) => `${commandLine(annotation)}\n`)
    .join('')
}

export default github

/** What is not known stands before what is only of medium weight: it may be worse. */
function allAnnotations(report: Report, locale: Locale): readonly Annotation[] {
  const findings = worstFirst(findingRows(report).filter(({ finding }) => !isSuppressed(finding)))
  return [
    ...uncheckedOf(report).map((unchecked) => uncheckedAnnotation(unchecked, locale)),
    ...report.result.targets.flatMap((target) => unknownAnnotations(target, locale)),
    ...findings.map((row) => findingAnnotation(row, locale)),
  ]
}

function shownOf(annotations: readonly Annotation[], locale: Locale): readonly Annotation[] {
  if (annotations.length <= mostOfKind) return annotations
  const shown = annotations.slice(0, mostOfKind - 1)
  const count = annotations.length - shown.length
  const words = wordsFor(locale)
  const message = formatMessage(words.formats.github.more, { count: value.count(count) }, locale)
  return [
    ...shown,
    ...annotations.slice(0, 1).map(({ kind }) => ({ kind, title: words.title, message, declaredAt: undefined })),
  ]
}

function findingAnnotation({ target, finding }: FindingRow, locale: Locale): Annotation {
  const words = wordsFor(locale)
  const head = { severity: value.text(words.severities[finding.severity]), title: value.text(finding.title) }
  return {
    kind: kinds[finding.severity],
    title: formatMessage(words.formats.severityTitle, head, locale),
    message: `${placeOf(target, locale)}: ${finding.message} [${finding.ruleId}]`,
    declaredAt: target.declaredAt,
  }
}

/** One for each reason: an endpoint that does not answer stops many checks, and there is room for ten. */
function unknownAnnotations(target: ReportTarget, locale: Locale): readonly Annotation[] {
  return byReason(unknownsOf(target), locale).map((group) => unknownAnnotation(group, locale))
}

function unknownAnnotation(group: readonly [UnknownRow, ...UnknownRow[]], locale: Locale): Annotation {
  const words = wordsFor(locale)
  const [{ target, because }, ...rest] = group
  const reasons = [because, ...rest.map((row) => row.because)] as const
  const reason = withUnread(commonSentence(reasons, locale), reasons, locale)
  const rules = value.text(group.map(({ ruleId }) => ruleId).join(words.separator))
  const message = formatMessage(words.formats.unknownRules, { rules, reason: value.text(reason) }, locale)
  return {
    kind: 'warning',
    title: words.outcomes.inconclusive,
    message: `${placeOf(target, locale)}: ${message}`,
    declaredAt: target.declaredAt,
  }
}

function uncheckedAnnotation({ input, label, error, declaredAt }: Unchecked, locale: Locale): Annotation {
  const words = wordsFor(locale)
  const data = { input: value.untrustedText(label ?? input), reason: value.text(errorSentence(error, locale)) }
  return {
    kind: 'warning',
    title: words.outcomes.inconclusive,
    message: formatMessage(words.formats.unchecked, data, locale),
    declaredAt,
  }
}

function commandLine({ kind, title, message, declaredAt }: Annotation): string {
  const place = declaredAt === undefined ? '' : `file=${commandProperty(declaredAt.file)},line=${declaredAt.line},`
  return `::${kind} ${place}title=${commandProperty(title)}::${commandText(message)}`
}
