/** What a run is compared with, and what becomes of the baseline afterwards. */
import { value } from '../core/value.ts'
import { type Report, updateBaseline } from '../index.ts'
import type { CliContext } from './context.ts'
import { isAbsent } from './existing-file.ts'
import { checkWritable, writeWhole } from './files.ts'
import { readReport } from './report-file.ts'
import { UsageError } from './usage-error.ts'

export type ComparisonFlags = {
  readonly baseline?: string
  readonly failOnNew?: boolean
  readonly updateBaseline?: boolean
  /** False for --no-suppressions. */
  readonly suppressions?: boolean
  readonly suppressionsFrom?: string
  readonly showSuppressed?: boolean
  readonly strict?: boolean
}

/**
 * Before anything is asked: an earlier report, or null where there is none yet.
 * @throws UsageError, SecretFileError
 */
export async function readBaseline(flags: ComparisonFlags, context: CliContext): Promise<Report | null> {
  const { baseline: file, failOnNew, updateBaseline: isUpdated } = flags
  if (file === undefined) {
    if (failOnNew === true) throw needsBaseline('--fail-on-new')
    if (isUpdated === true) throw needsBaseline('--update-baseline')
    return null
  }
  if (isUpdated === true) await checkWritable(file)
  if (isAbsent(file)) {
    // The first run that writes one has none to read.
    if (isUpdated === true) return null
    throw new UsageError('usage-first-baseline', { file: value.text(file) })
  }
  return readReport(file, context)
}

function needsBaseline(option: string): UsageError {
  return new UsageError('usage-needs-baseline', { option: value.text(option) })
}

type Reports = { readonly baseline: Report | null; readonly report: Report }

/** @throws UsageError when the file cannot be written */
export async function writeBaseline(file: string, { baseline, report }: Reports): Promise<void> {
  const { default: json } = await import('../reporters/json.ts')
  const next = updateBaseline(baseline, report)
  await writeWhole(file, json(next, { locale: next.run.locale, useColor: false, width: 0 }))
}
