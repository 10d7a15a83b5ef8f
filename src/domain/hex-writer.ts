/** Writes hex digits as bytes into one growing array, and notices what is not hex. The hot path of reading logs. */

export interface HexWriter {
  /** Where the next byte goes. */
  readonly position: () => number
  /** The bytes of `text` from a character on, to its end. An odd number of digits counts as malformed. */
  readonly digits: (text: string, from: number) => void
  /** An unsigned number in so many bytes, the highest first. */
  readonly number: (value: number, length: number) => void
  /** Writes a number over so many bytes from a position on. */
  readonly patch: (position: number, { value, length }: { value: number; length: number }) => void
  /** Whether every digit since the last call was one, and whether a capital was among them. */
  readonly takeSeen: () => { readonly isHex: boolean; readonly hasCapitals: boolean }
  /** A copy of what was written. */
  readonly copy: () => Uint8Array
}

const capital = 16
const noDigit = 64

/** The value of each character as a hex digit, with a mark on capitals and on what is no digit. */
const digitValues = new Uint8Array(65_536).fill(noDigit)
for (let digit = 0; digit < 16; digit++) {
  const character = digit.toString(16)
  digitValues[character.toUpperCase().charCodeAt(0)] = digit | capital
  digitValues[character.charCodeAt(0)] = digit
}

/** The number that the digits after 0x spell; null when they spell none, or one that a JavaScript number cannot hold. */
export function numberInHex(text: unknown): number | null {
  if (typeof text !== 'string' || !isPrefixed(text) || text.length === 2) return null
  let number = 0
  for (let index = 2; index < text.length; index++) {
    const digit = digitValues[text.charCodeAt(index)] ?? noDigit
    if (digit >= noDigit) return null
    number = number * 16 + (digit & 15)
  }
  return number <= Number.MAX_SAFE_INTEGER ? number : null
}

export function isPrefixed(text: string): boolean {
  return text.charCodeAt(0) === 48 && text.charCodeAt(1) === 120
}

export function createHexWriter(capacity: number): HexWriter {
  let bytes = new Uint8Array(capacity)
  let at = 0
  let seen = 0
  const reserve = (length: number) => {
    if (at + length <= bytes.length) return
    const larger = new Uint8Array(Math.max(bytes.length * 2, at + length))
    larger.set(bytes)
    bytes = larger
  }
  return {
    position: () => at,
    digits: (text, from) => {
      const end = text.length
      reserve((end - from + 1) >> 1)
      const target = bytes
      let next = at
      let marks = (end - from) % 2 === 0 ? 0 : noDigit
      for (let index = from; index < end; index += 2) {
        const high = digitValues[text.charCodeAt(index)] ?? noDigit
        const low = digitValues[text.charCodeAt(index + 1)] ?? noDigit
        marks |= high | low
        target[next++] = (high << 4) | (low & 15)
      }
      at = next
      seen |= marks
    },
    number: (value, length) => {
      reserve(length)
      patch(bytes, { at, value, length })
      at += length
    },
    patch: (position, { value, length }) => patch(bytes, { at: position, value, length }),
    takeSeen: () => {
      const marks = seen
      seen = 0
      return { isHex: marks < noDigit, hasCapitals: (marks & capital) !== 0 }
    },
    copy: () => bytes.slice(0, at),
  }
}

function patch(bytes: Uint8Array, { at, value, length }: { at: number; value: number; length: number }): void {
  let rest = value
  for (let index = at + length - 1; index >= at; index--) {
    bytes[index] = rest
    rest = Math.floor(rest / 256)
  }
}
