/** `report FILE`: prints an earlier JSON report again, in another language or format. */
import { localizeReport } from '../../index.ts'
import type { CliContext } from '../context.ts'
import { checkOutputs, parseOutputs, writeReports } from '../outputs.ts'
import { readReport } from '../report-file.ts'

export type ReportFlags = {
  readonly output?: readonly string[]
  readonly sarifAnchor?: string
  readonly color?: boolean
}

/** @returns 0 once it is printed: the exit code of the run that made it stands in the report */
export default async function report(file: string, flags: ReportFlags, context: CliContext): Promise<number> {
  const outputs = parseOutputs(flags.output ?? [], flags.sarifAnchor)
  await checkOutputs(outputs)
  const localized = localizeReport(await readReport(file, context), context.locale)
  const useColor = flags.color !== false && !context.environment.noColor
  await writeReports(localized, outputs, { ...context, useColor })
  return 0
}
