import type { ReportTarget } from '../core/report.ts'
import type { Reporter } from '../core/reporter.ts'
import type { Locale } from '../core/text.ts'
import { becauseSentence, errorSentence, wordsFor } from '../words/index.ts'
import { withUnread } from './done-sentences.ts'
import { csvCell } from './escape.ts'
import {
  type FindingRow,
  findingRows,
  type NotAskedRow,
  notAskedOf,
  type Unchecked,
  type UnknownRow,
  uncheckedOf,
  unknownRows,
} from './report-rows.ts'

/** A row for each finding and for each check that could not be made or was not asked: comma-separated values of RFC 4180, in UTF-8. */
const csv: Reporter = (report, { locale }) => {
  const titles = wordsFor(locale).formats.csv
  const names = Object.keys(titles) as readonly Column[] // the keys of the table of titles
  const rows: readonly Row[] = [
    titles,
    ...findingRows(report).map((row) => findingRow(row, locale)),
    ...unknownRows(report).map((row) => unknownRow(row, locale)),
    ...report.result.targets.flatMap((target) => notAskedOf(target, report)).map((row) => notAskedRow(row, locale)),
    ...uncheckedOf(report).map((row) => uncheckedRow(row, locale)),
  ]
  return rows.map((row) => `${names.map((name) => csvCell(row[name] ?? '')).join(',')}\r\n`).join('')
}

export default csv

type Column = keyof ReturnType<typeof wordsFor>['formats']['csv']
type Row = { readonly [Name in Column]?: string }

function findingRow({ target, finding }: FindingRow, locale: Locale): Row {
  const words = wordsFor(locale)
  const [suppression] = finding.suppressions ?? []
  return {
    ...targetCells(target),
    status: words.outcomes.found,
    severity: words.severities[finding.severity],
    rule: finding.ruleId,
    title: finding.title,
    message: finding.message,
    confidence: words.confidences[finding.confidence],
    change: finding.change === undefined ? '' : words.formats.changes[finding.change],
    leftUntil: suppression?.expires ?? '',
    leftReason: suppression?.reason ?? '',
    fingerprint: finding.fingerprint,
  }
}

function unknownRow({ target, ruleId, because }: UnknownRow, locale: Locale): Row {
  return {
    ...targetCells(target),
    status: wordsFor(locale).outcomes.inconclusive,
    rule: ruleId,
    message: withUnread(becauseSentence(because, locale), [because], locale),
  }
}

function notAskedRow({ target, ruleId, by }: NotAskedRow, locale: Locale): Row {
  const { formats } = wordsFor(locale)
  return { ...targetCells(target), status: formats.notAsked, rule: ruleId, message: formats[by] }
}

function uncheckedRow({ input, label, chain, error, declaredAt }: Unchecked, locale: Locale): Row {
  return {
    status: wordsFor(locale).outcomes.inconclusive,
    account: input,
    label: label ?? '',
    ...chainCells(chain),
    message: errorSentence(error, locale),
    declaredAt: place(declaredAt),
  }
}

function targetCells({ account, label, chain, block, declaredAt }: ReportTarget): Row {
  return {
    account,
    label: label ?? '',
    ...chainCells(chain),
    block: block?.number ?? '',
    declaredAt: place(declaredAt),
  }
}

function chainCells(chain: ReportTarget['chain']): Row {
  return chain === null ? {} : { chainId: String(chain.id), chain: chain.name }
}

function place(declaredAt: ReportTarget['declaredAt']): string {
  return declaredAt === undefined ? '' : `${declaredAt.file}:${declaredAt.line}`
}
