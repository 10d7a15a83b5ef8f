/** Packs reads for the program: what reads have in common is sent once, and words without their leading zeros. */
import type { Address, Hex } from 'viem'

/** A read whose answer is a known number of words; whatever a contract returns beyond them is not looked at. */
export type FixedRead = { readonly to: Address; readonly data: Hex; readonly words: 1 | 3 }

/** What a segment's reads share. Hex without 0x. */
type Shape = {
  readonly prefix: string
  readonly wordCount: number
  readonly wordBytes: number
  readonly answerWords: number
}

export type PackedRead = {
  /** Where the read stood among those that were given. */
  readonly index: number
  readonly shape: Shape
  /** The contract and the read's own words, hex without 0x. */
  readonly item: string
}

/** When the program stops: what one contract may take, and what is left for it to end well. */
export type ProgramLimits = {
  readonly gasPerRead: number
  readonly gasToKeep: number
  /** Kept besides, for each byte of answers. */
  readonly gasPerByte: number
  /** No further read begins behind so many bytes of answers. */
  readonly answerBytes: number
}

/** A selector and at most three words: more does not fit the program's memory. */
const packable = /^0x[0-9a-fA-F]{8}(?:[0-9a-fA-F]{64}){0,3}$/
const addressPattern = /^0x[0-9a-fA-F]{40}$/

/** Where the program runs when its code is put in place of an account's. Nothing is deployed there. */
export const programAddress: Address = '0x7265616473206d616e7920636f6e747261637473'

/** A read that the program can do, without 0x. Nodes read hex in either case, so it stays as it came. */
type Member = { readonly index: number; readonly to: string; readonly data: string; readonly words: number }

/** The reads that the program can do, those that are alike next to each other. */
export function packReads(reads: readonly FixedRead[]): readonly PackedRead[] {
  const groups = new Map<string, Member[]>()
  // What stands next to each other is mostly the same call of other contracts.
  let call: { readonly given: Hex; readonly words: number; readonly data: string; readonly group: Member[] } | null =
    null
  reads.forEach(({ to, data, words }, index) => {
    if (!addressPattern.test(to) || isProgram(to)) return
    if (call?.given !== data || call.words !== words) {
      if (!packable.test(data)) return
      call = {
        given: data,
        words,
        data: data.slice(2),
        group: groupOf(groups, `${data.slice(2, 10)}:${data.length}:${words}`),
      }
    }
    call.group.push({ index, to: to.slice(2), data: call.data, words })
  })
  return [...groups.values()].flatMap(packGroup)
}

function groupOf(groups: Map<string, Member[]>, kind: string): Member[] {
  const group = groups.get(kind) ?? []
  groups.set(kind, group)
  return group
}

function isProgram(to: Address): boolean {
  return to.startsWith('0x7265') && to.toLowerCase() === programAddress
}

function packGroup(members: readonly Member[]): readonly PackedRead[] {
  const [first] = members
  if (first === undefined) return []
  const prefix = commonPrefix(members)
  const wordCount = (first.data.length - prefix.length) / 64
  let wordBytes = 0
  for (const { data } of wordCount === 0 ? [] : members) {
    for (const word of wordsIn(data, prefix.length)) wordBytes = Math.max(wordBytes, bytesOf(word))
  }
  const shape = { prefix, wordCount, wordBytes, answerWords: first.words }
  return members.map(({ index, to, data }) => {
    if (wordCount === 0) return { index, shape, item: to }
    const words = wordsIn(data, prefix.length).map((word) => word.slice(64 - wordBytes * 2))
    return { index, shape, item: to + words.join('') }
  })
}

/** The selector and the leading words that all calls share. */
function commonPrefix(members: readonly Member[]): string {
  let prefix = members[0]?.data ?? ''
  for (const { data } of members) {
    while (!data.startsWith(prefix)) prefix = prefix.slice(0, -64)
  }
  return prefix
}

function wordsIn(data: string, start: number): readonly string[] {
  return data.slice(start).match(/.{64}/g) ?? []
}

/** How many bytes a word has without its leading zeros. */
function bytesOf(word: string): number {
  const first = word.search(/[^0]/)
  return first < 0 ? 0 : Math.ceil((64 - first) / 2)
}

/** What the program reads as its input, hex without 0x. */
export function encodeInput(reads: readonly PackedRead[], limits: ProgramLimits): string {
  const { gasPerRead, gasToKeep, gasPerByte, answerBytes } = limits
  const segments = [number(gasPerRead, 3), number(gasToKeep, 3), number(gasPerByte, 1), number(answerBytes, 3)]
  let start = 0
  while (start < reads.length) {
    const shape = reads[start]?.shape
    let end = start
    while (end < reads.length && reads[end]?.shape === shape) end++
    const items = reads.slice(start, end).map(({ item }) => item)
    if (shape !== undefined) segments.push(encodeSegment(shape, items.join('')))
    start = end
  }
  return segments.join('')
}

/** Bytes before the first segment. */
export const inputHeaderBytes = 10
const segmentHeaderBytes = 7

function encodeSegment({ prefix, wordCount, wordBytes, answerWords }: Shape, items: string): string {
  const small = [prefix.length / 2, wordCount, wordBytes, answerWords].map((count) => number(count, 1))
  return number(items.length / 2, 3) + small.join('') + prefix + items
}

/** The first of the reads that fit into so many bytes of input, at least one. */
export function takeReads(
  reads: readonly PackedRead[],
  { maximumReads, maximumBytes }: { readonly maximumReads: number; readonly maximumBytes: number },
): readonly PackedRead[] {
  let room = maximumBytes - inputHeaderBytes
  let previous: Shape | null = null
  let count = 0
  for (const { shape, item } of reads) {
    room -= item.length / 2 + (shape === previous ? 0 : segmentHeaderBytes + shape.prefix.length / 2)
    if (count > 0 && (room < 0 || count >= maximumReads)) break
    previous = shape
    count++
  }
  return reads.slice(0, count)
}

function number(value: number, bytes: number): string {
  return value.toString(16).padStart(bytes * 2, '0')
}
