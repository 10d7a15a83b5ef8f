/** Where reports go: `-o FORMAT[=FILE]`. */
import { CheckupError } from '../core/errors.ts'
import type { Report } from '../core/report.ts'
import type { ReporterOptions } from '../core/reporter.ts'
import { value } from '../core/value.ts'
import { suchAs } from '../domain/expectation.ts'
import type { reporters } from '../reporters/index.ts'
import type { CliContext } from './context.ts'
import { badValue, UsageError } from './usage-error.ts'

type Format = keyof typeof reporters
/** By name only: reporters load when there is something to report. */
const formats = {
  table: true,
  json: true,
  markdown: true,
  sarif: true,
  csv: true,
  junit: true,
  github: true,
  openmetrics: true,
  calls: true,
  'safe-batch': true,
} as const satisfies Readonly<Record<Format, true>>

export type Output = {
  readonly format: Format
  /** null: standard output. */
  readonly file: string | null
  /** Of SARIF: the file that findings are shown at. */
  readonly anchor?: string
}

/** Columns of a report in a file, or where nobody says how wide it may be. */
const plainWidth = 100

/** @throws UsageError */
export function parseOutputs(given: readonly string[], anchor?: string): readonly Output[] {
  if (anchor === '') throw badValue('--sarif-anchor', suchAs('wallet-checkup.config.yaml'))
  const outputs: readonly Output[] = given.length === 0 ? [{ format: 'table', file: null }] : given.map(parseOutput)
  const files = outputs.map(({ file }) => file)
  const [repeated] = files.filter((file, index) => files.indexOf(file) !== index)
  if (repeated === null) throw new UsageError('usage-two-on-stdout')
  if (repeated !== undefined) throw new UsageError('usage-same-file', { file: value.text(repeated) })
  return anchor === undefined ? outputs : outputs.map((output) => ({ ...output, anchor }))
}

/** Of an account that no config file declares, SARIF needs a file. @throws UsageError */
export function requireAnchor(outputs: readonly Output[]): void {
  const isMissing = outputs.some(({ format, anchor }) => format === 'sarif' && anchor === undefined)
  if (isMissing) throw new UsageError('usage-sarif-anchor')
}

function parseOutput(text: string): Output {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? []
  if (!isFormat(name)) {
    throw new UsageError('usage-unknown-format', {
      format: value.untrustedText(name),
      known: value.text(Object.keys(formats).join(', ')),
    })
  }
  if (file === '') throw new UsageError('usage-missing-file', { format: value.text(name) })
  return { format: name, file: file ?? null }
}

function isFormat(name: string): name is Format {
  return Object.hasOwn(formats, name)
}

/** Before a long run: whether its reports could be written at the end. @throws UsageError */
export async function checkOutputs(outputs: readonly Output[]): Promise<void> {
  for (const { file } of outputs) {
    if (file === null) continue
    const { checkWritable } = await import('./files.ts')
    await checkWritable(file)
  }
}

/** Files first: a reader of the terminal who sees the report finds them written. @throws UsageError */
export async function writeReports(
  report: Report,
  outputs: readonly Output[],
  context: CliContext & { readonly useColor: boolean; readonly showsSuppressed?: boolean },
): Promise<void> {
  const { writeWhole } = await import('./files.ts')
  const { locale, stdout, print, showsSuppressed = false } = context
  for (const output of outputs) {
    if (output.file === null) continue
    const text = await produce(report, output, {
      ...context,
      options: { locale, useColor: false, width: plainWidth, showsSuppressed },
    })
    if (text !== null) await writeWhole(output.file, text)
  }
  for (const output of outputs) {
    if (output.file !== null) continue
    const useColor = context.useColor && stdout.isTTY === true
    const options = { locale, useColor, width: columnsOf(context), showsSuppressed }
    const text = await produce(report, output, { ...context, options })
    if (text !== null) print(text)
  }
}

/** null when the format cannot hold this report: that is said, and takes the other outputs nothing away. */
async function produce(
  report: Report,
  { format, file, anchor }: Output,
  { options, say }: CliContext & { readonly options: ReporterOptions },
): Promise<string | null> {
  const { notices, reporters: loaded } = await import('../reporters/index.ts')
  const name = `-o ${format}${file === null ? '' : `=${file}`}`
  const notice = notices[format]?.(report, options.locale) ?? null
  if (notice !== null) say(`${name}: ${notice}`)
  try {
    return loaded[format](report, { ...options, ...(anchor !== undefined && { anchor }) })
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    const { errorSentence } = await import('../words/index.ts')
    say(`${name}: ${errorSentence(error, options.locale)}`)
    return null
  }
}

/** Columns of standard output: the terminal's, else what COLUMNS says. */
export function columnsOf({ stdout, environment }: CliContext): number {
  return stdout.columns ?? environment.columns ?? plainWidth
}
