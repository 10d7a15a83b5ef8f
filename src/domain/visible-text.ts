/**
 * Makes a hostile string harmless to look at, in any output: what could move a cursor, hide, reverse or link becomes visible.
 * Outputs with a syntax of their own (HTML, Markdown, CSV…) escape on top of it.
 */

/** Control, format (bidi, zero-width), surrogate, private-use and unassigned characters, and line or paragraph separators. */
const invisible = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800]/gu
/** Marks that pile up on a letter: more than two in a row are not a word of any language that symbols use. */
const stackedMarks = /(\p{M}{2})\p{M}+/gu
/** `://` and a dot between two labels of a host name: terminals and chat programs make links of them. */
const hostDot = /(?<=[\p{L}\p{N}-])\.(?=\p{L}{2,})/gu

const maximumLength = 64

/** At most 64 characters, on one line, with nothing invisible and nothing that a program would turn into a link. */
export function visibleText(untrusted: string): string {
  const characters = [...untrusted]
  const kept = characters.slice(0, maximumLength).join('')
  return (
    kept
      .replace(invisible, escapeCharacter)
      .replace(stackedMarks, '$1')
      .replaceAll('://', '[://]')
      .replace(hostDot, '[.]') + (characters.length > maximumLength ? '…' : '')
  )
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
