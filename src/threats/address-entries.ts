/** Lists of addresses as people write them: a line each, or a JSON array. Every flaw is named with its place. */
import {
  type AddressProblem,
  type ListedAddress,
  type ListFlaw,
  type ListPlace,
  listLines,
  readListedAddress,
  uniqueListed,
} from '../domain/address-list.ts'

/** Makes the error of the list at hand; its text must not hold what the list says. */
type Fail = (flaw: ListFlaw) => Error

export function isJson(text: string): boolean {
  return /^\uFEFF?\s*[[{"]/.test(text)
}

/** `address` or `chainId:address` a line, `#` comments, blank lines. */
export function readLines(text: string, fail: Fail): readonly ListedAddress[] {
  const entries = listLines(text).map(({ line, text }) =>
    accept(readListedAddress(text), fail, { unit: 'line', number: line }),
  )
  return uniqueListed(entries)
}

/** The same as an array of strings. */
export function readArray(entries: unknown, fail: Fail): readonly ListedAddress[] {
  if (!Array.isArray(entries)) throw fail({ problem: 'no-array' })
  const read = entries.map((entry: unknown, index) => {
    const at = { unit: 'entry', number: index + 1 } as const
    if (typeof entry !== 'string') throw fail({ problem: 'not-a-text', at })
    return accept(readListedAddress(entry), fail, at)
  })
  return uniqueListed(read)
}

export function parseJson(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    // V8 quotes the text around the fault, so its message is not passed on.
    throw fail({ problem: 'broken-json' })
  }
}

function accept(read: ListedAddress | AddressProblem, fail: Fail, at: ListPlace): ListedAddress {
  if (typeof read === 'string') throw fail({ problem: read, at })
  return read
}
