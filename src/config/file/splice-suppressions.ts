/** Changes of the suppressions as changes of the text alone: every other character of the file stays as its author wrote it. Pure. */
import {
  type CST,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { cutPieces, lineEnd, lineStart, type Piece } from './cut-pieces.ts'
import { flowWriter, lineBreakOf } from './flow-writer.ts'
import { yamlOptions } from './yaml-options.ts'

type Found = {
  readonly outer: YAMLMap<Node, Node | null>
  /** Where the whole file stands in braces, as JSON does. */
  readonly braces: CST.FlowCollection | null
  /** null: there is no such key. */
  readonly entry: Entry | null
}

type Entry = {
  /** Among the keys of the file. */
  readonly place: number
  /** Its key and the colon behind it. */
  readonly key: Piece
  readonly list: YAMLSeq<Node>
  /** The list as it is written. */
  readonly written: CST.FlowCollection | CST.BlockSequence
}

/** null: this text cannot be changed in a few places; then it is to be written anew. */
export function spliceIn(text: string, added: object): string | null {
  const found = find(text)
  if (found === null) return null
  const { outer, braces, entry } = found
  if (entry !== null) return spliceIntoList(text, entry, { added, isInBraces: braces !== null })
  const last = outer.items.at(-1)
  if (braces !== null && last !== undefined) {
    const write = (indent: string | null) => flowWriter(text).pair('suppressions', [added], indent)
    return insertBehind(text, last, { isFollowed: hasCommaBehindLast(braces, outer.items), write })
  }
  if (braces !== null) return null
  const newline = lineBreakOf(text)
  const begun = text === '' || text.endsWith('\n') ? text : `${text}${newline}`
  return `${begun}suppressions:${newline}${lines(added, '  ', newline)}`
}

type Added = { readonly added: object; readonly isInBraces: boolean }

function spliceIntoList(text: string, entry: Entry, { added, isInBraces }: Added): string {
  const { key, list, written } = entry
  const newline = lineBreakOf(text)
  const { value } = flowWriter(text)
  if (written.type === 'block-seq') {
    const at = lineEnd(text, endOf(list))
    const begun = at > 0 && text[at - 1] === '\n' ? '' : newline
    return insert(text, at, `${begun}${lines(added, indentBefore(text, written.offset) ?? '', newline)}`)
  }
  const last = list.items.at(-1)
  if (last !== undefined) {
    const write = (indent: string | null) => value(added, indent)
    return insertBehind(text, last, { isFollowed: hasCommaBehindLast(written, list.items), write })
  }
  const [from, to] = list.range ?? [0, 0]
  if (!/^\[\s*\]$/.test(text.slice(from, to))) return insert(text, from + 1, value(added, null))
  if (isInBraces) return text.slice(0, from) + value([added], indentBefore(text, key.from)) + text.slice(to)
  // Behind `[]` on the line of its key there is room for a list with a line for each field.
  if (!/^[ \t]*\[[ \t]*\]$/.test(text.slice(key.to, to))) return insert(text, from + 1, value(added, null))
  const emptied = text.slice(0, key.to) + text.slice(to)
  const at = lineEnd(emptied, key.to)
  const begun = emptied[at - 1] === '\n' ? '' : newline
  return insert(emptied, at, `${begun}${lines(added, '  ', newline)}`)
}

type Next = {
  /** Whether a comma stands behind the last. */
  readonly isFollowed: boolean
  readonly write: (indent: string | null) => string
}

/** On a line of its own where the last has one. */
function insertBehind(text: string, last: unknown, { isFollowed, write }: Next): string {
  const end = endOf(last)
  const indent = indentBefore(text, startOf(last))
  const [, comma] = /^[ \t]*(,?)[ \t]*(?:#.*)?\r?\n/.exec(text.slice(end)) ?? []
  if (indent === null || comma === undefined || (isFollowed && comma === ''))
    return insert(text, end, `${flowWriter(text).comma}${write(null)}`)
  const begun = insert(text, lineEnd(text, end), `${indent}${write(indent)}${comma}${lineBreakOf(text)}`)
  return isFollowed ? begun : insert(begun, end, ',')
}

/** As `spliceIn`. @param gone places in the list, from 0 */
export function spliceOut(text: string, gone: ReadonlySet<number>): string | null {
  const { outer, braces, entry } = find(text) ?? { entry: null }
  if (entry === null) return null
  const { key, list, written, place } = entry
  const isEmptied = list.items.every((_, place) => gone.has(place))
  const entries = list.items.flatMap((item, place): readonly Piece[] =>
    gone.has(place) ? [{ from: beginOf(item, written.items[place]), to: endOf(item), ownsComment: true }] : [],
  )
  const commas = written.type === 'flow-collection' ? goneCommas(commasIn(written), gone, list.items.length) : []
  const around = braces ? goneCommas(commasIn(braces), new Set([place]), outer.items.length) : []
  return cutPieces(text, [
    ...entries,
    ...commas.map(character),
    ...(isEmptied ? [key, ...[...bracketsOf(written), ...around].map(character)] : []),
  ])
}

function character({ offset, source }: CST.SourceToken): Piece {
  return { from: offset, to: offset + source.length, ownsComment: false }
}

/** In a block, at its dash. */
function beginOf(item: Node, written: CST.CollectionItem | undefined): number {
  const dash = written?.start.find(({ type }) => type === 'seq-item-ind')
  return dash?.offset ?? item.range?.[0] ?? 0 // what was parsed has a range
}

function bracketsOf(written: Entry['written']): readonly CST.SourceToken[] {
  if (written.type !== 'flow-collection') return []
  return [written.start, ...written.end.filter(({ type }) => type === 'flow-seq-end')]
}

/** Each stands before the next entry, the one behind the last before nothing. */
function commasIn({ items }: CST.FlowCollection | CST.BlockSequence): readonly CST.SourceToken[] {
  return items.flatMap(({ start }) => start.filter(({ type }) => type === 'comma'))
}

function hasCommaBehindLast(written: CST.FlowCollection, items: readonly unknown[]): boolean {
  return commasIn(written).length === items.length
}

/** Those behind what is gone; where the last is, and none stands behind it, the one behind the last that stays. */
function goneCommas(
  commas: readonly CST.SourceToken[],
  gone: ReadonlySet<number>,
  count: number,
): readonly CST.SourceToken[] {
  const lastLeft = Array.from({ length: count }, (_, place) => place).findLast((place) => !gone.has(place))
  return commas.filter((_, place) => gone.has(place) || (place === lastLeft && commas.length < count))
}

/** null: not to be changed in a few places. */
function find(text: string): Found | null {
  const document = parseDocument<YAMLMap<Node, Node | null>>(text, { ...yamlOptions, keepSourceTokens: true })
  const { contents: outer, errors } = document
  if (errors.length > 0 || !isMap(outer)) return null
  const braces = outer.srcToken?.type === 'flow-collection' ? outer.srcToken : null
  const place = outer.items.findIndex(({ key }) => isScalar(key) && key.value === 'suppressions')
  const { key, value, srcToken } = outer.items[place] ?? {}
  if (key === undefined) return { outer, braces, entry: null }
  const colon = srcToken?.sep?.find(({ type }) => type === 'map-value-ind')
  if (!isSeq<Node>(value) || colon === undefined) return null
  const written = value.srcToken
  if (written?.type !== 'flow-collection' && written?.type !== 'block-seq') return null
  const piece = { from: startOf(key), to: colon.offset + 1, ownsComment: false }
  return { outer, braces, entry: { place, key: piece, list: value, written } }
}

function startOf(node: unknown): number {
  return ((isPair(node) ? node.key : node) as Node | null)?.range?.[0] ?? 0 // what was parsed has a range
}

/** Of a block, the parser counts what follows it. */
function endOf(node: unknown): number {
  if (isPair(node)) return endOf(node.value ?? node.key)
  if (isCollection(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1))
  return (node as Node | null)?.range?.[1] ?? 0 // what a collection of a parsed document holds
}

/** null: something else stands before it on its line. */
function indentBefore(text: string, at: number): string | null {
  const before = text.slice(lineStart(text, at), at)
  return before.trim() === '' ? before : null
}

function lines(added: object, indent: string, newline: string): string {
  const all = stringify([added], { lineWidth: 0 }).trimEnd().split('\n')
  return all.map((line) => `${indent}${line}${newline}`).join('')
}

function insert(text: string, at: number, more: string): string {
  return text.slice(0, at) + more + text.slice(at)
}
