/** The rules of a report as SARIF wants them described: what GitHub shows beside every alert. */
import type { Confidence, Severity } from '../core/finding.ts'
import type { Report } from '../core/report.ts'
import { plainText, sarifText } from './escape.ts'
import { unknownRows } from './report-rows.ts'
import { levels, type Row } from './sarif-results.ts'

/** What GitHub keeps of a description. */
const longestDescription = 1_024

/** Above 9 is critical for GitHub, from 7 on high, from 4 on medium. For information: none, or it would count as low. */
const scores: Readonly<Partial<Record<Severity, string>>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' }
const precisions = {
  certain: 'very-high',
  likely: 'high',
  possible: 'medium',
} as const satisfies Record<Confidence, string>

/** Every rule that has a result, or could not be evaluated, once; in the order of their names. */
export function toRules(report: Report, rows: readonly Row[]) {
  const samples = new Map<string, Row['finding'] | null>(
    unknownRows(report).map(({ ruleId }) => [plainText(ruleId), null]),
  )
  // The rows begin with the gravest, and that one describes its rule.
  for (const { finding } of rows) {
    const id = plainText(finding.ruleId)
    const known = samples.get(id) ?? null
    if (known === null || isBetter(finding, known)) samples.set(id, finding)
  }
  return [...samples].sort(([one], [other]) => (one < other ? -1 : 1)).map(([id, sample]) => toRule(id, sample))
}

/** A finding of this run says more than one of the baseline. */
function isBetter(finding: Row['finding'], known: Row['finding']): boolean {
  return 'why' in finding && !('why' in known)
}

function toRule(id: string, sample: Row['finding'] | null) {
  if (sample === null) return { id, ...described(id, id), properties: { tags: ['security'] } }
  const why = 'why' in sample ? sample.why : sample.title
  const score = scores[sample.severity]
  return {
    id,
    ...described(sample.title, why),
    defaultConfiguration: { level: levels[sample.severity] },
    properties: {
      tags: ['security'],
      ...('confidence' in sample && { precision: precisions[sample.confidence] }),
      ...(score !== undefined && { 'security-severity': score }),
    },
  }
}

function described(title: string, why: string) {
  const [short, full] = [title, why].map((text) => cut(sarifText(text)) || '-')
  return { shortDescription: { text: short }, fullDescription: { text: full }, help: { text: full } }
}

function cut(text: string): string {
  return text.slice(0, longestDescription).replace(/[\ud800-\udbff]$/, '')
}
