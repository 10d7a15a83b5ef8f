/** Reads what a token says of itself: words and digits that its deployer chose, in the shapes that deployed contracts use. */
import type { Hex } from 'viem'
import { wordAt } from './topics.ts'

/** Characters of a name or symbol that are kept. */
const maximumCharacters = 64
/** No character takes more in UTF-8. */
const bytesPerCharacter = 4
/** The longest ABI string of which nothing is cut off. */
export const longestTextBytes = 2 * 32 + bytesPerCharacter * maximumCharacters

/**
 * A name or symbol out of a reply: an ABI string, or a bytes32 as MKR has it. Raw and hostile; at most 64 characters;
 * bytes that are not UTF-8 become U+FFFD. null when there is nothing, or nothing readable.
 */
export function readTokenText(data: Hex): string | null {
  const bytes = stringBytes(data) ?? bytes32Bytes(data)
  if (bytes === null) return null
  const text = new TextDecoder().decode(bytes)
  return text === '' ? null : [...text].slice(0, maximumCharacters).join('')
}

/** decimals() out of a reply; null when it is not a uint8. */
export function readDecimals(data: Hex): number | null {
  const word = wordAt(data, 0)
  if (word === null) return null
  const decimals = BigInt(word)
  return decimals <= 255n ? Number(decimals) : null
}

/** The bytes of the one string in ABI-encoded data, cut to what 64 characters can need; null when its lengths do not fit. */
function stringBytes(data: Hex): Uint8Array | null {
  const available = (data.length - 2) / 2
  const offset = smallNumber(wordAt(data, 0), available)
  if (offset === null || offset < 32) return null
  const lengthDigits = data.slice(2 + 2 * offset, 2 + 2 * (offset + 32))
  const length = lengthDigits.length === 64 ? smallNumber(`0x${lengthDigits}`, available - offset - 32) : null
  if (length === null) return null
  return toBytes(
    data.slice(2 + 2 * (offset + 32), 2 + 2 * (offset + 32 + Math.min(length, bytesPerCharacter * maximumCharacters))),
  )
}

/** A bytes32 is text up to its first zero byte. */
function bytes32Bytes(data: Hex): Uint8Array | null {
  if (data.length !== 66) return null
  const bytes = toBytes(data.slice(2))
  const end = bytes.indexOf(0)
  return end === -1 ? bytes : bytes.subarray(0, end)
}

function smallNumber(word: Hex | null, maximum: number): number | null {
  if (word === null) return null
  const number = BigInt(word)
  return number <= BigInt(Math.max(maximum, -1)) ? Number(number) : null
}

function toBytes(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
