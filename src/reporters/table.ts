/** The report for a person at a terminal: the worst first, then what is not known, then what was looked at. */
import type { Severity } from '../core/finding.ts'
import type { Report, ReportTarget, Verdict } from '../core/report.ts'
import type { Reporter } from '../core/reporter.ts'
import { value } from '../core/value.ts'
import { columns } from './columns.ts'
import { doneSentences } from './done-sentences.ts'
import { batchCalls } from './found-calls.ts'
import { heading, type Page, pageFor } from './page.ts'
import { exitSentence, notAskedSentence } from './report-rows.ts'
import { earlierLines, settingsLines, suppressedLines } from './table-comparison.ts'
import { listName } from './table-evidence.ts'
import { findingLines, severityTones } from './table-finding.ts'
import {
  bySeverity,
  countRows,
  countsOf,
  isChainRead,
  summaryLines,
  uncheckedLines,
  unreadChainLines,
} from './table-many.ts'
import { leftLines, listedLines, seenLines, seenSummary, waitingSummary } from './table-seen.ts'
import { spendingLines } from './table-spending.ts'
import { unknownLines } from './table-unknown.ts'
import type { Tone } from './text-layout.ts'

const table: Reporter = (report, options) => {
  const page = pageFor(options)
  const { targets, unchecked = [] } = report.result
  const isOne = targets.length === 1 && unchecked.length === 0
  const body = isOne ? targets.flatMap((target) => oneTargetLines(target, report, page)) : manyLines(report, page)
  const lines = [
    ...interruptedLines(report, page),
    ...body,
    ...notSelectedLines(report, page),
    ...settingsLines(report, page),
    ...listLines(report, page),
    ...exitLines(report, page),
  ]
  return `${lines.join('\n')}\n`
}

export default table

/** Once for all accounts: the selection is that of the run. */
function notSelectedLines({ result }: Report, page: Page): readonly string[] {
  const sentence = notAskedSentence('notSelected', result.notSelected, page.locale)
  return sentence === null ? [] : ['', ...page.lines(sentence)]
}

function interruptedLines({ run }: Report, page: Page): readonly string[] {
  return run.interrupted ? [...page.lines(page.words.interrupted, { tone: 'yellow' }), ''] : []
}

function oneTargetLines(target: ReportTarget, report: Report, page: Page): readonly string[] {
  return [
    ...page.lines(page.words.title, { tone: 'bold' }),
    '',
    ...columns([...headerRows(target, page), ...endpointRows(report, page)], { paint: page.paint, indent: 0 }),
    ...leftLines(report, page),
    ...targetLines(target, report, page),
    ...blindSpotLines(target, page),
  ]
}

/** All of them in a few lines first. What no account of a chain can be told is said once for all of these. */
function manyLines(report: Report, page: Page): readonly string[] {
  const { targets } = report.result
  return [
    ...page.lines(page.words.title, { tone: 'bold' }),
    '',
    ...columns([...countRows(report, page), ...endpointRows(report, page)], { paint: page.paint, indent: 0 }),
    ...leftLines(report, page),
    ...summaryLines(targets, page),
    ...targets
      .filter(isChainRead)
      .flatMap((target) => [
        '',
        page.paint('#'.repeat(page.width), 'dim'),
        ...columns(headerRows(target, page), { paint: page.paint, indent: 0 }),
        ...targetLines(target, report, page),
      ]),
    ...unreadChainLines(
      targets.filter((target) => !isChainRead(target)),
      page,
    ),
    ...uncheckedLines(report, page),
    ...blindSpotsOfMany(page),
  ]
}

function targetLines(target: ReportTarget, report: Report, page: Page): readonly string[] {
  return [
    ...seenLines(target, page),
    ...listedLines(target, page),
    '',
    ...verdictLines(target, page),
    ...batchLines(target, report, page),
    ...allFindingLines(target, page),
    ...suppressedLines(target, page),
    ...earlierLines(target, page),
    ...unknownLines(target, page),
    ...spendingLines(target, page),
    ...doneLines(target, page),
  ]
}

function headerRows({ account, label, chain, block, seen }: ReportTarget, page: Page) {
  const { words, say } = page
  const { header } = words
  const holds = seenSummary(seen, chain?.id ?? null, page)
  const waits = waitingSummary(seen, page)
  const labelled = { account: value.address(account), label: value.untrustedText(label ?? '') }
  return [
    [header.account, label === null ? account : say(header.labelled, labelled)],
    [
      header.chain,
      chain === null
        ? header.unread
        : say(header.chainValue, { name: value.text(chain.name), id: value.nonce(chain.id) }),
    ],
    [
      header.block,
      block === null
        ? header.unread
        : say(header.blockValue, { number: value.text(block.number), time: value.time(block.timestamp) }),
    ],
    ...(holds === null ? [] : [[header.holds, holds] as const]),
    ...(waits === null ? [] : [[header.waits, waits] as const]),
  ] as const
}

function endpointRows(report: Report, { words: { header }, say }: Page) {
  return report.run.endpoints.map(
    ({ host, requests, role }, index) =>
      [
        header[role === undefined ? unnamedRole(report, index) : endpointNames[role]],
        say(header.endpointValue, { host: value.text(host), requests: value.count(requests) }),
      ] as const,
  )
}

/** Of older reports: before 1.2.0 the second endpoint of an account was its source of logs, before 1.6.0 a stand-in. */
function unnamedRole({ schemaVersion, result }: Report, index: number): 'endpoint' | 'logSource' | 'failover' {
  if (index === 0 || result.targets.length > 1) return 'endpoint'
  const minor = Number(schemaVersion.split('.')[1])
  if (minor < 2) return 'logSource'
  return minor < 6 ? 'failover' : 'endpoint'
}

const endpointNames = {
  failover: 'failover',
  logs: 'logSource',
  history: 'historySource',
  'second-opinion': 'secondEndpoint',
} as const

const verdictTones = {
  critical: 'alarm',
  attention: 'yellow',
  'no-findings': 'bold',
  inconclusive: 'yellow',
} as const satisfies Record<Verdict, Tone>

function verdictLines(target: ReportTarget, page: Page): readonly string[] {
  const { words } = page
  const { verdict, outcomes } = target
  const isIncomplete = outcomes.some((outcome) => 'because' in outcome && outcome.because !== undefined)
  const sentence =
    verdict === 'no-findings' && bySeverity(target).length > 0 ? words.noProblemButInfo : words.verdicts[verdict]
  return [
    ...page.lines(sentence, { marker: `${words.header.result}: `, tone: verdictTones[verdict] }),
    ...countLines(target, page),
    ...(isIncomplete && verdict !== 'inconclusive' ? page.lines(words.mayBeMore, { tone: 'yellow' }) : []),
  ]
}

/** Whoever decides with others proposes everything at once. */
function batchLines(target: ReportTarget, report: Report, { words, say, lines }: Page): readonly string[] {
  if (target.seen?.kind !== 'contract') return []
  const { calls } = batchCalls(report)
  // A batch is of one account.
  const isItsOwn = calls.length > 0 && calls.every((call) => call.target === target)
  return !isItsOwn ? [] : lines(say(words.seen.batch, { count: value.count(calls.length) }))
}

function countLines(target: ReportTarget, page: Page): readonly string[] {
  const counts = countsOf(target, page)
  return counts === '' ? [] : page.lines(counts, { marker: `${page.words.header.found}: ` })
}

function allFindingLines(target: ReportTarget, page: Page): readonly string[] {
  let number = 0
  return bySeverity(target).flatMap(([severity, findings]) => [
    ...severityHeading(severity, findings.length, page),
    ...findings.flatMap((finding) => findingLines(finding, ++number, page)),
  ])
}

function severityHeading(severity: Severity, count: number, page: Page): readonly string[] {
  const { words, say, paint, width } = page
  const title = say(words.sections.severity, {
    severity: value.text(words.severities[severity]),
    count: value.count(count),
  })
  return ['', ...page.lines(title, { tone: severityTones[severity] }), paint('='.repeat(width), 'dim')]
}

function doneLines(target: ReportTarget, page: Page): readonly string[] {
  return [
    ...heading(page.words.sections.done, page),
    ...doneSentences(target, page.locale).flatMap((sentence) => page.lines(sentence, { marker: '- ' })),
  ]
}

function blindSpotLines({ chain }: ReportTarget, page: Page): readonly string[] {
  const { words, say } = page
  const data = { chain: value.text(chain === null ? words.thisChain : chain.name) }
  return blindSpotList(
    words.blindSpots.map((spot) => say(spot, data)),
    page,
  )
}

/** The last one names the chain and the account, which are several here. */
function blindSpotsOfMany(page: Page): readonly string[] {
  const { blindSpots, many } = page.words
  return blindSpotList([...blindSpots.slice(0, -1), many.others], page)
}

function blindSpotList(spots: readonly string[], page: Page): readonly string[] {
  const { words, lines } = page
  return [...heading(words.sections.blindSpots, page), ...spots.flatMap((spot) => lines(spot, { marker: '- ' }))]
}

function listLines({ run }: Report, page: Page): readonly string[] {
  const { words, say } = page
  if (run.lists.length === 0) return []
  return [
    ...heading(words.sections.lists, page),
    ...run.lists.flatMap(({ name, date, entries }) =>
      page.lines(
        say(words.list, {
          name: listName(name),
          date: listName(date),
          entries: value.count(entries),
        }),
        { marker: '- ' },
      ),
    ),
  ]
}

function exitLines(report: Report, page: Page): readonly string[] {
  return ['', ...page.lines(exitSentence(report, page.locale), { tone: 'dim' })]
}
