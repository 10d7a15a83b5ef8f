/** Changes of the suppressions in the text of a config file. Comments, and whatever else stands there, are kept. Pure. */
import { type Document, isMap, isSeq, parseDocument, YAMLSeq } from 'yaml'

/** As they stand in the file. */
export type WrittenSuppression = {
  readonly rule: string
  readonly account?: string
  readonly chain?: string
  readonly token?: string
  readonly spender?: string
  readonly reason: string
  readonly expires: string
  readonly while?: { readonly maxAllowance: string }
}

/** @param text of a file that `readConfig` took */
export function addSuppression(text: string, added: WrittenSuppression): string {
  if (isJson(text)) return editJson(text, (all) => [...all, added])
  const document = parse(text)
  const present = document.get('suppressions')
  const list = isSeq(present) ? present : new YAMLSeq(document.schema)
  list.add(document.createNode(added))
  // An empty list is written on one line, and so would be what is added to it.
  if (list.items.length === 1) list.flow = false
  document.set('suppressions', list)
  return write(document)
}

/** @param places of those to take out, in the order of the file, from 0 */
export function removeSuppressions(text: string, places: readonly number[]): string {
  const gone = new Set(places)
  if (isJson(text)) return editJson(text, (all) => all.filter((_, place) => !gone.has(place)))
  const document = parse(text)
  const list = document.get('suppressions')
  if (!isSeq(list)) return text
  list.items = list.items.filter((_, place) => !gone.has(place))
  if (list.items.length === 0) document.delete('suppressions')
  return write(document)
}

function isJson(text: string): boolean {
  return /^\uFEFF?\s*\{/.test(text)
}

function editJson(text: string, edit: (all: readonly unknown[]) => readonly unknown[]): string {
  const config = JSON.parse(text.replace(/^\uFEFF/, '')) as { readonly suppressions?: readonly unknown[] } // read before
  const suppressions = edit(config.suppressions ?? [])
  return `${JSON.stringify(suppressions.length === 0 ? without(config) : { ...config, suppressions }, null, 2)}\n`
}

function without({ suppressions: _, ...config }: { readonly suppressions?: unknown }): object {
  return config
}

function parse(text: string): Document {
  const document = parseDocument(text, { schema: 'core', version: '1.2', merge: false, logLevel: 'silent' })
  if (!isMap(document.contents)) throw new Error('a config file is a map')
  return document
}

function write(document: Document): string {
  return document.toString({ lineWidth: 0 })
}
