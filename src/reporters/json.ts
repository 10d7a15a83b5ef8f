import { reportSchema } from '../core/report.ts'
import type { Reporter } from '../core/reporter.ts'
import { replaceInvisible } from '../domain/visible-text.ts'

/**
 * The report itself, with the schema's key order and two spaces. Everything that a terminal could obey or hide is written
 * as an escape, so `cat report.json` is harmless, and parsing gives the same data.
 */
const json: Reporter = (report) => {
  // The schema decides the order of keys. A report that it does not know is printed as it is: findings are never withheld.
  const { data = report } = reportSchema.safeParse(report)
  return `${harmlessJson(JSON.stringify(data, null, 2))}\n`
}

export default json

/** Most of a report is plain ASCII, and looking at each of its characters takes long. */
const notPlain = /[^\n -~]+/g

/** JSON text, with what a terminal could obey or hide as escapes. Line breaks are those between its parts. */
export function harmlessJson(text: string): string {
  // GitHub's runner takes `##[…]` for a command, wherever it stands.
  return text.replace(notPlain, (run) => replaceInvisible(run, escapeUnits)).replaceAll('##[', '##\\u005b')
}

function escapeUnits(character: string): string {
  // By UTF-16 unit, as JSON wants it: characters above U+FFFF are two.
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
