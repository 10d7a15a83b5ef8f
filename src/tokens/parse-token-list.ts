/** Token lists that the user gives: the JSON that list makers publish, a JSON array, or plain lines. */
import type { TokenList } from '../core/collector.ts'
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import {
  flawData,
  flawWords,
  type ListedAddress,
  type ListFlaw,
  type ListPlace,
  listLines,
  readListedAddress,
  uniqueListed,
} from '../domain/address-list.ts'

/** A token list that cannot be read. Its text never holds what the file says: a file given by mistake may be a secret. */
export class TokenListError extends CheckupError {
  constructor(list: string, flaw: ListFlaw) {
    super('invalid-token-list', {
      message: `The token list ${list} cannot be read: ${flawWords(flaw)}.`,
      data: { list: value.text(list), ...flawData(flaw) },
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
      tokens: uniqueListed(listLines(text).map((line) => accept(line.text, from, { unit: 'line', number: line.line }))),
    }
  }
  const json = parseJson(text, from)
  const isArray = Array.isArray(json)
  const entries: unknown = isArray ? json : fieldOf(json, 'tokens')
  if (!Array.isArray(entries)) throw new TokenListError(from.name, { problem: 'no-tokens' })
  const tokens = entries.flatMap((entry: unknown, index) =>
    readEntry(entry, from, { unit: 'entry', number: index + 1 }),
  )
  if (tokens.length === 0 && entries.length > 0) {
    throw new TokenListError(from.name, { problem: 'no-evm-address' })
  }
  return { name: from.name, date: ownDate(json) ?? from.date, tokens: uniqueListed(tokens) }
}

function readEntry(entry: unknown, from: From, at: ListPlace): readonly ListedAddress[] {
  if (typeof entry === 'string') return [accept(entry, from, at)]
  const address = fieldOf(entry, 'address')
  const chainId = fieldOf(entry, 'chainId') ?? null
  if (typeof address !== 'string') throw new TokenListError(from.name, { problem: 'without-address', at })
  if (chainId !== null && !isChainId(chainId)) throw new TokenListError(from.name, { problem: 'without-chain', at })
  // Lists for many kinds of chains hold base58 addresses: not ours, and no mistake.
  if (!/^\s*(?:0x)?[0-9a-f]+\s*$/i.test(address) && !address.includes(' ')) return []
  const listed = accept(address, from, at)
  return [{ chainId: chainId === null ? null : Number(chainId), address: listed.address }]
}

function isChainId(chainId: unknown): chainId is number | string {
  const number = typeof chainId === 'string' && /^\d+$/.test(chainId) ? Number(chainId) : chainId
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0
}

function accept(text: string, { name }: From, at: ListPlace): ListedAddress {
  const read = readListedAddress(text)
  if (typeof read === 'string') throw new TokenListError(name, { problem: read, at })
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
    throw new TokenListError(name, { problem: 'broken-json' })
  }
}
