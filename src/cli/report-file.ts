/** Reads a JSON report that an earlier run wrote. */
import { type Report, reportSchema, reportSchemaVersion } from '../core/report.ts'
import { value } from '../core/value.ts'
import type { CliContext } from './context.ts'
import { readDocument } from './files.ts'
import { UsageError } from './usage-error.ts'

/** @throws UsageError, SecretFileError */
export async function readReport(file: string, context: Pick<CliContext, 'signal'>): Promise<Report> {
  const { text } = await readDocument(file, context)
  return parseReport(text, file)
}

function parseReport(text: string, file: string): Report {
  const fail = (kind: 'json' | 'facts' | 'version' | 'field' | 'other', path: string) =>
    new UsageError('usage-not-a-report', {
      file: value.text(file),
      // Names of fields; a file may have put anything there.
      path: value.text(path.replace(/[^\w.$-]/g, '?').slice(0, 200)),
      kind: value.keyword(kind),
    })
  const json = parseJson(text, () => fail('json', 'JSON'))
  if (has(json, 'format', /^wallet-checkup-facts$/)) throw fail('facts', 'format')
  const [major] = reportSchemaVersion.split('.')
  if (!has(json, 'schemaVersion', new RegExp(`^${major}\\.`))) {
    throw fail(has(json, 'schemaVersion', /^\d+\./) ? 'version' : 'other', 'schemaVersion')
  }
  const parsed = reportSchema.safeParse(json)
  if (!parsed.success) throw fail('field', parsed.error.issues[0]?.path.join('.') || 'JSON')
  return parsed.data as Report // zod's optional fields admit undefined, ours are absent: JSON has no undefined
}

function has(json: unknown, field: string, pattern: RegExp): boolean {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, field)) return false
  const given = (json as Readonly<Record<string, unknown>>)[field] // an object with that field: checked above
  return typeof given === 'string' && pattern.test(given)
}

function parseJson(text: string, failure: () => UsageError): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's words quote the file, which nobody has looked at yet.
    throw failure()
  }
}
