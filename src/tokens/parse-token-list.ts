/** Token lists that the user gives: the JSON that list makers publish, a JSON array, or plain lines. */
import type { TokenList } from '../core/collector.ts'
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import { type ListedAddress, listLines, problemWords, readListedAddress, uniqueListed } from '../domain/address-list.ts'

/** A token list that cannot be read. Its text never holds what the file says: a file given by mistake may be a secret. */
export class TokenListError extends CheckupError {
  constructor(list: string, problem: string) {
    super('invalid-token-list', {
      message: `The token list ${list} cannot be read: ${problem}.`,
      data: { list: value.text(list), problem: value.text(problem) },
      hints: [
        'Give a list in the JSON form {"tokens": [{"chainId": 1, "address": "0x…"}]}, a JSON array of addresses, or one address a line.',
      ],
    })
  }
}

type From = { readonly name: string; readonly date: string }

/**
 * Reads a list. Tokens of chains that are not EVM chains are skipped; an address without a chain holds on every chain.
 * @param from the list's name, and its ISO date unless the list carries its own
 * @throws TokenListError naming the line or entry
 */
export function parseTokenList(text: string, from: From): TokenList {
  if (!/^\uFEFF?\s*[[{"]/.test(text)) {
    return {
      ...from,
      tokens: uniqueListed(listLines(text).map((line) => accept(line.text, from, `line ${line.line}`))),
    }
  }
  const json = parseJson(text, from)
  const isArray = Array.isArray(json)
  const entries: unknown = isArray ? json : fieldOf(json, 'tokens')
  if (!Array.isArray(entries)) throw new TokenListError(from.name, 'its JSON has no array of tokens')
  const tokens = entries.flatMap((entry: unknown, index) => readEntry(entry, from, `entry ${index + 1}`))
  if (tokens.length === 0 && entries.length > 0) {
    throw new TokenListError(from.name, 'none of its tokens has an address of an EVM chain')
  }
  return { name: from.name, date: ownDate(json) ?? from.date, tokens: uniqueListed(tokens) }
}

function readEntry(entry: unknown, from: From, where: string): readonly ListedAddress[] {
  if (typeof entry === 'string') return [accept(entry, from, where)]
  const address = fieldOf(entry, 'address')
  const chainId = fieldOf(entry, 'chainId') ?? null
  if (typeof address !== 'string') throw new TokenListError(from.name, `${where} has no address`)
  if (chainId !== null && !isChainId(chainId)) throw new TokenListError(from.name, `${where} has no usable chainId`)
  // Lists for many kinds of chains hold base58 addresses: not ours, and no mistake.
  if (!/^\s*(?:0x)?[0-9a-f]+\s*$/i.test(address) && !address.includes(' ')) return []
  const listed = accept(address, from, where)
  return [{ chainId: chainId === null ? null : Number(chainId), address: listed.address }]
}

function isChainId(chainId: unknown): chainId is number | string {
  const number = typeof chainId === 'string' && /^\d+$/.test(chainId) ? Number(chainId) : chainId
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0
}

function accept(text: string, { name }: From, where: string): ListedAddress {
  const read = readListedAddress(text)
  if (typeof read === 'string') throw new TokenListError(name, `${where} ${problemWords(read)}`)
  return read
}

function fieldOf(json: unknown, field: string): unknown {
  if (typeof json !== 'object' || json === null || !(field in json)) return undefined
  return (json as Readonly<Record<string, unknown>>)[field] // an object with that field: checked above
}

/** The day of the list's own time stamp, where it has a readable one. */
function ownDate(json: unknown): string | null {
  const timestamp = fieldOf(json, 'timestamp')
  return typeof timestamp === 'string' ? (/^\d{4}-\d\d-\d\d/.exec(timestamp)?.[0] ?? null) : null
}

function parseJson(text: string, { name }: From): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    // V8 quotes the text around the fault, so its message is not passed on.
    throw new TokenListError(name, 'it begins like JSON but is not')
  }
}
