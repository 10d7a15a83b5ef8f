/** Unpacks what the program returned. An answer that was cut, padded or made by something else is told apart from zeros. */
import type { Hex } from 'viem'
import { keccak256 } from 'viem/utils'
import type { PackedRead } from './packing.ts'
import { magicByte, statusBytes } from './program.ts'

/** `unclear`: only a call of its own tells what the contract does. */
export type ProgramAnswer =
  | { readonly status: 'ok'; readonly data: Hex }
  | { readonly status: 'reverted' }
  | { readonly status: 'empty' }
  | { readonly status: 'unclear' }

/** Hex digits of the magic byte and the hash. */
const headLength = 10
const magic = magicByte.toString(16)

const statuses: Readonly<Record<number, Exclude<ProgramAnswer['status'], 'ok'>>> = {
  [statusBytes.reverted]: 'reverted',
  [statusBytes.empty]: 'empty',
  [statusBytes.unclear]: 'unclear',
}

/** One answer for each of the first reads, as far as the program got; null when these bytes are not its answer. */
export function decodeAnswers(returned: Hex, reads: readonly PackedRead[]): readonly ProgramAnswer[] | null {
  const text = returned.slice(2)
  if (text.length < headLength || !text.startsWith(magic)) return null
  if (keccak256(`0x${text.slice(headLength)}`).slice(2, 10) !== text.slice(2, headLength)) return null
  const answers: ProgramAnswer[] = []
  let position = headLength
  while (position < text.length) {
    const read = reads[answers.length]
    const decoded = read === undefined ? null : decodeOne(text, position, read.shape.answerWords)
    if (decoded === null) return null
    answers.push(decoded.answer)
    position = decoded.end
  }
  return answers
}

type Decoded = { readonly answer: ProgramAnswer; readonly end: number }

/** @param start where the answer's first length stands, in hex digits */
function decodeOne(text: string, start: number, words: number): Decoded | null {
  const status = statuses[byteAt(text, start)]
  if (status !== undefined) return { answer: { status }, end: start + 2 }
  let data = ''
  let end = start
  for (let word = 0; word < words; word++) {
    const length = byteAt(text, end) * 2
    const digits = text.slice(end + 2, end + 2 + length)
    if (!(length <= 64) || digits.length !== length || digits.startsWith('00')) return null
    data += digits.padStart(64, '0')
    end += 2 + length
  }
  return { answer: { status: 'ok', data: `0x${data}` }, end }
}

/** NaN beyond the end. */
function byteAt(text: string, position: number): number {
  return Number.parseInt(text.slice(position, position + 2), 16)
}
