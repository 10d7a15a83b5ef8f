/** Columns, line breaks and colours of terminal text. Everything that is printed goes through `lines`, which makes it harmless. */
import { plainText } from './escape.ts'

export type Tone = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'alarm'
export type Paint = (text: string, tone: Tone | null) => string

/** SGR codes: on, off. */
const tones: Readonly<Record<Tone, readonly [string, string]>> = {
  bold: ['1', '22'],
  dim: ['2', '22'],
  red: ['31', '39'],
  yellow: ['33', '39'],
  cyan: ['36', '39'],
  alarm: ['1;31', '22;39'],
}

const colored: Paint = (text, tone) => {
  if (tone === null || text === '') return text
  const [on, off] = tones[tone]
  return `\u001b[${on}m${text}\u001b[${off}m`
}
const plain: Paint = (text) => text

export function paintFor(useColor: boolean): Paint {
  return useColor ? colored : plain
}

export type LineOptions = {
  readonly paint: Paint
  /** Columns of the whole line, the indent included. */
  readonly width: number
  /** Columns left empty before every line. */
  readonly indent?: number
  /** Stands before the first line; the following ones are indented as far: `1. `, `- `. */
  readonly marker?: string
  readonly tone?: Tone
}

/** No paragraph of ours is longer; a forged report may hold megabytes. */
const longestParagraph = 20_000

/** One paragraph, wrapped. A word that is longer than a line stays whole, so that it can be copied. */
export function lines(text: string, options: LineOptions): readonly string[] {
  const { paint, width, indent = 0, marker = '', tone = null } = options
  const hanging = ' '.repeat(indent + textWidth(marker))
  const first = ' '.repeat(indent) + marker
  return wrap(plainText(text, longestParagraph), width - hanging.length).map(
    (line, index) => (index === 0 ? first : hanging) + paint(line, tone),
  )
}

/** East Asian wide and full-width characters take two columns, as do emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const mark = /\p{M}/u
const ascii = /^[ -~]*$/

/** No line begins with these, and none ends with those (Japanese line breaking). */
const neverFirst = /^[、。，．,.:;!?！？)）」』】〕〉》”’%％ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々〜]/u
const neverLast = /^[(（「『【〔〈《“‘]/u

/** Characters above the basic plane are rare, and a list of them would be mostly holes. */
const lastKept = 0xffff

type Kind = {
  readonly columns: 0 | 1 | 2
  readonly isSpace: boolean
  readonly neverFirst: boolean
  readonly neverLast: boolean
  /** Words of katakana or of kanji stay together. */
  readonly word: 'katakana' | 'kanji' | null
}

/** By code point: a long report asks for the same few hundred characters millions of times. */
const kinds = new Array<Kind | undefined>(lastKept + 1)

function kindOf(character: string): Kind {
  const code = character.codePointAt(0) ?? 0
  const known = kinds[code]
  if (known !== undefined) return known
  const kind: Kind = {
    columns: mark.test(character) ? 0 : wide.test(character) ? 2 : 1,
    isSpace: character === ' ',
    neverFirst: neverFirst.test(character),
    neverLast: neverLast.test(character),
    word: /^[\p{Script=Katakana}ー]$/u.test(character)
      ? 'katakana'
      : /^\p{Script=Han}$/u.test(character)
        ? 'kanji'
        : null,
  }
  if (code <= lastKept) kinds[code] = kind
  return kind
}

/** Columns that a terminal gives to text without control characters. */
export function textWidth(text: string): number {
  if (ascii.test(text)) return text.length
  let columns = 0
  for (const character of text) columns += kindOf(character).columns
  return columns
}

/** What a rule says of each of its findings is wrapped once. */
const wrapped = new Map<string, readonly string[]>()
const mostWrapped = 2_000

function wrap(text: string, width: number): readonly string[] {
  if (text.length <= width && ascii.test(text)) return [text.trimEnd()]
  const key = `${width} ${text}`
  const known = wrapped.get(key)
  if (known !== undefined) return known
  const rows = wrapPieces(text, width)
  if (wrapped.size >= mostWrapped) wrapped.clear()
  wrapped.set(key, rows)
  return rows
}

function wrapPieces(text: string, width: number): readonly string[] {
  const rows: string[][] = [[]]
  let columns = 0
  for (const piece of pieces(text)) {
    const visible = piece.text.endsWith(' ') ? textWidth(piece.text.trimEnd()) : piece.columns
    if (columns > 0 && columns + visible > width) {
      rows.push([])
      columns = 0
    }
    rows.at(-1)?.push(piece.text)
    columns += piece.columns
  }
  return keepCompany(rows, width).map((row) => row.join('').trimEnd())
}

/** A last line of one wide character and its full stop looks lost: the piece before it comes along. */
function keepCompany(rows: readonly (readonly string[])[], width: number): readonly (readonly string[])[] {
  const [before, last] = rows.slice(-2)
  if (before === undefined || last === undefined || before.length < 2) return rows
  const [lost = '', full = '', ...others] = last.join('')
  const isLost = wide.test(lost) && others.length === 0 && (full === '' || neverFirst.test(full))
  const company = [...before.slice(-1), ...last]
  if (!isLost || textWidth(company.join('')) > width) return rows
  return [...rows.slice(0, -2), before.slice(0, -1), company]
}

/** Between two words of ASCII: after a space, and not before a space or what belongs to the word before. */
const asciiBreak = /(?<= )(?![ ,.:;!?)%])/

type Piece = { readonly text: string; readonly columns: number }

/** The parts between which a line may break: after spaces and around wide characters, except where Japanese forbids it. */
function pieces(text: string): readonly Piece[] {
  if (ascii.test(text)) return text.split(asciiBreak).map((part) => ({ text: part, columns: part.length }))
  const result: Piece[] = []
  let start = 0
  let end = 0
  let columns = 0
  let last = kindOf(' ')
  for (const character of text) {
    const kind = kindOf(character)
    const isOneWord = last.word !== null && last.word === kind.word && columns < longestWideWord
    if (end > start && mayBreak(last, kind) && !isOneWord) {
      result.push({ text: text.slice(start, end), columns })
      start = end
      columns = 0
    }
    end += character.length
    columns += kind.columns
    last = kind
  }
  return end === start ? result : [...result, { text: text.slice(start), columns }]
}

/** Columns of a word up to which it stays whole. */
const longestWideWord = 20

function mayBreak(before: Kind, after: Kind): boolean {
  if (after.isSpace || after.columns === 0 || after.neverFirst || before.neverLast) return false
  return before.isSpace || after.columns === 2 || before.columns === 2
}
