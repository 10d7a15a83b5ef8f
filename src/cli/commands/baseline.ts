/** `baseline update REPORT`: takes what a report found into the baseline file. What it could not read stays as it was. */

import { oneOf } from '../../domain/expectation.ts'
import { writeBaseline } from '../comparison.ts'
import { findConfig } from '../config/find-config.ts'
import { loadFile } from '../config/load-config.ts'
import type { CliContext } from '../context.ts'
import { isAbsent } from '../existing-file.ts'
import { checkWritable } from '../files.ts'
import { readReport } from '../report-file.ts'
import { badValue, UsageError } from '../usage-error.ts'

export type BaselineFlags = { readonly baseline?: string; readonly config?: string | false }

/** @param asked.action `update` */
export default async function baseline(
  { action, reportFile }: { readonly action: string; readonly reportFile: string },
  flags: BaselineFlags,
  context: CliContext,
): Promise<number> {
  if (action !== 'update') throw badValue('baseline', oneOf(['update']))
  const file = flags.baseline ?? (await fromConfig(flags, context))
  await checkWritable(file)
  const report = await readReport(reportFile, context)
  const known = isAbsent(file) ? null : await readReport(file, context)
  await writeBaseline(file, { baseline: known, report })
  context.answer(context.words.baselineWritten(file))
  return 0
}

/** @throws UsageError when nobody names a file */
async function fromConfig(flags: BaselineFlags, context: CliContext): Promise<string> {
  const found = findConfig(flags)
  const config = found === null ? null : await loadFile(found.path, context)
  const named = config?.config.baseline
  if (config === null || named === undefined) throw new UsageError('usage-no-baseline')
  return config.resolve(named)
}
