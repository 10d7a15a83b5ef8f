/** Numbers and lengths of hex text, as nodes write them. */

/** The number that the digits after 0x spell; null when they spell none, or one that a JavaScript number cannot hold. */
export function numberInHex(text: unknown): number | null {
  if (typeof text !== 'string' || !isPrefixed(text) || text.length === 2) return null
  let number = 0
  for (let index = 2; index < text.length; index++) {
    const digit = digitOf(text.charCodeAt(index))
    if (digit > 15) return null
    number = number * 16 + digit
  }
  return number <= Number.MAX_SAFE_INTEGER ? number : null
}

export function isPrefixed(text: string): boolean {
  return text.charCodeAt(0) === 48 && text.charCodeAt(1) === 120
}

/** More than 15 for what is no digit. */
function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : 16
}
