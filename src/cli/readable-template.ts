/** A message before it is filled, for people: `{name}` where a value goes, `[one | another]` where a check chooses. */
import { IntlMessageFormat } from 'intl-messageformat'

type Part = ReturnType<IntlMessageFormat['getAst']>[number]

/** @throws SyntaxError when it is not a message at all */
export function readableTemplate(message: string): string {
  return write(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst())
}

function write(parts: readonly Part[]): string {
  return parts.map(writePart).join('')
}

function writePart(part: Part): string {
  if ('options' in part) {
    // An empty case says nothing; the same words twice say nothing more.
    const cases = [...new Set(Object.values(part.options).map(({ value }) => write(value).trim()))].filter(Boolean)
    return cases.length > 1 ? `[${cases.join(' | ')}]` : `[${cases[0] ?? ''}]`
  }
  if (!('value' in part)) return '#'
  return isLiteral(part) ? part.value : `{${part.value}}`
}

/** 0 is the parser's number for plain text. */
function isLiteral(part: Part): boolean {
  return part.type === 0
}

/** So long a choice is told once. */
const longChoice = 200

/** Texts without the long choices, `[one | another]`, that stand in an earlier place: `mark` stands for those. */
export function withoutRepeats(texts: readonly string[], mark: string): readonly string[] {
  const seen = new Set<string>()
  const shorten = (text: string): string => {
    const start = text.indexOf('[')
    const end = start === -1 ? -1 : closingBracket(text, start)
    if (end === -1) return text
    const group = text.slice(start, end + 1)
    const isRepeat = group.length > longChoice && seen.has(group)
    seen.add(group)
    const shown = isRepeat ? mark : `[${shorten(group.slice(1, -1))}]`
    return `${text.slice(0, start)}${shown}${shorten(text.slice(end + 1))}`
  }
  return texts.map(shorten)
}

/** -1 when the bracket is never closed. */
function closingBracket(text: string, start: number): number {
  let depth = 0
  for (let place = start; place < text.length; place++) {
    if (text[place] === '[') depth++
    if (text[place] === ']') depth--
    if (depth === 0) return place
  }
  return -1
}
