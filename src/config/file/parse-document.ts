/** YAML, and JSON with it, as plain data that knows where each part of it stands. Data only: no tags, no aliases, no second meaning of a word. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'
import { ConfigFileError, type ConfigProblem, type Path, type Position } from './problem.ts'
import { syntaxProblem } from './syntax-problem.ts'
import { yamlOptions } from './yaml-options.ts'

export type ParsedFile = {
  readonly data: unknown
  readonly has: (path: Path) => boolean
  /** Where a value stands; of what is not there, the nearest thing around it. */
  readonly placeOf: (path: Path) => Position
  /** Where the key of a value stands. */
  readonly keyPlaceOf: (path: Path) => Position
}

/** In characters. Larger ones keep the parser busy for seconds; a table of accounts is a CSV file. */
const largestFile = 512 * 1024
/** Far more than a config needs, and far less than what ends the parser's stack. */
const deepestNesting = 32
const widestIndent = 200

/** @throws ConfigFileError */
export function parseFile(text: string, file: string): ParsedFile {
  const content = text.replace(/^\uFEFF/, '')
  const lines = new LineCounter()
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  refuseUnreadable(content, file)
  const document = parseDocument(content, {
    ...yamlOptions,
    lineCounter: lines,
    stringKeys: true,
    // Compares each key with all others; we look for them in a set.
    uniqueKeys: false,
    prettyErrors: false,
  })
  const fail = (problem: ConfigProblem, offset: number, path: Path = []): never => {
    throw new ConfigFileError(problem, { at: positionOf(offset), path })
  }
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== '1.2') fail('yaml-version', 0)
  if (document.errors.length > 0) {
    const { problem, offset, name = '' } = syntaxProblem(content, document.errors)
    throw new ConfigFileError(problem, { at: positionOf(offset), name })
  }
  const offsets = new Map<string, Offsets>()
  const data = toData(document.contents, [], { offsets, fail })
  // YAML takes what stands between two documents for the end of the first.
  const second = /^---(?:\s|$)/m.exec(content.slice(document.range[1]))
  if (second !== null) fail('several-documents', document.range[1] + second.index)
  if (data === null) fail('empty', 0)
  const find = (path: Path, part: keyof Offsets): Position => {
    const found = offsets.get(keyOf(path))
    if (found !== undefined) return positionOf(found[part])
    return path.length === 0 ? positionOf(0) : find(path.slice(0, -1), part)
  }
  const has = (path: Path) => offsets.has(keyOf(path))
  return { data, has, placeOf: (path) => find(path, 'value'), keyPlaceOf: (path) => find(path, 'key') }
}

type Offsets = { readonly key: number; readonly value: number }
type Walk = {
  readonly offsets: Map<string, Offsets>
  readonly fail: (problem: ConfigProblem, offset: number, path?: Path) => never
}

function keyOf(path: Path): string {
  return JSON.stringify(path.map(String))
}

/** Before the parser sees it: what would take it seconds, or end the process. */
function refuseUnreadable(text: string, file: string): void {
  if (text.length > largestFile) throw new ConfigFileError('too-large', { at: { file, line: 1, column: 1 } })
  refuseBinary(text, file)
  // One directive says the version; the parser takes ever longer for each that follows.
  const [, directive] = text.matchAll(/^%/gm)
  if (directive !== undefined) throw new ConfigFileError('syntax', { at: positionIn(text, directive.index, file) })
  const deep = firstTooDeep(text)
  if (deep !== null) throw new ConfigFileError('too-deep', { at: positionIn(text, deep, file) })
}

/** @throws ConfigFileError at the first thing that no text in UTF-8 has */
export function refuseBinary(text: string, file: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those that no text has
  const binary = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/.exec(text)
  if (binary !== null) throw new ConfigFileError('not-text', { at: positionIn(text, binary.index, file) })
}

function positionIn(text: string, offset: number, file: string): Position {
  const before = text.slice(0, offset).split('\n')
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** Brackets in strings and comments count too: no config has so many that never close. */
function firstTooDeep(text: string): number | null {
  const indents = new RegExp(`^(?: {${widestIndent}}|(?:[ \\t]*[-?][ \\t]+){${deepestNesting}})`, 'm').exec(text)
  if (indents !== null) return indents.index
  let depth = 0
  for (const { 0: bracket, index } of text.matchAll(/[[{\]}]/g)) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1))
    if (depth > deepestNesting) return index
  }
  return null
}

function toData(node: Node | null, path: Path, walk: Walk): unknown {
  if (node === null) return null
  const offset = node.range?.[0] ?? 0
  if (!walk.offsets.has(keyOf(path))) walk.offsets.set(keyOf(path), { key: offset, value: offset })
  if (isAlias(node) || node.anchor !== undefined) return walk.fail('alias', offset, path)
  if (node.tag !== undefined) return walk.fail('tag', offset, path)
  if (isMap(node)) return mapToData(node, path, walk)
  if (isSeq(node)) return node.items.map((item, index) => toData(item as Node | null, [...path, index], walk)) // parsed, so nodes
  return isScalar(node) ? scalarToData(node.value, node.source ?? '') : walk.fail('syntax', offset, path)
}

function mapToData(map: YAMLMap, path: Path, walk: Walk): Readonly<Record<string, unknown>> {
  const seen = new Set<string>()
  const entries = map.items.map((pair) => {
    const key = pair.key as Node // parsed, so a node
    const offset = key.range?.[0] ?? 0
    if (!isScalar(key)) return walk.fail(isAlias(key) ? 'alias' : 'syntax', offset, path)
    if (key.anchor !== undefined) return walk.fail('alias', offset, path)
    if (key.tag !== undefined) return walk.fail('tag', offset, path)
    const name = String(key.value)
    if (seen.has(name)) walk.fail('duplicate', offset, [...path, name])
    // No key of ours, and none that may become a property of something else.
    if (name === '__proto__') walk.fail('syntax', offset, path)
    seen.add(name)
    const inner = pair.value as Node | null // parsed, so a node
    walk.offsets.set(keyOf([...path, name]), { key: offset, value: inner?.range?.[0] ?? offset })
    return [name, toData(inner, [...path, name], walk)] as const
  })
  return Object.fromEntries(entries)
}

/** YAML reads an address without quotes as a number, and rounds amounts that are longer than a number holds: their digits are meant. */
function scalarToData(read: unknown, source: string): unknown {
  if (typeof read !== 'number') return read
  return /^0x/i.test(source) || !Number.isFinite(read) || (Number.isInteger(read) && !Number.isSafeInteger(read))
    ? source
    : read
}
