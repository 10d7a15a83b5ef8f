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

/** Columns that a terminal gives to text without control characters. */
export function textWidth(text: string): number {
  let columns = 0
  for (const character of text) columns += mark.test(character) ? 0 : wide.test(character) ? 2 : 1
  return columns
}

/** No line begins with these, and none ends with those (Japanese line breaking). */
const neverFirst = /^[、。，．,.:;!?！？)）」』】〕〉》”’%％ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々〜]/u
const neverLast = /^[(（「『【〔〈《“‘]/u

function wrap(text: string, width: number): readonly string[] {
  const rows: string[][] = [[]]
  let columns = 0
  for (const piece of pieces(text)) {
    if (columns > 0 && columns + textWidth(piece.trimEnd()) > width) {
      rows.push([])
      columns = 0
    }
    rows.at(-1)?.push(piece)
    columns += textWidth(piece)
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

/** The parts between which a line may break: after spaces and around wide characters, except where Japanese forbids it. */
function pieces(text: string): readonly string[] {
  const result: string[] = []
  let piece = ''
  let columns = 0
  let last = ''
  for (const character of text) {
    if (piece !== '' && mayBreak(last, character) && !(isSameWord(last, character) && columns < longestWideWord)) {
      result.push(piece)
      piece = ''
      columns = 0
    }
    piece += character
    columns += textWidth(character)
    last = character
  }
  return piece === '' ? result : [...result, piece]
}

function mayBreak(before: string, after: string): boolean {
  if (after === ' ' || mark.test(after) || neverFirst.test(after) || neverLast.test(before)) return false
  return before === ' ' || wide.test(after) || wide.test(before)
}

/** Words of katakana or of kanji stay together up to this many columns. */
const longestWideWord = 20
const words = [/^[\p{Script=Katakana}ー]{2}$/u, /^\p{Script=Han}{2}$/u]

function isSameWord(before: string, after: string): boolean {
  return words.some((word) => word.test(before + after))
}
