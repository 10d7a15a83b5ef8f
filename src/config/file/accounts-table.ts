/** Accounts that a table names: CSV with a line of columns, or without it an address and perhaps a label a line. */
import { CsvError, parse } from 'csv-parse/sync'
import { findSecretInFile, SecretInputError } from '../secrets.ts'
import { type DeclaredAccount, withAddress } from './accounts.ts'
import { checkShape } from './check-shape.ts'
import { refuseBinary } from './parse-document.ts'
import { ConfigFileError, type Path, type Position } from './problem.ts'
import { accountSchema } from './schema.ts'

/** In characters: some ten thousand accounts. */
const largestTable = 2 * 1024 * 1024
const columns = ['address', 'label', 'chains', 'tags', 'kind'] as const
type Column = (typeof columns)[number]
const lists: ReadonlySet<string> = new Set(['chains', 'tags'])

type Row = { readonly cells: readonly string[]; readonly at: Position }

/**
 * Lines that begin with # are comments. Several chains or tags stand in one cell with semicolons between them.
 * @param file its path as errors and reports are to name it
 * @throws ConfigFileError, ConfigValueError, SecretInputError
 */
export function readAccountsTable(text: string, file: string): readonly DeclaredAccount[] {
  const kind = findSecretInFile(text)
  if (kind !== null) throw new SecretInputError(kind, file)
  if (text.length > largestTable) throw new ConfigFileError('too-large', { at: { file, line: 1, column: 1 } })
  refuseBinary(text, file)
  const rows = rowsOf(text, file)
  const [first] = rows
  if (first === undefined) return []
  const header = first.cells.map((cell) => cell.toLowerCase())
  if (header.includes('address'))
    return rows.slice(1).map((row) => toAccount(row, columnsOf({ ...first, cells: header })))
  // An address, or a name with a dot in it.
  if (!/^0x|^\S+\.\S+$/i.test(header[0] ?? '')) throw new ConfigFileError('no-header', { at: first.at })
  return rows.map((row) => toAccount(row, row.cells.length > 1 ? ['address', 'label'] : ['address']))
}

function rowsOf(text: string, file: string): readonly Row[] {
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const
    // The package's types know no rows with their lines.
    const parsed: unknown = parse(text, { ...options, comment: '#', comment_no_infix: true })
    const rows = parsed as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[]
    return rows.map(({ record, info }) => ({ cells: record, at: { file, line: info.lines, column: 1 } }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new ConfigFileError('quotes', { at: { file, line: Number(error.lines ?? 1), column: 1 } })
  }
}

function columnsOf({ cells, at }: Row): readonly Column[] {
  return cells.map((name, index) => {
    const column = columns.find((known) => known === name)
    if (column === undefined) throw new ConfigFileError('unknown-column', { at, name, known: columns })
    if (cells.indexOf(name) !== index) throw new ConfigFileError('duplicate', { at, path: [name] })
    return column
  })
}

function toAccount({ cells, at }: Row, named: readonly Column[]): DeclaredAccount {
  if (cells.length !== named.length) throw new ConfigFileError('too-few-cells', { at })
  const filled = named.map((column, index) => [column, cells[index] ?? ''] as const).filter(([, cell]) => cell !== '')
  const data = Object.fromEntries(filled.map(([column, cell]) => [column, lists.has(column) ? wordsIn(cell) : cell]))
  const has = ([column]: Path) => column === undefined || Object.hasOwn(data, column)
  const place = () => at
  const account = checkShape(data, { schema: accountSchema, file: { data, has, placeOf: place, keyPlaceOf: place } })
  return withAddress({ account, at: place, path: (...inner) => inner })
}

function wordsIn(cell: string): readonly string[] {
  return cell
    .split(';')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
