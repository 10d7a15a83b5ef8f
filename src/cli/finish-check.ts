/** How every check ends: what was read is judged into one report, and the report is written. */
import { type JudgedTarget, type JudgeOptions, judgeMany } from '../index.ts'
import type { CheckFlags, CheckSettings } from './check-flags.ts'
import type { CliContext } from './context.ts'
import { writeReports } from './outputs.ts'

export type Finish = {
  readonly flags: CheckFlags
  readonly settings: CheckSettings
  /** Beside what the flags say. */
  readonly judging: JudgeOptions
}

/** @returns the exit code of the report */
export async function finishCheck(
  targets: readonly JudgedTarget[],
  { flags, settings, judging }: Finish,
  context: CliContext,
): Promise<number> {
  const report = judgeMany(targets, {
    onlyRules: flags.rule ?? [],
    skipRules: flags.skipRule ?? [],
    locale: context.locale,
    failOn: settings.failOn,
    allowIncomplete: flags.allowIncomplete ?? false,
    ...judging,
  })
  const { exitCode } = report.result.summary
  const { watch } = context
  // Half of a report must not take the place of the last whole one.
  if (watch !== undefined && context.signal.aborted) return exitCode
  const useColor = flags.color !== false && !context.environment.noColor
  // The table is what a check prints when nobody asks; a watch prints a line.
  const outputs = watch !== undefined && flags.output === undefined ? [] : settings.outputs
  await writeReports(report, outputs, { ...context, useColor })
  watch?.onReport(report)
  return exitCode
}
