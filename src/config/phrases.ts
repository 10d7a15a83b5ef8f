/** Recovery phrases, known by their shape in any language: words of letters only, twelve or more of them. */

export const shortestPhrase = 12
/** BIP-39's lengths. */
const phraseLengths: ReadonlySet<number> = new Set([12, 15, 18, 21, 24])

/** The most words in a row that are made of letters only; 0 where they are too few for a phrase. Numbers in between are taken for the phrase's own numbering. */
export function longestRunOfWords(text: string): number {
  if (hasTooFewGaps(text)) return 0
  let longest = 0
  let run = 0
  for (const token of tokensOf(text)) {
    run = isWord(token) ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

/**
 * Whether a whole text, one of its lines, its lines of one word each, or a quoted string or an array in it has exactly the
 * length and the words of a phrase.
 */
export function hasExactPhrase(text: string): boolean {
  if (hasTooFewGaps(text)) return false
  const lines = text.split(/[\n\r]+/)
  const enclosed = text.match(/"[^"\n]{20,400}"|\[[^[\]]{20,600}\]/g) ?? []
  return [text, ...lines, ...columns(lines), ...enclosed].some(
    (piece) => isExactPhrase(piece) || isExactPhrase(piece.replace(/[-_|+.]+/g, ' ')),
  )
}

/** Words have something between them, which is neither a Latin letter nor a digit. Most arguments need no closer look. */
function hasTooFewGaps(text: string): boolean {
  return text.replace(/[0-9A-Za-z]+/g, '').length < shortestPhrase - 1
}

function isExactPhrase(piece: string): boolean {
  const words = tokensOf(piece.replace(/^[\s#*/-]*(?:\p{L}|[ _-]){0,40}[:=]\s?/u, ''))
  return phraseLengths.has(words.length) && words.every(isPhraseWord)
}

/** Lines of one word each that follow one another, as one piece of text. */
function columns(lines: readonly string[]): readonly string[] {
  const found: string[][] = [[]]
  for (const line of lines) {
    const words = tokensOf(line)
    if (words.length === 1 && words.every(isPhraseWord)) found.at(-1)?.push(...words)
    else if (words.length > 0) found.push([])
  }
  return found.map((words) => words.join(' '))
}

function tokensOf(text: string): readonly string[] {
  return text
    .split(/[\s,、，;"'`[\]{}()«»“”‘’「」]+/u)
    .map((token) => token.replace(/^\d{1,2}[.:]/, ''))
    .filter((token) => token !== '' && !/^\d{1,2}[.:]?$/.test(token))
}

function isWord(token: string): boolean {
  return /[^ -~]/.test(token) ? /^\p{L}[\p{L}\p{M}]*$/u.test(token) : /^[A-Za-z]+$/.test(token)
}

/** The words of BIP-39's Latin lists have 3 to 8 letters, which most sentences do not keep to. Other scripts need fewer. */
function isPhraseWord(token: string): boolean {
  return /^\p{Script=Latin}/u.test(token) ? /^\p{L}{3,8}$/u.test(token) : isWord(token)
}
