/** `report FILE`: prints an earlier JSON report again, in another language or format. */
import { type Report, reportSchema, reportSchemaVersion } from '../../core/report.ts'
import { value } from '../../core/value.ts'
import { localizeReport } from '../../index.ts'
import type { CliContext } from '../context.ts'
import { readDocument } from '../files.ts'
import { checkOutputs, parseOutputs, writeReports } from '../outputs.ts'
import { UsageError } from '../usage-error.ts'

export type ReportFlags = { readonly output?: readonly string[]; readonly color?: boolean }

/** @returns 0 once it is printed: the exit code of the run that made it stands in the report */
export default async function report(file: string, flags: ReportFlags, context: CliContext): Promise<number> {
  const outputs = parseOutputs(flags.output ?? [])
  await checkOutputs(outputs)
  const { text } = await readDocument(file, context)
  const localized = localizeReport(parseReport(text, file), context.locale)
  const useColor = flags.color !== false && !context.environment.noColor
  await writeReports(localized, outputs, { ...context, useColor })
  return 0
}

function parseReport(text: string, file: string): Report {
  const fail = (path: string, problem: string) =>
    new UsageError('usage-not-a-report', {
      file: value.text(file),
      // Names of fields; a file may have put anything there.
      path: value.text(path.replace(/[^\w.$-]/g, '?').slice(0, 200)),
      problem: value.untrustedText(problem),
    })
  const parsed = reportSchema.safeParse(parseJson(text, () => fail('JSON', 'syntax')))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw fail(issue?.path.join('.') || 'JSON', issue?.message ?? '')
  }
  const report = parsed.data as Report // zod's optional fields admit undefined, ours are absent: JSON has no undefined
  const [major] = reportSchemaVersion.split('.')
  if (report.schemaVersion.split('.')[0] !== major) throw fail('schemaVersion', report.schemaVersion)
  return report
}

function parseJson(text: string, failure: () => UsageError): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's words quote the file, which nobody has looked at yet.
    throw failure()
  }
}
