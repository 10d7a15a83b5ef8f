/** Checks data with a schema, and says what is wrong with it by place, key and example: the schema's own sentences are English. */
import { z } from 'zod'
import { suchAs } from '../../domain/expectation.ts'
import { expectedAt, schemasAt } from './expected-value.ts'
import type { ParsedFile } from './parse-document.ts'
import { ConfigFileError, type ConfigProblem, type Path } from './problem.ts'

type Issue = z.core.$ZodIssue
type Leaf = { readonly issue: Issue; readonly path: Path }

type Where<Schema> = {
  readonly schema: Schema
  readonly file: ParsedFile
  /** Where in the file the data stands. */
  readonly base?: Path
  /** What a wrong value is called, and what stands for the values that would do. */
  readonly wrong?: {
    readonly problem: ConfigProblem
    readonly name: string
    readonly exampleOf: (path: Path) => readonly string[]
  }
}

/**
 * @returns the data as the schema understands it
 * @throws ConfigFileError about the first thing in the file that is wrong
 */
export function checkShape<Schema extends z.ZodType>(data: unknown, where: Where<Schema>): z.output<Schema> {
  const parsed = where.schema.safeParse(data)
  if (parsed.success) return parsed.data
  const { file, base = [] } = where
  const [first] = parsed.error.issues
    .flatMap((issue) => leavesOf(issue, base))
    .map((leaf) => toError(leaf, where))
    .sort((one, other) => one.at.line - other.at.line || one.at.column - other.at.column)
  throw first?.error ?? new ConfigFileError('value', { at: file.placeOf(base), path: base })
}

/** Of a value with several possible shapes, what is wrong with the one that it was most likely meant to have. */
function leavesOf(issue: Issue, base: Path): readonly Leaf[] {
  const path = [...base, ...(issue.path as Path)] // data from a file has no symbols
  if (issue.code !== 'invalid_union') return [{ issue, path }]
  const meant = issue.errors.find((branch) => branch.length > 0 && branch.every((inner) => !isAboutType(inner)))
  return meant === undefined ? [{ issue, path }] : meant.flatMap((inner) => leavesOf(inner, path))
}

/** Whether the value has another shape altogether. */
function isAboutType({ path, code }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union')
}

function toError({ issue, path }: Leaf, { schema, file, base = [], wrong }: Where<z.ZodType>) {
  const make = (
    problem: ConfigProblem,
    details: Omit<ConstructorParameters<typeof ConfigFileError>[1], 'at'>,
    at = file.placeOf(path),
  ) => ({
    at,
    error: new ConfigFileError(problem, { at, path, ...details }),
  })
  if (issue.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys
    const full = [...path, name]
    return make(
      'unknown-key',
      { path: full, name, known: keysAt(schema, path.slice(base.length)) },
      file.keyPlaceOf(full),
    )
  }
  if (issue.code === 'invalid_key')
    return make('value', { expected: suchAs('ethereum', 'payroll-2027') }, file.keyPlaceOf(path))
  const inner = path.slice(base.length)
  const examples = wrong === undefined ? issue.message.split(', ') : wrong.exampleOf(inner)
  const expected = expectedAt(schema, inner, examples)
  if (!file.has(path)) {
    const name = String(path.at(-1) ?? '')
    return make('missing', { path: path.slice(0, -1), name, expected })
  }
  return wrong === undefined ? make('value', { expected }) : make(wrong.problem, { name: wrong.name, expected })
}

/** The keys that a map may have at this place of a schema. */
export function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  return schemasAt(schema, path).flatMap((each) => (each instanceof z.ZodObject ? Object.keys(each.shape) : []))
}
