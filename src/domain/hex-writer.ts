/** Writes hex digits as bytes into one growing array, and notices what is not hex. The hot path of reading logs. */

/** Bytes being written. Plain fields, because millions of logs pass through them. */
export type HexWriter = {
  bytes: Uint8Array
  /** Where the next byte goes. */
  at: number
  /** What the digits written so far had: see `capital` and `noDigit`. */
  marks: number
}

/** A capital letter was among the digits. */
export const capital = 1
/** Something was among them that is no hex digit. */
export const noDigit = 2

/** By the codes of two characters: the byte that they spell in the low 8 bits, and their marks above. Faster than one by one. */
const pairs = pairTable()
const zeroBefore = '0'.charCodeAt(0) << 8
const lastAscii = 127

/** The number that the digits after 0x spell; null when they spell none, or one that a JavaScript number cannot hold. */
export function numberInHex(text: unknown): number | null {
  if (typeof text !== 'string' || !isPrefixed(text) || text.length === 2) return null
  let number = 0
  for (let index = 2; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const digit = pairs[zeroBefore | code] ?? 0
    if (code > lastAscii || digit >= noDigit << 8) return null
    number = number * 16 + (digit & 15)
  }
  return number <= Number.MAX_SAFE_INTEGER ? number : null
}

export function isPrefixed(text: string): boolean {
  return text.charCodeAt(0) === 48 && text.charCodeAt(1) === 120
}

export function createHexWriter(capacity: number): HexWriter {
  return { bytes: new Uint8Array(capacity), at: 0, marks: 0 }
}

/** Makes room for so many more bytes. The functions below rely on it. */
export function reserve(writer: HexWriter, length: number): void {
  const { bytes, at } = writer
  if (at + length <= bytes.length) return
  writer.bytes = new Uint8Array(Math.max(bytes.length * 2, at + length))
  writer.bytes.set(bytes)
}

/** Writes the bytes of `text` from a character on. Half a byte counts as no digit. */
export function writeDigits(writer: HexWriter, text: string, from: number): void {
  const { bytes } = writer
  const end = text.length - 1
  let at = writer.at
  let seen = 0
  let codes = 0
  let index = from
  for (; index < end; index += 2) {
    const high = text.charCodeAt(index)
    const low = text.charCodeAt(index + 1)
    const pair = pairs[(high << 8) | low] ?? 0
    codes |= high | low
    seen |= pair
    bytes[at++] = pair
  }
  writer.at = at
  writer.marks |= index === end || codes > lastAscii ? noDigit : seen >>> 8
}

/** Writes an unsigned number of 32 bits over the bytes from `at` on, the highest byte first. */
export function putUint32({ bytes }: HexWriter, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}

/** The same with 16 bits. */
export function putUint16({ bytes }: HexWriter, at: number, value: number): void {
  bytes[at] = value >>> 8
  bytes[at + 1] = value
}

function pairTable(): Uint16Array {
  const table = new Uint16Array(65_536).fill(noDigit << 8)
  const digits = [...'0123456789abcdefABCDEF'].map((digit) => ({
    code: digit.charCodeAt(0),
    value: Number.parseInt(digit, 16),
    marks: digit < 'a' && digit > '9' ? capital : 0,
  }))
  for (const high of digits) {
    for (const low of digits) {
      table[(high.code << 8) | low.code] = ((high.marks | low.marks) << 8) | (high.value << 4) | low.value
    }
  }
  return table
}
