/**
 * Makes a hostile string harmless to look at, in any output: what could move a cursor, hide, reverse or link becomes visible.
 * Outputs with a syntax of their own (HTML, Markdown, CSV…) escape on top of it.
 */

/** Nothing in it could be hidden or obeyed: most texts of a report. */
const plain = /^[ -~‘’“”\u3000-\u3029\u3041-\u3096\u309d-\u30ff\u4e00-\u9fff\uff01-\uff5e]*$/
/** What GitHub's runner takes for a command in whatever a step prints: at the beginning of a line, or anywhere. */
const runnerCommand =
  /::(?=(?:add|remove|set|save|stop|internal)-|(?:echo|error|warning|notice|debug|group|endgroup)\b)|##(?=\[)/gi

/** A dot (also the ones that browsers read as a dot) between two labels of a host name: terminals and chat programs make links of them. */
const hostDot = /(?<=[\p{L}\p{M}\p{N}\p{S}-])[.\u2024\uff0e\uff61](?=\p{L}{2,})/gu
/** Spaces that could push words out of sight, or a name made of nothing else. */
const needlessSpaces = /^[ \u3000]|[ \u3000]$|(?<=[ \u3000])[ \u3000]/gu

/**
 * On one line, with nothing invisible and nothing that a program would turn into a link.
 * @param maximumLength characters kept, counted as they are shown; a longer text ends in …
 */
export function visibleText(untrusted: string, maximumLength = 64): string {
  // A name may be megabytes long, so most of it is dropped before anything looks at each character.
  const head = [...untrusted.slice(0, 4 * maximumLength)].slice(0, 2 * maximumLength).join('')
  const { kept, isCut } = cut(harmlessText(head.replace(needlessSpaces, escapeCharacter)), maximumLength)
  const unlinked = kept.replaceAll('://', '[://]').replace(hostDot, '[$&]')
  return isCut || head.length < untrusted.length ? `${unlinked}…` : unlinked
}

/**
 * The text with every invisible character shown by its number, no piles of marks, and no command for the runner of a pipeline.
 * Links stay as they are.
 * @param maximumLength as in `visibleText`; all of it when absent
 */
export function harmlessText(text: string, maximumLength?: number): string {
  if (text.length <= (maximumLength ?? text.length) && isPlain(text)) return text
  if (maximumLength === undefined) {
    return withoutPiles(replaceInvisible(text, escapeCharacter)).replace(
      runnerCommand,
      ([sign = '']) => `${sign}${escapeCharacter(sign)}`,
    )
  }
  const { kept, isCut } = cut(harmlessText(text.slice(0, 4 * maximumLength)), maximumLength)
  return isCut || text.length > 4 * maximumLength ? `${kept}…` : kept
}

/**
 * Replaces control, format (bidi, zero-width), surrogate, private-use and unassigned characters, line and paragraph separators,
 * everything Unicode calls ignorable, the blank Braille cell, and spaces that only look like one.
 */
export function replaceInvisible(text: string, replace: (character: string) => string): string {
  // Made when needed: to read the expression takes longer than to read the rest of the file, and most texts are plain.
  return text.replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?![ \u3000])\p{Zs}/gu, replace)
}

/** Marks that pile up on a letter: more than two in a row are not a word of any language that symbols use. */
function withoutPiles(text: string): string {
  return text.replace(/(\p{M}{2})\p{M}+/gu, '$1')
}

function isPlain(text: string): boolean {
  return plain.test(text) && !text.includes('::') && !text.includes('##[')
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/** Cuts between characters, and never inside an escape. */
function cut(text: string, maximumLength: number): { readonly kept: string; readonly isCut: boolean } {
  let kept = ''
  let length = 0
  for (const piece of text.match(/\\u\{[0-9a-f]+\}|./gsu) ?? []) {
    length += [...piece].length
    if (length > maximumLength) return { kept, isCut: true }
    kept += piece
  }
  return { kept, isCut: false }
}
