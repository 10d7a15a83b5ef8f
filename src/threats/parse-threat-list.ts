/** Threat lists that the user gives: plain lines, or a JSON array of the same. */
import type { ThreatList } from '../core/collector.ts'
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import { flawData, flawWords, type ListFlaw } from '../domain/address-list.ts'
import { isJson, parseJson, readArray, readLines } from './address-entries.ts'

/** A threat list that cannot be read. Its text never holds what the file says: a file given by mistake may be a secret. */
export class ThreatListError extends CheckupError {
  constructor(list: string, flaw: ListFlaw) {
    super('invalid-threat-list', {
      message: `The threat list ${list} cannot be read: ${flawWords(flaw)}.`,
      data: { list: value.text(list), ...flawData(flaw) },
      hints: ['Write one address or chainId:address a line, with # before comments, or a JSON array of the same.'],
    })
  }
}

/**
 * Reads a list: `address` or `chainId:address` a line, `#` comments, blank lines; or a JSON array of such strings.
 * @param date ISO date of the list's data, or of the file
 * @throws ThreatListError naming the line or entry
 */
export function parseThreatList(
  text: string,
  { name, date }: { readonly name: string; readonly date: string },
): ThreatList {
  const fail = (flaw: ListFlaw) => new ThreatListError(name, flaw)
  const entries = isJson(text) ? readArray(parseJson(text, fail), fail) : readLines(text, fail)
  return { name, date, entries }
}
