/** Findings as results of SARIF. */
import { CheckupError } from '../core/errors.ts'
import type { Severity, Subject } from '../core/finding.ts'
import type { Report, ReportFinding, ReportTarget } from '../core/report.ts'
import type { ReporterOptions } from '../core/reporter.ts'
import type { Locale } from '../core/text.ts'
import { value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { wordsFor } from '../words/index.ts'
import { plainText, sarifText } from './escape.ts'
import { placeOf, worstFirst } from './report-rows.ts'

/** GitHub refuses a file with more. */
export const mostResults = 25_000
const mostTags = 20

type Earlier = NonNullable<ReportTarget['earlier']>[number]
type Place = NonNullable<ReportTarget['declaredAt']>
/** An account that was checked, or one of the baseline that this run was not asked about. */
type Target = Pick<ReportTarget, 'account' | 'label' | 'chain' | 'tags' | 'declaredAt'>
type Unanchored = {
  readonly target: Target
  /** An earlier one: found before, and this run could not tell. */
  readonly finding: ReportFinding | Earlier
}
export type Row = Unanchored & { readonly place: Place }

export class NoSarifAnchorError extends CheckupError {
  constructor(account: ReportTarget['account']) {
    super('no-sarif-anchor', {
      message: `SARIF shows each finding at a line of a file, and no file declares ${account}.`,
      data: { account: value.address(account) },
    })
  }
}

/**
 * The gravest first. Findings of the baseline that are gone are not among them: GitHub shows every result as an open alert,
 * whatever its state. Those that could not be checked again are, or GitHub would close them as fixed.
 */
export function allRows({ result }: Report): readonly Unanchored[] {
  const ofTargets = result.targets.flatMap((target) => {
    const found = target.outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : []))
    const unknown = (target.earlier ?? []).filter(({ change }) => change === 'unknown')
    return [...found, ...unknown].map((finding) => ({ target, finding }))
  })
  const declaredAt = firstLine(result)
  const notAsked = (result.notAsked ?? []).flatMap(({ earlier, ...place }) => {
    const target = { ...place, ...(declaredAt !== null && { declaredAt }) }
    return earlier.map((finding) => ({ target, finding }))
  })
  return worstFirst([...ofTargets, ...notAsked])
}

/** Of the file that declares the accounts of this run: an account that was not asked about need not stand there any more. */
function firstLine({ targets, unchecked = [] }: Report['result']): Place | null {
  const file = [...targets, ...unchecked].find(({ declaredAt }) => declaredAt !== undefined)?.declaredAt?.file
  return file === undefined ? null : { file, line: 1 }
}

/** @throws NoSarifAnchorError: GitHub refuses a whole file for one result without a place */
export function anchoredTo(rows: readonly Unanchored[], { anchor }: ReporterOptions): readonly Row[] {
  return rows.map((row) => {
    const place = row.target.declaredAt ?? (anchor === undefined ? undefined : { file: anchor, line: 1 })
    if (place === undefined) throw new NoSarifAnchorError(row.target.account)
    return { ...row, place }
  })
}

export const levels = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, string>

type Setting = { readonly indexOf: ReadonlyMap<string, number>; readonly locale: Locale }

export function toResult({ target, finding, place }: Row, { indexOf, locale }: Setting) {
  const id = plainText(finding.ruleId)
  return {
    ruleId: id,
    ruleIndex: indexOf.get(id),
    ...stateOf(finding),
    message: { text: messageOf({ target, finding }, locale) },
    locations: [{ ...physicalAt(place), logicalLocations: [logicalAt(target, finding.subject)] }],
    // GitHub tells alerts apart by the first of them alone.
    partialFingerprints: { primaryLocationLineHash: finding.fingerprint, 'walletFinding/v1': finding.fingerprint },
    ...suppressionsOf(finding),
    properties: {
      severity: finding.severity,
      ...('confidence' in finding && { confidence: finding.confidence }),
      ...(target.tags !== undefined && {
        tags: [...new Set(target.tags.map((tag) => plainText(tag)))].slice(0, mostTags),
      }),
    },
  }
}

/** What is not known any more is neither a failure nor none: SARIF calls it open, and wants no level for it. */
function stateOf(finding: ReportFinding | Earlier) {
  if (isEarlier(finding)) return { kind: 'open', level: 'none', baselineState: 'unchanged' }
  const { change, severity } = finding
  return { level: levels[severity], ...(change !== undefined && { baselineState: change }) }
}

function isEarlier(finding: ReportFinding | Earlier): finding is Earlier {
  return finding.change === 'unknown' || finding.change === 'absent'
}

/** The sentence with the account, then the steps, a line each. */
function messageOf({ target, finding }: Unanchored, locale: Locale): string {
  const { sarif } = wordsFor(locale).formats
  const data = { message: value.text(plainText(finding.message)), place: value.text(placeOf(target, locale)) }
  const sentence = formatMessage(isEarlier(finding) ? sarif.unknownFinding : sarif.message, data, locale)
  const steps = 'steps' in finding ? finding.steps.map((step, index) => `${index + 1}. ${sarifText(step)}`) : []
  return [sarifText(sentence), ...steps].join('\n')
}

function suppressionsOf(finding: ReportFinding | Earlier) {
  if (!('suppressions' in finding) || finding.suppressions === undefined) return {}
  return {
    suppressions: finding.suppressions.map(({ reason, expires, declaredAt }) => ({
      kind: 'external',
      status: 'accepted',
      justification: sarifText(reason),
      ...(declaredAt !== undefined && { location: physicalAt(declaredAt) }),
      properties: { expires: plainText(expires) },
    })),
  }
}

/** A line of a file. Nobody knows how long the line is, so the region is its beginning. */
export function physicalAt({ file, line }: Place) {
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(file) },
      region: { startLine: line, startColumn: 1, endLine: line, endColumn: 1 },
    },
  }
}

/** As many characters as a path of Linux has bytes. */
const longestPath = 4_096

/** A path as a URI, relative to the root of the repository where the path is. */
function toUri(file: string): string {
  const path = file
    .slice(0, longestPath)
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  if (path.startsWith('/')) return `file://${encoded}`
  // `C:` keeps its colon; any other would be read as a scheme.
  return /^[a-z]:\//i.test(path) ? `file:///${path.slice(0, 2)}${encoded.slice(4)}` : encoded || '.'
}

/** `eip155:1:0x…/allowance/token:0x…/spender:0x…` */
export function logicalAt({ account, chain }: Pick<Target, 'account' | 'chain'>, subject?: Subject) {
  const owner = `eip155:${chain?.id ?? 'unknown'}:${account}`
  if (subject === undefined) return { fullyQualifiedName: owner, kind: 'account' }
  const { kind, ...parts } = subject
  const names = Object.entries(parts).map(([name, part]) => `${name}:${plainText(String(part))}`)
  return { fullyQualifiedName: [owner, kind, ...names].join('/'), kind }
}
