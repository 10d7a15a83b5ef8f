/** Changes of the suppressions as changes of the text alone: every other character of the file stays as its author wrote it. Pure. */
import { isCollection, isMap, isPair, isScalar, isSeq, type Node, parseDocument, stringify, type YAMLSeq } from 'yaml'

type Span = { readonly from: number; readonly to: number }
type Found = {
  /** From the key to the end of the value. */
  readonly pair: Span
  /** null: there is a key, and no list. */
  readonly list: YAMLSeq<Node> | null
}

/** null: this text cannot be changed in a few places; then it is to be written anew. */
export function spliceIn(text: string, added: object): string | null {
  const found = find(text)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  if (found === 'unreadable') return null
  if (found === null) {
    const begun = text === '' || text.endsWith('\n') ? text : `${text}${newline}`
    return `${begun}suppressions:${newline}${entry(added, '  ', newline)}`
  }
  const { list } = found
  const last = list?.items.at(-1)
  if (list === null || last === undefined) return null
  if (list.flow === true) {
    const written = stringify(added, { collectionStyle: 'flow', lineWidth: 0 }).trim()
    return insert(text, endOf(last), `, ${written}`)
  }
  const at = lineEnd(text, endOf(last))
  const begun = at > 0 && text[at - 1] === '\n' ? '' : newline
  return insert(text, at, `${begun}${entry(added, indentOf(text, list), newline)}`)
}

/** As `spliceIn`. @param gone places in the list, from 0 */
export function spliceOut(text: string, gone: ReadonlySet<number>): string | null {
  const found = find(text)
  if (found === null || found === 'unreadable' || found.list === null) return null
  const { list, pair } = found
  const left = list.items.filter((_, place) => !gone.has(place))
  if (left.length === 0) return cut(text, { from: pair.from, to: lineEnd(text, pair.to) })
  if (list.flow === true) {
    const [from, to] = list.range ?? [0, 0]
    const items = left.map((item) => text.slice(item.range?.[0], endOf(item)))
    return `${text.slice(0, from)}[${items.join(', ')}]${text.slice(to)}`
  }
  // An entry begins after the line of the one before it, so that comments above go with it.
  const ends = list.items.map((item) => lineEnd(text, endOf(item)))
  const begins = [lineEnd(text, pair.from + 1), ...ends]
  return list.items
    .map((_, place) => place)
    .filter((place) => gone.has(place))
    .reduceRight((rest, place) => cut(rest, { from: begins[place] ?? 0, to: ends[place] ?? 0 }), text)
}

function find(text: string): Found | null | 'unreadable' {
  const document = parseDocument(text, { schema: 'core', version: '1.2', merge: false, logLevel: 'silent' })
  const { contents } = document
  if (document.errors.length > 0 || !isMap(contents) || contents.flow === true) return 'unreadable'
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'suppressions')
  if (pair === undefined) return null
  const { key, value } = pair
  if (!isScalar(key) || !isCollection(value)) return 'unreadable'
  const list = isSeq<Node>(value) ? value : null
  return { pair: { from: key.range?.[0] ?? 0, to: endOf(value) }, list }
}

/** Of a block, the parser counts what follows it. */
function endOf(node: unknown): number {
  if (isPair(node)) return endOf(node.value ?? node.key)
  if (isCollection(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1))
  return (node as Node | null)?.range?.[1] ?? 0 // what a collection of a parsed document holds
}

/** After the line that this character is in, its comment included. */
function lineEnd(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

function indentOf(text: string, list: YAMLSeq<Node>): string {
  const start = list.range?.[0] ?? 0
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
}

function entry(added: object, indent: string, newline: string): string {
  const lines = stringify([added], { lineWidth: 0 }).trimEnd().split('\n')
  return lines.map((line) => `${indent}${line}${newline}`).join('')
}

function insert(text: string, at: number, more: string): string {
  return text.slice(0, at) + more + text.slice(at)
}

function cut(text: string, { from, to }: Span): string {
  return text.slice(0, from) + text.slice(to)
}
