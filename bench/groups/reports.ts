/** How long writing a report of ten thousand findings takes in each format: processor time, the median of three. */
import { readFileSync } from 'node:fs'
import type { Report, ReportTarget } from '../../src/core/report.ts'
import { decodeCollection, judgeCollection } from '../../src/index.ts'
import { reporters } from '../../src/reporters/index.ts'
import { atMost, isQuick, type Row } from '../row.ts'

const wanted = 10_000
const mostSeconds = 2
const rounds = isQuick ? 1 : 3

export default async function reports(): Promise<readonly Row[]> {
  return (['en', 'ja'] as const).flatMap((locale) => {
    const report = largeReport(locale)
    const count = findingsOf(report).length
    return Object.entries(reporters).map(([format, write]) => {
      const given = format === 'safe-batch' ? ofOneSafe(report) : report
      const options = { locale, useColor: false, width: 100, anchor: 'wallets.yaml' }
      let length = 0
      const seconds = Array.from({ length: rounds }, () =>
        cpuSeconds(() => {
          length = write(given, options).length
        }),
      ).sort((one, other) => one - other)
      const kilobytes = `${Math.round(length / 1000).toLocaleString('en')} kB`
      const name = `${format}, ${locale}: CPU seconds for ${count.toLocaleString('en')} findings (${kilobytes})`
      return atMost(name, seconds[Math.floor(rounds / 2)] ?? Number.NaN, mostSeconds)
    })
  })
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** The sick account of the demo, as many times as it takes, each with addresses and fingerprints of its own. */
function largeReport(locale: 'en' | 'ja'): Report {
  const facts = readFileSync(new URL('../../fixtures/facts/demo-sick.json', import.meta.url), 'utf8')
  const report = judgeCollection(decodeCollection(facts), { locale })
  const copies = Math.ceil(wanted / findingsOf(report).length)
  const targets = report.result.targets.flatMap((target) =>
    Array.from({ length: copies }, (_, index) => copyOf(target, index)),
  )
  return { ...report, result: { ...report.result, targets } }
}

/** With other addresses and fingerprints in everything that it says. */
function copyOf(target: ReportTarget, index: number): ReportTarget {
  const tail = index.toString(16).padStart(8, '0')
  const text = JSON.stringify(target)
    .replace(/0x([0-9a-fA-F]{32})[0-9a-fA-F]{8}(?![0-9a-fA-F])/g, (_, head: string) => `0x${head}${tail}`)
    .replace(/"fingerprint":"([0-9a-f]{24})[0-9a-f]{8}"/g, (_, head: string) => `"fingerprint":"${head}${tail}"`)
  return { ...JSON.parse(text), label: `account ${index}` }
}

/** A batch is of one Safe account: all findings stand there. */
function ofOneSafe(report: Report): Report {
  const [first] = report.result.targets
  if (first === undefined || first.seen === undefined) throw new Error('The demo has an account.')
  const outcomes = report.result.targets.flatMap((target) => target.outcomes)
  const target = { ...first, outcomes, seen: { ...first.seen, kind: 'contract' as const } }
  return { ...report, result: { ...report.result, targets: [target] } }
}

function findingsOf({ result }: Report) {
  return result.targets.flatMap(({ outcomes }) =>
    outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : [])),
  )
}
