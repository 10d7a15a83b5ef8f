/** Takes pieces out of a text, and with them the lines on which nothing else stands. Pure. */

/** Places in characters; `to` is the first that stays. */
export type Piece = {
  readonly from: number
  readonly to: number
  /** Whether a comment behind it, on its last line, is about it. */
  readonly ownsComment: boolean
}

/** @param pieces in any order, none within another */
export function cutPieces(text: string, pieces: readonly Piece[]): string {
  return joined(text, pieces).reduceRight((rest, piece) => {
    const { from, to } = widened(text, piece)
    return rest.slice(0, from) + rest.slice(to)
  }, text)
}

/** In order, and those as one that have only spaces between them. */
function joined(text: string, pieces: readonly Piece[]): readonly Piece[] {
  const all: Piece[] = []
  for (const piece of [...pieces].sort((one, other) => one.from - other.from)) {
    const last = all.at(-1)
    if (last === undefined || !/^[ \t]*$/.test(text.slice(last.to, piece.from))) all.push(piece)
    else all.splice(-1, 1, { ...last, to: piece.to, ownsComment: last.ownsComment || piece.ownsComment })
  }
  return all
}

function widened(text: string, { from, to, ownsComment }: Piece): Pick<Piece, 'from' | 'to'> {
  const before = text.slice(lineStart(text, from), from)
  const end = lineEnd(text, to)
  const behind = text.slice(to, end).trim()
  const isFirst = before.trim() === ''
  if (isFirst && (behind === '' || (ownsComment && behind.startsWith('#'))))
    return { from: from - before.length, to: end }
  if (behind === '') return { from: from - spacesAtEnd(before), to }
  // What begins a comment needs a space before it, and what closes a bracket keeps its own.
  const keepsSpace = !isFirst && /^[#\]}]/.test(behind)
  return { from, to: keepsSpace ? to : to + spacesAtStart(text.slice(to)) }
}

/** Where the line that this character is in begins. */
export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
}

/** After the line that this character is in, its comment included; of what ends with its line, there. */
export function lineEnd(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

function spacesAtStart(text: string): number {
  return /^[ \t]*/.exec(text)?.[0].length ?? 0
}

function spacesAtEnd(text: string): number {
  return text.length - text.trimEnd().length
}
