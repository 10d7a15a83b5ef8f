/** What can be wrong in a config file. Each problem names its file, line and column first, so that terminals and editors can jump there. */
import { CheckupError } from '../../core/errors.ts'
import { value } from '../../core/value.ts'
import { type Expectation, expectationData, suchAs } from '../../domain/expectation.ts'
import { nearestTo } from '../../domain/nearest.ts'

/** Lines and columns count from 1; the path of the file is as the user wrote it. */
export type Position = { readonly file: string; readonly line: number; readonly column: number }

/** Keys from the top of the file to a value. */
export type Path = readonly (string | number)[]

const problems = {
  empty: 'the file is empty',
  'too-large': 'the file is too large',
  'not-text': 'this is no text in UTF-8',
  'too-deep': 'this is nested too deeply',
  syntax: 'this is neither YAML nor JSON',
  indent: 'this line stands at a place where it belongs to nothing',
  colon: 'a colon and a space are missing after this key',
  'colon-inside': 'this text holds a colon with a space behind it',
  'bracket-open': 'this bracket is not closed',
  'bracket-extra': 'this bracket was not opened',
  'quote-open': 'this quote is not closed',
  'text-after': 'something stands behind a value that has ended',
  'special-start': 'no text without quotes begins with this character',
  comma: 'a comma is missing between brackets',
  escape: 'this backslash means nothing between double quotes',
  tabs: 'lines cannot be indented with tabs',
  'several-documents': 'a second document begins here',
  'yaml-version': 'only YAML 1.2 is read',
  tag: 'tags are not read',
  alias: 'anchors and aliases are not read',
  duplicate: 'this key stands there twice',
  'unknown-key': 'there is no such key',
  missing: 'a key is missing',
  value: 'this value cannot be used here',
  variable: 'variables are not read here',
  'variable-name': 'this is no name of a variable',
  'variable-missing': 'this variable is not set',
  'url-key': 'this URL holds what looks like a key',
  'unknown-rule': 'there is no such rule',
  'rule-value': 'this rule does not take this value',
  'unknown-chain': 'there is no such chain',
  'unknown-account': 'no account has this label or address',
  'unknown-tag': 'there is no such tag',
  'same-label': 'another account has this label',
  'same-target': 'this account is there already, on this chain',
  'same-chain': 'another chain has this number',
  'endpoint-twice': 'this endpoint is named before',
  'same-endpoint': 'the second endpoint is the first one',
  'expires-late': 'a suppression cannot last so long',
  'no-accounts': 'no account is named',
  'nothing-chosen': 'no account is checked on the chain that was asked for',
  'unknown-column': 'there is no such column',
  'no-header': 'the table does not name its columns',
  'too-few-cells': 'this row has not as many cells as the table has columns',
  quotes: 'a cell does not end its quotes',
  'no-chains': 'no chain is named',
} as const
export type ConfigProblem = keyof typeof problems

type Details = {
  readonly at: Position
  readonly path?: Path
  /** The word that the problem is about. Only what cannot be a secret. */
  readonly name?: string
  /** Words that would have been known, for a hint. */
  readonly known?: readonly string[]
  /** What would do in place of a wrong or missing value. */
  readonly expected?: Expectation
  /** Where the other one stands. */
  readonly other?: Position
}

/** Something in the config file that cannot be used. Values are not repeated: they may be URLs with keys. */
export class ConfigFileError extends CheckupError {
  readonly path: Path

  constructor(problem: ConfigProblem, { at, path = [], name = '', known = [], expected = suchAs(), other }: Details) {
    const nearest = name === '' ? null : nearestTo(name, known)
    super('invalid-config', {
      message: `${placeText(at)}: ${pathText(path)} ${problems[problem]}.`,
      data: {
        ...whereData(at, path),
        problem: value.keyword(problem.replaceAll('-', '_')),
        name: value.untrustedText(name),
        nearest: value.text(nearest ?? known.join(', ')),
        hasNearest: value.keyword(nearest !== null ? 'yes' : known.length > 0 ? 'list' : 'no'),
        ...expectationData(expected),
        other: value.text(other === undefined ? '' : placeText(other)),
      },
    })
    this.path = path
  }
}

/** A value that its own reader refuses, such as an address: that reader's sentence, with the place. */
export class ConfigValueError extends CheckupError {
  readonly path: Path

  constructor(cause: CheckupError, { at, path }: { readonly at: Position; readonly path: Path }) {
    super('invalid-config-value', {
      message: `${placeText(at)}: ${pathText(path)} ${cause.message}`,
      data: {
        ...cause.data,
        ...whereData(at, path),
        cause: value.keyword(cause.code),
      },
      hints: cause.hints,
      cause,
    })
    this.path = path
  }
}

function placeText({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`
}

/** Keys are the user's own words, or those of whoever proposes a change. Long enough for any that are known. */
function whereData(at: Position, path: Path) {
  const text = pathText(path)
  return {
    place: value.text(placeText(at)),
    path: value.text(text.length > 120 ? `${text.slice(0, 120)}…` : text),
    hasPath: value.keyword(text === '' ? 'no' : 'yes'),
  }
}

/** `accounts[3].chains`; empty for the whole file. */
function pathText(path: Path): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('')
}
