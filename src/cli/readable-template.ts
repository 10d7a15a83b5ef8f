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
