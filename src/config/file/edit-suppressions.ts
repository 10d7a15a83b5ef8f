/** Changes of the suppressions in the text of a config file. Comments, and whatever else stands there, are kept. Pure. */
import { type Document, isMap, isSeq, parseDocument, YAMLSeq } from 'yaml'
import { spliceIn, spliceOut } from './splice-suppressions.ts'
import { yamlOptions } from './yaml-options.ts'

/** As they stand in the file. */
export type WrittenSuppression = {
  readonly rule: string
  readonly account?: string
  readonly chain?: string
  readonly token?: string
  readonly spender?: string
  readonly subject?: Readonly<Record<string, string>>
  readonly reason: string
  readonly expires: string
  readonly while?: { readonly maxAllowance: string }
}

/** @param text of a file that `readConfig` took */
export function addSuppression(text: string, added: WrittenSuppression): string {
  const document = parse(text)
  const present = document.get('suppressions')
  const list = isSeq(present) ? present : new YAMLSeq(document.schema)
  list.add(document.createNode(added))
  // An empty list is written on one line, and so would be what is added to it.
  if (list.items.length === 1) list.flow = false
  document.set('suppressions', list)
  return neat(spliceIn(text, added), write(document))
}

/** @param places of those to take out, in the order of the file, from 0 */
export function removeSuppressions(text: string, places: readonly number[]): string {
  const gone = new Set(places)
  const document = parse(text)
  const list = document.get('suppressions')
  if (!isSeq(list)) return text
  list.items = list.items.filter((_, place) => !gone.has(place))
  if (list.items.length === 0) document.delete('suppressions')
  return neat(spliceOut(text, gone), write(document))
}

/** The text that was changed in a few places, where it says the same as the one that was written anew. */
function neat(spliced: string | null, written: string): string {
  if (spliced === null) return written
  const [mine, anew] = [spliced, written].map((text) => parseDocument(text, yamlOptions))
  const isSame = mine?.errors.length === 0 && JSON.stringify(mine.toJS()) === JSON.stringify(anew?.toJS())
  return isSame ? spliced : written
}

function parse(text: string): Document {
  const document = parseDocument(text, yamlOptions)
  if (!isMap(document.contents)) throw new Error('a config file is a map')
  return document
}

function write(document: Document): string {
  return document.toString({ lineWidth: 0 })
}
