/** Numbers that nodes put into their refusals: the range they take, the range they suggest, how long to wait. */
import type { BlockRange } from '../core/facts.ts'

/** Longer texts are error pages. Cutting them keeps the pattern search short. */
const longestText = 2_000

/** The message and every text inside `data` as one lower-case line without links. */
export function wordsOf(message: string, data: unknown): string {
  return [message, ...textsIn(data)]
    .join('. ')
    .slice(0, longestText)
    .toLowerCase()
    .replace(/https?:\/\/\S+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Nodes nest a hint at most one object deep. */
function textsIn(data: unknown): readonly string[] {
  if (typeof data === 'string') return [data]
  if (typeof data !== 'object' || data === null) return []
  return Object.values(data).filter((part) => typeof part === 'string')
}

/**
 * The longest range the words allow. A refusal names the asked size, the limit, or both,
 * and the limit is always the smaller one.
 */
export function maximumBlocksIn(words: string): bigint | null {
  const text = words
    .replace(/\[[^\]]*\]/g, ' ') // a suggested range, or the word pair [from, to]
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/(?<![\d.])\d{1,3}(?:[ _']\d{3})+\b/g, (number) => number.replace(/\D/g, ''))
    .replace(/\b\d+ ?(?:-|to) ?\d{4,}\b/g, ' ') // the asked range
    .replace(
      /\b(?:chain|code|error|id|level|network|plan|section|step|tier|version)[ :#]*\d[\d.]*(?![\d.]| ?[km]?[ -]?block)/g,
      ' ',
    ) // which one, not how many
    .replace(/\b0x[0-9a-f]*/g, ' ')
  const numbers = [
    ...text.matchAll(
      /(?<![\w.])(\d{1,18})(k|m)?\b(?! ?(ms|s|sec|seconds?|mb|kb|bytes|logs|results|requests?|min(?:utes?)?|hours?|days?|weeks?|months?|years?)\b)/g,
    ),
  ]
  const sizes = numbers.map(([, digits = '0', unit]) => BigInt(digits) * unitFactor(unit)).filter((size) => size > 0n)
  return sizes.reduce<bigint | null>((least, size) => (least === null || size < least ? size : least), null)
}

function unitFactor(unit: string | undefined): bigint {
  return unit === 'k' ? 1_000n : unit === 'm' ? 1_000_000n : 1n
}

/** The range after "try with", "retry with" or "should work". The asked range, which some quote, is not one. */
export function suggestedRangeIn(words: string, data: unknown): BlockRange | null {
  const number = '(0x[0-9a-f]{1,16}|\\d{1,18})'
  const pair = new RegExp(`(?:try|should work)[^\\[\\d]*\\[?${number} ?[,-] ?${number}\\]?`).exec(words)
  if (pair !== null) return rangeOf(pair[1], pair[2])
  if (typeof data !== 'object' || data === null || !('from' in data) || !('to' in data)) return null
  return rangeOf(data.from, data.to)
}

function rangeOf(from: unknown, to: unknown): BlockRange | null {
  const fromBlock = blockNumber(from)
  const toBlock = blockNumber(to)
  return fromBlock === null || toBlock === null || toBlock < fromBlock ? null : { fromBlock, toBlock }
}

function blockNumber(input: unknown): bigint | null {
  return typeof input === 'string' && /^(0x[0-9a-f]{1,16}|\d{1,18})$/i.test(input) ? BigInt(input) : null
}

const hours = '(?:(\\d+) ?h(?:ours?)? ?)?'
const minutes = '(?:(\\d+) ?m(?:in(?:ute)?s?)? ?)?(?!s)'
const seconds = '(?:(\\d+(?:\\.\\d+)?) ?(ms|s))?'
const waitPattern = new RegExp(`(?:again|retry|wait|reset)[^.\\d]*${hours}${minutes}${seconds}`)

/** Milliseconds from "retry in 10s", "try again in 5 seconds", "retry in 10m0s". */
export function waitIn(words: string): number | null {
  const match = waitPattern.exec(words)
  if (match === null) return null
  const [, h = '0', m = '0', amount = '0', unit = 's'] = match
  const rest = unit === 'ms' ? Number(amount) : Number(amount) * 1000
  const milliseconds = (Number(h) * 60 + Number(m)) * 60_000 + rest
  return milliseconds > 0 ? milliseconds : null
}
