/** A report as flat lists, for formats that have one entry per finding or per check. */
import type { Because, Report, ReportFinding, ReportTarget } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import type { Locale } from '../core/text.ts'
import { value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { reasonKey, wordsFor } from '../words/index.ts'

export type FindingRow = { readonly target: ReportTarget; readonly finding: ReportFinding }
export type UnknownRow = {
  readonly target: ReportTarget
  readonly ruleId: string
  readonly because: Because
  /** True: something was found all the same. */
  readonly isPartly: boolean
}
export type Unchecked = NonNullable<Report['result']['unchecked']>[number]

/** In the order of the report. */
export function findingRows({ result }: Report): readonly FindingRow[] {
  return result.targets.flatMap((target) => findingsOf(target).map((finding) => ({ target, finding })))
}

export function findingsOf({ outcomes }: ReportTarget): readonly ReportFinding[] {
  return outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : []))
}

/** Checks that could not be made, or not completely, in the order of the report. */
export function unknownRows({ result }: Report): readonly UnknownRow[] {
  return result.targets.flatMap(unknownsOf)
}

export function unknownsOf(target: ReportTarget): readonly UnknownRow[] {
  return target.outcomes.flatMap((outcome) =>
    'because' in outcome && outcome.because !== undefined
      ? [{ target, ruleId: outcome.ruleId, because: outcome.because, isPartly: outcome.status === 'found' }]
      : [],
  )
}

/** One failed read often stops many checks: the reason is told once. */
export function byReason<Row extends { readonly because: Because }>(
  rows: readonly Row[],
  locale: Locale,
): readonly (readonly [Row, ...Row[]])[] {
  const groups = new Map<string, readonly [Row, ...Row[]]>()
  for (const row of rows) {
    const key = reasonKey(row.because, locale)
    const group = groups.get(key)
    groups.set(key, group === undefined ? [row] : [...group, row])
  }
  return [...groups.values()]
}

/** A rule that nobody asked about this account, and who decided so. */
export type NotAskedRow = {
  readonly target: ReportTarget
  readonly ruleId: string
  readonly by: 'switchedOff' | 'notSelected'
}

/** Of one account, in the order of the rules; what its settings switch off first. */
export function notAskedOf(target: ReportTarget, { result }: Report): readonly NotAskedRow[] {
  const { switchedOff = [] } = target
  return [
    ...switchedOff.map((ruleId) => ({ target, ruleId, by: 'switchedOff' as const })),
    ...(result.notSelected ?? []).map((ruleId) => ({ target, ruleId, by: 'notSelected' as const })),
  ]
}

/** The rules that were not asked, in a sentence; null where there are none. */
export function notAskedSentence(
  by: NotAskedRow['by'],
  ids: readonly string[] | undefined,
  locale: Locale,
): string | null {
  if (ids === undefined || ids.length === 0) return null
  const words = wordsFor(locale)
  const data = { count: value.count(ids.length), rules: value.text(ids.join(words.separator)) }
  return formatMessage(words.done[by], data, locale)
}

export function uncheckedOf({ result }: Report): readonly Unchecked[] {
  return result.unchecked ?? []
}

/** The gravest first; within one severity in the order of the report. */
export function worstFirst<Row extends { readonly finding: Pick<ReportFinding, 'severity'> }>(
  rows: readonly Row[],
): readonly Row[] {
  return severities.flatMap((severity) => rows.filter(({ finding }) => finding.severity === severity))
}

export function isSuppressed({ suppressions }: ReportFinding): boolean {
  return suppressions !== undefined
}

/** Until when a finding is left alone, and why. */
export function suppressionSentence(
  suppression: NonNullable<ReportFinding['suppressions']>[number] | undefined,
  locale: Locale,
): string {
  const data = { date: value.text(suppression?.expires ?? ''), reason: value.text(suppression?.reason ?? '') }
  return formatMessage(wordsFor(locale).formats.suppressed, data, locale)
}

/** What the exit code of the run means. */
export function exitSentence({ run, result: { summary } }: Report, locale: Locale): string {
  const { exit } = wordsFor(locale)
  if (run.interrupted) return exit.interrupted
  const sentences = run.baseline?.failOnNew === true ? exit.ofNew : exit
  return summary.exitCode === 0 && !summary.complete ? sentences.allowed : sentences[summary.exitCode]
}

/** What a finding or a check is about, in words: "ops (0x…) on Ethereum". Labels and chain names are harmless to look at in it. */
export function placeOf(
  { account, label, chain }: Pick<ReportTarget, 'account' | 'label' | 'chain'>,
  locale: Locale,
): string {
  const words = wordsFor(locale)
  const name =
    label === null
      ? account
      : formatMessage(
          words.header.labelled,
          { account: value.address(account), label: value.untrustedText(label) },
          locale,
        )
  return formatMessage(
    words.formats.place,
    { name: value.text(name), chain: value.text(chain === null ? words.formats.unreadChain : chain.name) },
    locale,
  )
}
