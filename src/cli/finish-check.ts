/** How every check ends: what was read is judged into one report, and the report is written. */
import { value } from '../core/value.ts'
import { type JudgedTarget, type JudgeOptions, judgeMany, type Report } from '../index.ts'
import type { CheckFlags, CheckSettings } from './check-flags.ts'
import type { CliContext } from './context.ts'
import { type Output, writeReports } from './outputs.ts'
import type { Telling } from './tell-others.ts'
import { UsageError } from './usage-error.ts'

export type Finish = {
  readonly flags: CheckFlags
  readonly settings: CheckSettings
  /** null: nothing is compared, or there is no baseline yet. */
  readonly baseline: Report | null
  /** Beside what the flags say. */
  readonly judging: JudgeOptions
  /** Who is told what changed since the run before; absent: nobody ever is. */
  readonly telling?: Pick<Telling, 'notifiers' | 'scope'>
}

/**
 * @returns the exit code of the report
 * @throws UsageError with --strict for suppressions that excuse nothing, once everything is written
 */
export async function finishCheck(
  targets: readonly JudgedTarget[],
  { flags, settings, baseline, judging, telling }: Finish,
  context: CliContext,
): Promise<number> {
  const judged = judgeMany(targets, {
    onlyRules: flags.rule ?? [],
    skipRules: flags.skipRule ?? [],
    locale: context.locale,
    failOn: settings.failOn,
    allowIncomplete: flags.allowIncomplete ?? false,
    failOnNew: flags.failOnNew ?? false,
    ...(baseline !== null && { baseline }),
    ...judging,
  })
  const { exitCode } = judged.result.summary
  const { watch } = context
  // Half of a report must not take the place of the last whole one.
  if (watch !== undefined && context.signal.aborted) return exitCode
  const told = telling === undefined ? null : { ...telling, flags, ...(baseline !== null && { baseline }) }
  const writing = await writingOf({ flags, settings }, context)
  // Who does not answer holds back no file, no baseline and no metrics.
  await writeReports(judged, writing.files, writing.context)
  await keepBaseline(judged, { flags, baseline }, context)
  const tellAndPrint = () => tellThenPrint(judged, { telling: told, writing }, context)
  if (watch === undefined || told === null) await tellAndPrint()
  else {
    const { changesSince } = await import('./tell-others.ts')
    watch.onReport(judged, await changesSince(judged, told, context), tellAndPrint)
  }
  if (flags.strict === true) refuseUnused(judged)
  return exitCode
}

type Writing = {
  /** Written before anybody is told, and again with what became of it. */
  readonly files: readonly Output[]
  /** Standard output, devices and pipes: written once. */
  readonly printed: readonly Output[]
  readonly context: Parameters<typeof writeReports>[2]
}

async function writingOf(
  { flags, settings }: Pick<Finish, 'flags' | 'settings'>,
  context: CliContext,
): Promise<Writing> {
  // The table is what a check prints when nobody asks; a watch prints a line.
  const outputs = context.watch !== undefined && flags.output === undefined ? [] : settings.outputs
  const useColor = flags.color !== false && !context.environment.noColor
  const { isSpecial } = await import('./files.ts')
  const isOnce = await Promise.all(outputs.map(({ file }) => file === null || isSpecial(file)))
  return {
    files: outputs.filter((_, place) => isOnce[place] !== true),
    printed: outputs.filter((_, place) => isOnce[place] === true),
    context: { ...context, useColor, showsSuppressed: flags.showSuppressed === true },
  }
}

type Told = { readonly telling: Telling | null; readonly writing: Writing }

/** Files once more, with what became of each message. @returns the report with that */
async function tellThenPrint(judged: Report, { telling, writing }: Told, context: CliContext): Promise<Report> {
  const report = telling === null ? judged : await tell(judged, telling, context)
  // What there is to say of a file was said when it was first written.
  if (report !== judged) await writeReports(report, writing.files, { ...writing.context, say: () => {} })
  await writeReports(report, writing.printed, writing.context)
  return report
}

async function keepBaseline(
  report: Report,
  { flags, baseline }: Pick<Finish, 'flags' | 'baseline'>,
  { words, say }: CliContext,
): Promise<void> {
  if (flags.updateBaseline !== true || flags.baseline === undefined) return
  const { writeBaseline } = await import('./comparison.ts')
  await writeBaseline(flags.baseline, { baseline, report })
  if (flags.quiet !== true) say(words.baselineWritten(flags.baseline))
}

/** @throws UsageError */
function refuseUnused({ result: { notices = [] } }: Report): void {
  const unused = notices.filter(({ kind }) => kind === 'suppression-unused').length
  if (unused > 0) throw new UsageError('usage-unused-suppressions', { count: value.count(unused) })
}

/** Most checks tell nobody, and need none of it. */
async function tell(report: Report, telling: Telling, context: CliContext): Promise<Report> {
  // What a stopped run did not read has not become unknown.
  if (telling.notifiers.length === 0 || context.signal.aborted) return report
  const { tellOthers } = await import('./tell-others.ts')
  return tellOthers(report, telling, context)
}
