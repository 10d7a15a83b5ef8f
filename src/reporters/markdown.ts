import type { Report, ReportTarget } from '../core/report.ts'
import type { Reporter } from '../core/reporter.ts'
import { severities } from '../core/severity.ts'
import type { Locale } from '../core/text.ts'
import { type FindingData, value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { errorSentence, wordsFor } from '../words/index.ts'
import { doneSentences, gapSentences } from './done-sentences.ts'
import { markdownText } from './escape.ts'
import { earlierBlock, findingBlock, suppressedBlock, unknownBlock } from './markdown-parts.ts'
import { pageFor } from './page.ts'
import {
  byReason,
  exitSentence,
  findingsOf,
  isSuppressed,
  notAskedSentence,
  placeOf,
  uncheckedOf,
  unknownsOf,
  worstFirst,
} from './report-rows.ts'
import { seenSummary, waitingSummary } from './table-seen.ts'

/** What GitHub takes as the summary of a step; it drops a longer one whole. */
const largestSummary = 1024 * 1024
/** Kept for the sentence that says it was cut. */
const reservedBytes = 1024

/** A summary in Markdown: all accounts in one table, then each with what was found and what is not known. At most 1 MiB. */
const markdown: Reporter = (report, { locale }) => {
  const blocks = allBlocks(report, locale)
  const { kept, lost } = fitting(blocks)
  if (lost.length === 0) return join(kept)
  const findings = lost.filter(({ isFinding }) => isFinding === true).length
  const counts = { findings: value.count(findings), parts: value.count(lost.length - findings) }
  const cut = say(wordsFor(locale).formats.markdown.cut, { limit: value.text('1 MiB'), ...counts }, locale)
  const [title, ...rest] = kept
  return join([...(title === undefined ? [] : [title]), { weight: 0, text: `> ${cut}\n` }, ...rest])
}

export default markdown

/** Some lines that stand or fall together. Where not everything fits, the lightest weight stays. */
type Block = { readonly weight: number; readonly text: string; readonly isFinding?: boolean }

const weights = {
  frame: 0,
  target: 1,
  critical: 2,
  high: 3,
  unknown: 4,
  medium: 5,
  low: 6,
  info: 7,
  rest: 8,
} as const

function fitting(blocks: readonly Block[]): { readonly kept: readonly Block[]; readonly lost: readonly Block[] } {
  let room = largestSummary - reservedBytes
  const lost = new Set<Block>()
  for (const block of blocks.toSorted((one, other) => one.weight - other.weight)) {
    const size = Buffer.byteLength(block.text) + 1
    if (size > room) lost.add(block)
    else room -= size
  }
  return { kept: blocks.filter((block) => !lost.has(block)), lost: [...lost] }
}

function join(blocks: readonly Block[]): string {
  return `${blocks.map(({ text }) => text).join('\n')}`
}

function say(message: string, data: FindingData, locale: Locale): string {
  return markdownText(formatMessage(message, data, locale))
}

function allBlocks(report: Report, locale: Locale): readonly Block[] {
  const words = wordsFor(locale)
  const { columns } = words.formats.markdown
  const head = Object.values(columns)
  const frame = (text: string): Block => ({ weight: weights.frame, text })
  return [
    frame(`# ${words.title}\n`),
    ...(report.run.interrupted ? [frame(`> ${markdownText(words.interrupted)}\n`)] : []),
    frame(`| ${head.join(' | ')} |\n|${head.map(() => ' --- |').join('')}`),
    ...report.result.targets.map((target) => ({ weight: weights.target, text: tableRow(target, locale) })),
    frame(''),
    ...uncheckedBlocks(report, locale),
    ...report.result.targets.flatMap((target) => targetBlocks(target, locale)),
    ...notSelectedBlocks(report, locale),
    ...noticeBlocks(report, locale),
    ...blindSpotBlocks(report, locale),
    frame(`${markdownText(exitSentence(report, locale))}\n`),
  ]
}

function tableRow(target: ReportTarget, locale: Locale): string {
  const words = wordsFor(locale)
  const { account, label, chain, verdict } = target
  const open = findingsOf(target).filter((finding) => !isSuppressed(finding))
  const counts = severities.flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length
    const data = { severity: value.text(words.severities[severity]), count: value.count(count) }
    return count === 0 ? [] : [formatMessage(words.header.foundCount, data, locale)]
  })
  // Where not everything was seen, nobody knows that there is nothing.
  const without = verdict === 'inconclusive' ? 'notKnown' : 'nothing'
  const cells = [
    label === null ? markdownText(account) : `${markdownText(label)} ${markdownText(account)}`,
    markdownText(chain === null ? words.header.unread : chain.name),
    words.formats.markdown.verdicts[verdict],
    counts.length > 0 ? counts.join(words.separator) : words.formats.markdown[without],
    String(unknownsOf(target).length),
  ]
  return `| ${cells.join(' | ')} |`
}

function targetBlocks(target: ReportTarget, locale: Locale): readonly Block[] {
  const { markdown: words } = wordsFor(locale).formats
  const findings = worstFirst(findingsOf(target).map((finding) => ({ finding }))).map(({ finding }) => finding)
  const open = findings.filter((finding) => !isSuppressed(finding))
  const suppressed = findings.filter(isSuppressed)
  const { earlier = [] } = target
  const parts: readonly Block[] = [
    ...open.map((finding) => ({
      weight: weights[finding.severity],
      text: findingBlock(finding, locale),
      isFinding: true,
    })),
    ...byReason(unknownsOf(target), locale).map((group) => ({
      weight: weights.unknown,
      text: unknownBlock(group, locale),
    })),
    ...gapBlocks(target, locale),
    ...listBlocks(
      `### ${words.suppressed}`,
      suppressed.map((finding) => suppressedBlock(finding, locale)),
    ),
    ...listBlocks(
      `### ${words.earlier}`,
      earlier.map((finding) => earlierBlock(finding, locale)),
    ),
  ]
  if (parts.length === 0 && target.switchedOff === undefined) return []
  const done = listBlocks(`### ${wordsFor(locale).sections.done}`, doneSentences(target, locale).map(markdownText))
  return [
    { weight: weights.target, text: targetHeading(target, locale) },
    ...seenBlocks(target, locale),
    ...parts,
    ...done,
  ]
}

/** What it holds and what waits, as the table says it; nothing of what was not read. */
function seenBlocks({ seen, chain }: ReportTarget, locale: Locale): readonly Block[] {
  const page = pageFor({ locale, useColor: false, width: 100 })
  const { holds, waits } = page.words.header
  const lines = [
    [holds, seenSummary(seen, chain?.id ?? null, page)],
    [waits, waitingSummary(seen, page)],
  ].flatMap(([name, text]) => (text == null ? [] : `- ${name}: ${markdownText(text)}`))
  return lines.length === 0 ? [] : [{ weight: weights.unknown, text: `${lines.join('\n')}\n` }]
}

/** What a search did not read weighs as much as what could not be checked. */
function gapBlocks({ coverage }: ReportTarget, locale: Locale): readonly Block[] {
  const lines = coverage.flatMap((scan) => gapSentences(scan, locale)).map(markdownText)
  const blocks = listBlocks(`### ${wordsFor(locale).formats.markdown.gaps}`, lines)
  return blocks.map((block) => ({ ...block, weight: weights.unknown }))
}

/** A small heading with a list under it, line by line: each may be left out by itself. */
function listBlocks(heading: string, lines: readonly string[]): readonly Block[] {
  if (lines.length === 0) return []
  const rest = (text: string): Block => ({ weight: weights.rest, text })
  return [rest(`${heading}\n`), ...lines.map((line) => rest(`- ${line}`)), rest('')]
}

function targetHeading(target: ReportTarget, locale: Locale): string {
  const { target: sentence, unreadBlock } = wordsFor(locale).formats.markdown
  const data = {
    place: value.text(placeOf(target, locale)),
    block: value.text(target.block === null ? unreadBlock : target.block.number),
  }
  return `## ${say(sentence, data, locale)}\n`
}

function uncheckedBlocks(report: Report, locale: Locale): readonly Block[] {
  const { formats } = wordsFor(locale)
  const lines = uncheckedOf(report).map(({ input, label, error }) =>
    say(
      formats.unchecked,
      { input: value.untrustedText(label ?? input), reason: value.text(errorSentence(error, locale)) },
      locale,
    ),
  )
  return listBlocks(`## ${formats.markdown.unchecked}`, lines).map((block) => ({ ...block, weight: weights.unknown }))
}

function noticeBlocks({ result }: Report, locale: Locale): readonly Block[] {
  const lines = (result.notices ?? []).map(({ message, declaredAt }) =>
    markdownText(declaredAt === undefined ? message : `${message} (${declaredAt.file}:${declaredAt.line})`),
  )
  return listBlocks(`## ${wordsFor(locale).formats.markdown.notices}`, lines)
}

/** Once for all accounts: the selection is that of the run. */
function notSelectedBlocks({ result }: Report, locale: Locale): readonly Block[] {
  const sentence = notAskedSentence('notSelected', result.notSelected, locale)
  return sentence === null ? [] : [{ weight: weights.frame, text: `${markdownText(sentence)}\n` }]
}

/** Once for all accounts, so without the sentence that names one. */
function blindSpotBlocks({ result }: Report, locale: Locale): readonly Block[] {
  const { sections, blindSpots } = wordsFor(locale)
  if (result.targets.length === 0) return []
  return listBlocks(`## ${sections.blindSpots}`, blindSpots.slice(0, -1).map(markdownText)).map((block) => ({
    ...block,
    weight: weights.frame,
  }))
}
