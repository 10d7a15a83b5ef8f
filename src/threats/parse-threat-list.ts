/** Threat lists that the user gives: plain lines, or a JSON array of the same. */
import type { ThreatList } from '../core/collector.ts'
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import {
  type AddressProblem,
  flawData,
  flawWords,
  type ListedAddress,
  type ListFlaw,
  type ListPlace,
  listLines,
  readListedAddress,
  uniqueListed,
} from '../domain/address-list.ts'

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
  const isJson = /^\uFEFF?\s*[[{"]/.test(text)
  const entries = isJson ? readArray(text, name) : readLines(text, name)
  return { name, date, entries: uniqueListed(entries) }
}

function readLines(text: string, list: string): readonly ListedAddress[] {
  return listLines(text).map(({ line, text }) => accept(readListedAddress(text), list, { unit: 'line', number: line }))
}

function readArray(text: string, list: string): readonly ListedAddress[] {
  const entries = parseJson(text, list)
  if (!Array.isArray(entries)) throw new ThreatListError(list, { problem: 'no-array' })
  return entries.map((entry: unknown, index) => {
    const at = { unit: 'entry', number: index + 1 } as const
    if (typeof entry !== 'string') throw new ThreatListError(list, { problem: 'not-a-text', at })
    return accept(readListedAddress(entry), list, at)
  })
}

function accept(read: ListedAddress | AddressProblem, list: string, at: ListPlace): ListedAddress {
  if (typeof read === 'string') throw new ThreatListError(list, { problem: read, at })
  return read
}

function parseJson(text: string, list: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    // V8 quotes the text around the fault, so its message is not passed on.
    throw new ThreatListError(list, { problem: 'broken-json' })
  }
}
