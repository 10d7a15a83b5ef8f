/** URLs as providers give them out: the key is a part of many. Pure. */

/**
 * Whether a URL that stands in the file as it is holds what looks like a key: a user, a value of a query with such a name, or a
 * long part with letters and digits in it. A file is shared and kept in version control; a key is not.
 */
export function looksKeyed(text: string): boolean {
  // What a variable fills in is not in the file; `blockscout:` and the like stand before a URL.
  const url = text.replace(/\$\{[^}]*\}/g, '').replace(/^[a-z]+:(?=[a-z]+:\/\/)/i, '')
  const [, host = '', rest = ''] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/is.exec(url) ?? []
  if (host.includes('@') || /[?&#][^=&#]*(?:key|token|secret|auth|pass)[^=&#]*=[^&#]/i.test(rest)) return true
  return [...host.replace(/:\d+$/, '').split('.'), ...rest.split(/[/?&=#.]+/)].some(isKeyLike)
}

function isKeyLike(part: string): boolean {
  if (part.length >= 32) return true
  // Words and numbers with lines between them are a name: `polygon-zkevm-1101`.
  const isName = part.split(/[-_]+/).every((piece) => /^(?:[a-z]*|v?\d{1,8})$/i.test(piece))
  return part.length >= 12 && !isName && /\d/.test(part) && /[a-z]/i.test(part)
}
