/** Several accounts in a few lines: how each stands, and once for all what a chain, or a name, would not tell. */
import type { Severity } from '../core/finding.ts'
import { type Report, type ReportFinding, type ReportTarget, verdicts } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import { value } from '../core/value.ts'
import { errorHints, errorSentence } from '../words/index.ts'
import { heading, type Page } from './page.ts'
import { earlierLines } from './table-comparison.ts'
import { findingLines } from './table-finding.ts'
import { unknownLines } from './table-unknown.ts'

/** Findings by severity, the worst first; within one severity in the order of the rules. Without suppressed ones. */
export function bySeverity({ outcomes }: ReportTarget): readonly (readonly [Severity, readonly ReportFinding[]])[] {
  const findings = outcomes
    .flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : []))
    .filter(({ suppressions }) => suppressions === undefined)
  return severities
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity)] as const)
    .filter(([, group]) => group.length > 0)
}

/** Empty where nothing was found. */
export function countsOf(target: ReportTarget, { words, say }: Page): string {
  return bySeverity(target)
    .map(([severity, findings]) =>
      say(words.header.foundCount, {
        severity: value.text(words.severities[severity]),
        count: value.count(findings.length),
      }),
    )
    .join(words.separator)
}

/** How many accounts on how many chains, and how they stand. */
export function countRows({ result: { targets, unchecked = [] } }: Report, { words, say }: Page) {
  const { many, header } = words
  const chains = new Set(targets.map(({ chain }) => chain?.id))
  const counted = verdicts
    .map((verdict) => [verdict, targets.filter((target) => target.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) =>
      say(many.verdictCount, { verdict: value.text(many.verdicts[verdict]), count: value.count(count) }),
    )
  const count = say(many.count, {
    targets: value.count(targets.length),
    chains: value.count(chains.size),
    unchecked: value.count(unchecked.length),
  })
  return [
    [many.accounts, count] as const,
    ...(counted.length === 0 ? [] : [[header.result, counted.join(words.separator)] as const]),
  ]
}

export function summaryLines(targets: readonly ReportTarget[], page: Page): readonly string[] {
  const { many } = page.words
  const lines = targets.flatMap((target) => {
    const found = countsOf(target, page)
    const data = {
      account: value.untrustedText(nameOf(target, page)),
      chain: value.text(chainOf(target, page)),
      verdict: value.text(many.verdicts[target.verdict]),
      found: value.text(found),
    }
    return page.lines(page.say(found === '' ? many.row : many.rowFound, data), { marker: '- ' })
  })
  return lines.length === 0 ? [] : ['', ...lines]
}

/** False where the chain did not answer, or is another one: then nothing is known of any account on it. */
export function isChainRead({ block, outcomes }: ReportTarget): boolean {
  const isOther = outcomes.some((outcome) => 'because' in outcome && outcome.because?.kind === 'wrong-chain')
  return block !== null && !isOther
}

/** Accounts of a chain that was not read: what is to be said of them is the same, and said once. */
export function unreadChainLines(targets: readonly ReportTarget[], page: Page): readonly string[] {
  const groups = new Map<string, ReportTarget[]>()
  for (const target of targets) {
    const key = JSON.stringify([target.chain, target.outcomes], (name, item) => (name === 'fingerprint' ? null : item))
    groups.set(key, [...(groups.get(key) ?? []), target])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const data = { chain: value.text(chainOf(first, page)), count: value.count(group.length) }
    const findings = bySeverity(first).flatMap(([, found]) => found)
    return [
      ...heading(page.say(page.words.many.unreadChain, data), page),
      ...group.flatMap((target) => page.lines(nameOf(target, page), { marker: '- ' })),
      ...findings.flatMap((finding, index) => findingLines(finding, index + 1, page)),
      ...unknownLines(first, page),
      ...group.flatMap((target) => earlierLines(target, page)),
    ]
  })
}

/** What has no account to report on, each with its reason. */
export function uncheckedLines({ result: { unchecked = [] } }: Report, page: Page): readonly string[] {
  const { words, say, lines, locale } = page
  if (unchecked.length === 0) return []
  return [
    ...heading(say(words.many.unchecked, { count: value.count(unchecked.length) }), page),
    ...unchecked.flatMap(({ input, label, chain, error }) => {
      const name = label === null ? input : `${input} (${label})`
      const data = { input: value.untrustedText(name), chain: value.text(chain?.name ?? '') }
      const sentence = chain === null ? name : say(words.many.uncheckedOn, data)
      return [
        ...lines(sentence, { marker: '- ', tone: 'yellow' }),
        ...lines(errorSentence(error, locale), { indent: 3 }),
        ...errorHints(error, locale).flatMap((hint) => lines(hint, { indent: 3, marker: '- ' })),
      ]
    }),
  ]
}

function nameOf({ account, label }: ReportTarget, { words, say }: Page): string {
  const data = { account: value.address(account), label: value.untrustedText(label ?? '') }
  return label === null ? account : say(words.header.labelled, data)
}

function chainOf({ chain }: ReportTarget, { words }: Page): string {
  return chain?.name ?? words.many.unknownChain
}
