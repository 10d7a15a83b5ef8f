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
  type YAMLSeq,
} from 'yaml'
import { cutPieces, lineEnd, lineStart, type Piece } from './cut-pieces.ts'
import { yamlOptions } from './yaml-options.ts'

type Found = {
  /** Its key and the colon behind it. */
  readonly key: Piece
  readonly list: YAMLSeq<Node>
  /** The list as it is written. */
  readonly written: CST.FlowCollection | CST.BlockSequence
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
  const { list, written } = found
  if (written.type === 'flow-collection') return spliceIntoBrackets(text, found, { added, newline })
  const at = lineEnd(text, endOf(list))
  const begun = at > 0 && text[at - 1] === '\n' ? '' : newline
  const indent = text.slice(lineStart(text, written.offset), written.offset)
  return insert(text, at, `${begun}${entry(added, indent, newline)}`)
}

type Added = { readonly added: object; readonly newline: string }

function spliceIntoBrackets(text: string, { key, list, written }: Found, { added, newline }: Added): string {
  const [from, to] = list.range ?? [0, 0]
  const inline = stringify(added, { collectionStyle: 'flow', lineWidth: 0 }).trim()
  const last = list.items.at(-1)
  if (last === undefined) {
    // Behind `[]` on the line of its key there is room for a list with a line for each field.
    if (!/^[ \t]*\[[ \t]*\]$/.test(text.slice(key.to, to))) return insert(text, from + 1, inline)
    const emptied = text.slice(0, key.to) + text.slice(to)
    const at = lineEnd(emptied, key.to)
    const begun = emptied[at - 1] === '\n' ? '' : newline
    return insert(emptied, at, `${begun}${entry(added, '  ', newline)}`)
  }
  const indent = text.slice(lineStart(text, last.range?.[0] ?? 0), last.range?.[0])
  const [, comma] = /^[ \t]*(,?)[ \t]*(?:#.*)?\r?\n/.exec(text.slice(endOf(last))) ?? []
  const hasComma = commasIn(written).length === list.items.length
  if (indent.trim() !== '' || comma === undefined || (hasComma && comma === ''))
    return insert(text, endOf(last), `, ${inline}`)
  const begun = insert(text, lineEnd(text, endOf(last)), `${indent}${inline}${comma}${newline}`)
  return hasComma ? begun : insert(begun, endOf(last), ',')
}

/** As `spliceIn`. @param gone places in the list, from 0 */
export function spliceOut(text: string, gone: ReadonlySet<number>): string | null {
  const found = find(text)
  if (found === null || found === 'unreadable') return null
  const { key, list, written } = found
  const isEmptied = list.items.every((_, place) => gone.has(place))
  const entries = list.items.flatMap((item, place): readonly Piece[] =>
    gone.has(place) ? [{ from: beginOf(item, written.items[place]), to: endOf(item), ownsComment: true }] : [],
  )
  const commas = written.type === 'flow-collection' ? goneCommas(commasIn(written), gone, list.items.length) : []
  return cutPieces(text, [
    ...entries,
    ...commas.map(character),
    ...(isEmptied ? [key, ...bracketsOf(written).map(character)] : []),
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

function bracketsOf(written: Found['written']): readonly CST.SourceToken[] {
  if (written.type !== 'flow-collection') return []
  return [written.start, ...written.end.filter(({ type }) => type === 'flow-seq-end')]
}

/** Each stands before the next entry, the one behind the last before nothing. */
function commasIn({ items }: CST.FlowCollection | CST.BlockSequence): readonly CST.SourceToken[] {
  return items.flatMap(({ start }) => start.filter(({ type }) => type === 'comma'))
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

function find(text: string): Found | null | 'unreadable' {
  const document = parseDocument(text, { ...yamlOptions, keepSourceTokens: true })
  const { contents } = document
  if (document.errors.length > 0 || !isMap(contents) || contents.flow === true) return 'unreadable'
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'suppressions')
  if (pair === undefined) return null
  const { key, value, srcToken } = pair
  const colon = srcToken?.sep?.find(({ type }) => type === 'map-value-ind')
  if (!isScalar(key) || !isSeq<Node>(value) || colon === undefined) return 'unreadable'
  const written = value.srcToken
  if (written?.type !== 'flow-collection' && written?.type !== 'block-seq') return 'unreadable'
  return { key: { from: key.range?.[0] ?? 0, to: colon.offset + 1, ownsComment: false }, list: value, written }
}

/** Of a block, the parser counts what follows it. */
function endOf(node: unknown): number {
  if (isPair(node)) return endOf(node.value ?? node.key)
  if (isCollection(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1))
  return (node as Node | null)?.range?.[1] ?? 0 // what a collection of a parsed document holds
}

function entry(added: object, indent: string, newline: string): string {
  const lines = stringify([added], { lineWidth: 0 }).trimEnd().split('\n')
  return lines.map((line) => `${indent}${line}${newline}`).join('')
}

function insert(text: string, at: number, more: string): string {
  return text.slice(0, at) + more + text.slice(at)
}
