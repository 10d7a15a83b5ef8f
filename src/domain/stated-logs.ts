/** The most logs in one answer, as a node's refusal names it. */
import { wordsOf } from './node-hints.ts'

const size = '(\\d[\\d,_]*)(k?)'
const things = '(?:results?|logs?|entries|records|events|rows)'
const patterns = [
  new RegExp(`${size} (?:\\w+ )?${things}\\b`, 'g'), // "more than 10000 results", "a cap of 10K logs"
  new RegExp(`${things}\\b[^.\\d]*(?:limit|max|exceed|than)\\w*[^.\\d]*${size}\\b(?! ?(?:blocks|mb|kb|ms|s)\\b)`, 'g'),
  // "at most so many logs: 20000", but not what it says next about blocks.
  new RegExp(
    `(?:limit|max|exceed|many|most)\\w* (?:\\w+ )?${things}\\b(?:(?!block|range)[^.\\d])*${size}\\b(?! ?(?:blocks|mb|kb|ms|s)\\b)`,
    'g',
  ),
]
/** Nobody limits answers to less: smaller numbers are about something else. */
const leastCap = 100

/** null when the refusal names none. A refusal may also say how many logs there are: the limit is the smaller number. */
export function statedLogMaximum(message: string, data: unknown): number | null {
  const words = wordsOf(message, data).replace(/\[[^\]]*\]/g, ' ')
  const numbers = patterns.flatMap((pattern) =>
    [...words.matchAll(pattern)].map(([, digits = '', unit]) => {
      return Number(digits.replace(/[,_]/g, '')) * (unit === 'k' ? 1_000 : 1)
    }),
  )
  const caps = numbers.filter((number) => number >= leastCap && Number.isSafeInteger(number))
  return caps.length === 0 ? null : Math.min(...caps)
}
