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

/** Bytes of the magic byte and the hash. */
const headLength = 5

const statuses: Readonly<Record<number, Exclude<ProgramAnswer['status'], 'ok'>>> = {
  [statusBytes.reverted]: 'reverted',
  [statusBytes.empty]: 'empty',
  [statusBytes.unclear]: 'unclear',
}

/** One answer for each of the first reads, as far as the program got; null when these bytes are not its answer. */
export function decodeAnswers(returned: Hex, reads: readonly PackedRead[]): readonly ProgramAnswer[] | null {
  const bytes = Buffer.from(returned.slice(2), 'hex')
  if (bytes.length < headLength || bytes[0] !== magicByte) return null
  if (keccak256(bytes.subarray(headLength)).slice(2, 10) !== bytes.toString('hex', 1, headLength)) return null
  const answers: ProgramAnswer[] = []
  let position = headLength
  while (position < bytes.length) {
    const read = reads[answers.length]
    const decoded = read === undefined ? null : decodeOne(bytes, position, read.shape.answerWords)
    if (decoded === null) return null
    answers.push(decoded.answer)
    position = decoded.end
  }
  return answers
}

type Decoded = { readonly answer: ProgramAnswer; readonly end: number }

/** Most tokens that are asked about are not held. */
const zero = '0'.repeat(64)

/** @param start where the answer's first length stands */
function decodeOne(bytes: Buffer, start: number, words: number): Decoded | null {
  const status = statuses[bytes[start] ?? 0]
  if (status !== undefined) return { answer: { status }, end: start + 1 }
  let data = ''
  let end = start
  for (let word = 0; word < words; word++) {
    const length = bytes[end] ?? 0
    const from = end + 1
    end = from + length
    if (from > bytes.length || length > 32 || end > bytes.length || (length > 0 && bytes[from] === 0)) return null
    data += length === 0 ? zero : bytes.toString('hex', from, end).padStart(64, '0')
  }
  return { answer: { status: 'ok', data: `0x${data}` }, end }
}
