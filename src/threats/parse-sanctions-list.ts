/** Lists of sanctioned addresses that the user gives: as threat lists, with the day of their data in them. */
import type { SanctionsList } from '../core/collector.ts'
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import { flawData, flawWords, type ListFlaw } from '../domain/address-list.ts'
import { isJson, parseJson, readArray, readLines } from './address-entries.ts'

/** A list that cannot be read. Its text never holds what the file says: a file given by mistake may be a secret. */
export class SanctionsListError extends CheckupError {
  constructor(list: string, flaw: ListFlaw) {
    super('invalid-sanctions-list', {
      message: `The list of sanctioned addresses ${list} cannot be read: ${flawWords(flaw)}.`,
      data: { list: value.text(list), ...flawData(flaw) },
      hints: [
        'Write "# date: YYYY-MM-DD", then one address or chainId:address a line; or JSON: {"date": "YYYY-MM-DD", "addresses": […]}.',
      ],
    })
  }
}

type Fail = (flaw: ListFlaw) => SanctionsListError

/**
 * Reads a list: a line `# date: YYYY-MM-DD`, then `address` or `chainId:address` a line, `#` comments, blank lines; or JSON, an
 * array of such strings, or an object with the array as `addresses` and with a `date`. A list that names no date has none: when
 * a file was written says nothing about its data.
 * @throws SanctionsListError naming the line or entry
 */
export function parseSanctionsList(text: string, { name }: { readonly name: string }): SanctionsList {
  const fail: Fail = (flaw) => new SanctionsListError(name, flaw)
  if (!isJson(text))
    return { name, date: dateOf(/^\s*#\s*date:(.*)$/im.exec(text)?.[1], fail), entries: readLines(text, fail) }
  const json = parseJson(text, fail)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { name, date: null, entries: readArray(json, fail) }
  }
  const { date, addresses } = json as { readonly date?: unknown; readonly addresses?: unknown } // an object, fields unknown
  return { name, date: dateOf(date ?? undefined, fail), entries: readArray(addresses, fail) }
}

function dateOf(given: unknown, fail: Fail): string | null {
  if (given === undefined) return null
  const date = typeof given === 'string' ? given.trim() : ''
  // A date that the calendar does not have comes back as another one.
  const isReal = /^\d{4}-\d\d-\d\d$/.test(date) && toIsoDate(date) === date
  if (!isReal) throw fail({ problem: 'wrong-date' })
  return date
}

function toIsoDate(date: string): string | null {
  const milliseconds = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString().slice(0, 10)
}
