/** How something new is written between braces and brackets: as JSON where the whole file is, or its reader could not read it any more. Pure. */
import { stringify } from 'yaml'

export type FlowWriter = {
  /** `indent` stands before the line that it begins on; null where other things do. */
  readonly value: (value: object, indent: string | null) => string
  readonly pair: (key: string, value: object, indent: string | null) => string
  readonly comma: string
}

/** As the file is written: in YAML on one line. */
export function flowWriter(text: string): FlowWriter {
  const unit = indentOfJson(text)
  const value: FlowWriter['value'] = (given, indent) => {
    if (unit === null) return stringify(given, { collectionStyle: 'flow', lineWidth: 0 }).trim()
    if (unit === '' || indent === null) return JSON.stringify(given)
    return JSON.stringify(given, null, unit).replaceAll('\n', `${lineBreakOf(text)}${indent}`)
  }
  const [quote, space] = [unit === null ? '' : '"', unit === '' ? '' : ' ']
  const pair: FlowWriter['pair'] = (key, given, indent) => `${quote}${key}${quote}:${space}${value(given, indent)}`
  return { value, pair, comma: `,${space}` }
}

export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

/** Of its outermost keys; none where it is one line. null: it is no JSON. What begins with a brace may be YAML too. */
function indentOfJson(text: string): string | null {
  const content = text.replace(/^\uFEFF/, '')
  try {
    JSON.parse(content)
  } catch {
    return null
  }
  return /^\s*\{[^\S\n]*\n([ \t]+)"/.exec(content)?.[1] ?? (content.trim().includes('\n') ? '  ' : '')
}
