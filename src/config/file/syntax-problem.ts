/** What the YAML parser stumbled over, as the mistake that a person most likely made, and where. */
import type { ConfigProblem } from './problem.ts'

export type ParserError = { readonly code: string; readonly message: string; readonly pos: readonly [number, number] }
type Mistake = { readonly problem: ConfigProblem; readonly offset: number; readonly name?: string }

/** @param errors of the parser, at least one, the first in the file first */
export function syntaxProblem(text: string, errors: readonly ParserError[]): Mistake {
  const [first] = errors
  if (first === undefined) return { problem: 'syntax', offset: 0 }
  const { code, message, pos } = first
  const [offset] = pos
  if (code === 'TAB_AS_INDENT') return { problem: 'tabs', offset }
  if (code === 'MULTIPLE_DOCS') return { problem: 'several-documents', offset }
  if (code === 'RESOURCE_EXHAUSTION') return { problem: 'too-deep', offset }
  if (code === 'BAD_ALIAS' || code === 'MULTIPLE_ANCHORS') return { problem: 'alias', offset }
  if (code === 'BAD_DQ_ESCAPE') return { problem: 'escape', offset }
  if (code === 'BAD_SCALAR_START') return { problem: 'special-start', offset, name: text.charAt(offset) }
  if (code === 'BLOCK_IN_FLOW') return { problem: 'comma', offset }
  if (code === 'UNEXPECTED_TOKEN') return unexpected(message, offset)
  if (/closing .quote/.test(message)) return { problem: 'quote-open', offset: openings(text, offset).quote ?? offset }
  if (/Missing , /.test(message)) return { problem: 'comma', offset }
  if (/end with a [\]}]|Flow \w+ must end/.test(message)) return openBracket(text, offset)
  return indentation(text, errors) ?? { problem: 'syntax', offset }
}

function unexpected(message: string, offset: number): Mistake {
  const [, bracket] = /flow-(?:seq|map)-end token.*"(.)"/.exec(message) ?? []
  if (bracket !== undefined) return { problem: 'bracket-extra', offset, name: bracket }
  return { problem: /scalar at node end/.test(message) ? 'text-after' : 'syntax', offset }
}

function openBracket(text: string, offset: number): Mistake {
  const { bracket = offset } = openings(text, offset)
  return { problem: 'bracket-open', offset: bracket, name: text.charAt(bracket) }
}

/** A line that stands where it cannot belong to anything, a key without its colon, or a colon within a text. */
function indentation(text: string, errors: readonly ParserError[]): Mistake | null {
  const [first] = errors
  if (first === undefined) return null
  const { code, message, pos } = first
  const spans = errors.some((error) => error.code === 'MULTILINE_IMPLICIT_KEY')
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && !spans) return { problem: 'colon-inside', offset: pos[0] }
  if (code === 'MULTILINE_IMPLICIT_KEY') return { problem: 'colon', offset: pos[0] }
  const isIndent = code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'BAD_INDENT' || /without - indicator/.test(message)
  return isIndent ? { problem: 'indent', offset: misplacedLine(text, pos[0]) } : null
}

/** The line itself where the mistake is told at its beginning; else the next one, which was taken for more of this value. */
function misplacedLine(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const line = /^ *(?=[^\s#])/gm
  line.lastIndex = text.slice(start, offset).trim() === '' ? start : offset + 1
  const match = line.exec(text)
  return match === null ? offset : match.index + match[0].length
}

/** What is still open before an offset: the innermost bracket, and the quote. Comments and words with an apostrophe count for nothing. */
function openings(text: string, end: number): { readonly bracket?: number; readonly quote?: number } {
  const brackets: number[] = []
  let quote: number | null = null
  for (let index = 0; index < end; index++) {
    const character = text.charAt(index)
    const before = text.charAt(index - 1)
    if (quote !== null) {
      if (character === '\\' && text.charAt(quote) === '"') index++
      else if (character === text.charAt(quote)) quote = null
    } else if (/["']/.test(character) && /^[\s[{,:]?$/.test(before)) quote = index
    else if (character === '#' && /^\s?$/.test(before))
      index = text.indexOf('\n', index) < 0 ? end : text.indexOf('\n', index)
    else if (/[[{]/.test(character)) brackets.push(index)
    else if (/[\]}]/.test(character)) brackets.pop()
  }
  const bracket = brackets.at(-1)
  return { ...(bracket !== undefined && { bracket }), ...(quote !== null && { quote }) }
}
