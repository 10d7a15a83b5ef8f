import { gzipSync } from 'node:zlib'
import type { Report } from '../core/report.ts'
import type { Reporter, ReporterOptions } from '../core/reporter.ts'
import { plainText } from './escape.ts'
import { configurationNotifications, executionNotifications, notificationKinds } from './sarif-notifications.ts'
import { allRows, anchoredTo, mostResults, type Row, toResult } from './sarif-results.ts'
import { toRules } from './sarif-rules.ts'

/** GitHub refuses more, compressed. */
const largestUpload = 10_000_000
/** Nothing shorter than this grows beyond it by compression. */
const surelySmall = 9_000_000

/**
 * SARIF 2.1.0, as GitHub takes it: each result stands at the line that declares its account, and what could not be checked is
 * a notification of an execution that was not successful.
 * @throws NoSarifAnchorError
 */
const sarif: Reporter = (report, options) => {
  const all = anchoredTo(allRows(report), options)
  let rows = all.slice(0, mostResults)
  for (;;) {
    const text = toText(report, { rows, leftOut: all.length - rows.length }, options)
    const size = compressedSize(text)
    if (size <= largestUpload || rows.length === 0) return text
    rows = rows.slice(0, Math.floor((rows.length * 0.95 * largestUpload) / size))
  }
}

export default sarif

/** Bytes, at the weakest compression; those of the text where that is short enough. */
function compressedSize(text: string): number {
  const size = Buffer.byteLength(text)
  return size <= surelySmall ? size : gzipSync(text, { level: 1 }).length
}

type Selection = { readonly rows: readonly Row[]; readonly leftOut: number }

function toText(report: Report, { rows, leftOut }: Selection, { locale }: ReporterOptions): string {
  const { run, result } = report
  const rules = toRules(report, rows)
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]))
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: plainText(run.tool.name),
            version: plainText(run.tool.version),
            rules,
            notifications: notificationKinds.map((id) => ({ id })),
          },
        },
        language: locale,
        automationDetails: { id: 'wallet-checkup/' },
        invocations: [
          {
            executionSuccessful: result.summary.complete && !run.interrupted && leftOut === 0,
            exitCode: result.summary.exitCode,
            startTimeUtc: run.startedAt,
            toolExecutionNotifications: executionNotifications(report, { leftOut, indexOf }, locale),
            toolConfigurationNotifications: configurationNotifications(report, locale),
          },
        ],
        results: rows.map((row) => toResult(row, { indexOf, locale })),
      },
    ],
  }
  return `${JSON.stringify(log)}\n`
}
