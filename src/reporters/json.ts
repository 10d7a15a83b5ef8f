import { reportSchema } from '../core/report.ts'
import type { Reporter } from '../core/reporter.ts'
import { invisibleCharacters } from '../domain/visible-text.ts'

/**
 * The report itself, with the schema's key order and two spaces. Everything that a terminal could obey or hide is written
 * as an escape, so `cat report.json` is harmless, and parsing gives the same data.
 */
const json: Reporter = (report) => {
  // The schema decides the order of keys. A report that it does not know is printed as it is: findings are never withheld.
  const { data = report } = reportSchema.safeParse(report)
  const lines = JSON.stringify(data, null, 2).split('\n')
  return `${lines.map(harmlessJson).join('\n')}\n`
}

export default json

/** One line of JSON text, with what a terminal could obey or hide as escapes. */
export function harmlessJson(line: string): string {
  return line.replace(invisibleCharacters, escapeUnits)
}

function escapeUnits(character: string): string {
  // By UTF-16 unit, as JSON wants it: characters above U+FFFF are two.
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
