import fc from 'fast-check'
import type { Hex } from 'viem'
import { keccak256 } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { decodeAnswers } from '../../src/rpc/read-program/answers.ts'
import { assemble } from '../../src/rpc/read-program/assembler.ts'
import {
  encodeInput,
  type FixedRead,
  packReads,
  programAddress,
  takeReads,
} from '../../src/rpc/read-program/packing.ts'
import { programCode } from '../../src/rpc/read-program/program.ts'
import { ways } from '../../src/rpc/read-program/ways.ts'
import { at } from '../../src/testing.ts'
import { readInput, seal } from '../support/program-node.ts'

const limits = { gasPerRead: 300_000, gasToKeep: 400_000, gasPerByte: 0, answerBytes: 90_000 }
const word = (number: number | bigint) => number.toString(16).padStart(64, '0')
const read = (to: number, data: string, words: 1 | 3 = 1): FixedRead => ({ to: at(to), data: `0x${data}`, words })

describe('the assembler', () => {
  test.each([
    ['an opcode', 'POP', '0x50'],
    ['bytes to push', '0x0200', '0x610200'],
    ['a slot to load', '[here]', '0x61012051'],
    ['a slot to store', '=here', '0x61012052'],
    ['places, before and behind', 'a: @b ?a b: !a', '0x5b610008610000575b61000056'],
    ['the length of the code', 'POP @END', '0x50610004'],
    ['comments', 'POP ; POP\nPOP', '0x5050'],
  ])('%s', (_, source, code) => {
    expect(assemble(source, { here: 0x120 })).toBe(code)
  })

  test.each(['NOTHING', '[nowhere]', '@nowhere'])('does not guess: %s', (source) => {
    expect(() => assemble(source, {})).toThrow(/knows no/)
  })
})

test('the program is the one that was tested', () => {
  // A new hash here means another program: run the tests on a real node before it is written down.
  expect(keccak256(programCode().runtime)).toBe('0xb1f1ab6ec6147c11ffcc66baab4fddc9226ff7b0bc7764208c089fcd3489edcf')
  expect(keccak256(programCode().creation)).toBe('0x1f61d660497fa5196deacd0c5be5de7ec652b1ecb508476d5c3dad4905115f7e')
})

test('as creation code with its largest input it stays within EIP-3860', () => {
  const reads = packReads(Array.from({ length: 10_000 }, (_, index) => read(index, `70a08231${word(1)}`)))
  const [, creation] = ways
  const [call] = creation.params(takeReads(reads, creation), '0x1')
  const { data } = call as { data: Hex } // our own parameters
  expect((data.length - 2) / 2).toBeLessThanOrEqual(49_152)
  expect((data.length - 2) / 2).toBeGreaterThan(49_000)
})

describe('packing', () => {
  test('what all reads share is sent once: 20 bytes per balance', () => {
    const reads = [1, 2, 3].map((to) => read(to, `70a08231${word(0xbeef)}`))
    const input = encodeInput(packReads(reads), limits)
    expect(input.length / 2).toBe(10 + 7 + 36 + 3 * 20)
  })

  test('words of their own go without leading zeros', () => {
    const reads = [1, 2].map((to) => read(to, `dd62ed3e${word(0xbeef)}${word(BigInt(at(to)))}`))
    const large = read(3, `dd62ed3e${word(0xbeef)}${word(2n ** 159n)}`)
    expect(packReads(reads).map(({ item }) => item.length / 2)).toEqual([21, 21])
    expect(packReads([...reads, large]).map(({ item }) => item.length / 2)).toEqual([40, 40, 40])
  })

  test.each([
    ['data that is no selector and words', read(1, '70a08231ab')],
    ['more than three words', read(1, `70a08231${word(1).repeat(4)}`)],
    ['no hex', { to: at(1), data: '0xhello!!!' as Hex, words: 1 as const }],
    ['no address', { to: '0x12' as Hex, data: '0x70a08231' as Hex, words: 1 as const }],
    ["the program's own address", { to: programAddress, data: '0x70a08231' as Hex, words: 1 as const }],
  ])('leaves out %s', (_, odd) => {
    expect(packReads([odd, read(2, '18160ddd')]).map(({ index }) => index)).toEqual([1])
  })

  const anyWord = fc.oneof(
    fc.constant(0n),
    fc.bigInt(0n, 255n),
    fc.bigInt(0n, 2n ** 160n),
    fc.bigInt(0n, 2n ** 256n - 1n),
  )
  const anyRead = fc
    .record({
      to: fc.integer({ min: 1, max: 5 }),
      selector: fc.constantFrom('70a08231', 'dd62ed3e', '927da105'),
      values: fc.array(anyWord, { maxLength: 3 }),
      words: fc.constantFrom(1 as const, 3 as const),
    })
    .map(({ to, selector, values, words }) => read(to, selector + values.map(word).join(''), words))

  test('any reads are found again in the input, in chunks of any size', () => {
    fc.assert(
      fc.property(
        fc.array(anyRead, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 60, max: 400 }),
        (reads, maximumReads, maximumBytes) => {
          let open = packReads(reads)
          const found: { index: number; to: string; data: string; words: number }[] = []
          while (open.length > 0) {
            const chunk = takeReads(open, { maximumReads, maximumBytes })
            const input = encodeInput(chunk, limits)
            if (chunk.length > 1) expect(input.length / 2).toBeLessThanOrEqual(maximumBytes)
            expect(chunk.length).toBeLessThanOrEqual(maximumReads)
            readInput(input).forEach((one, position) => {
              found.push({ index: chunk[position]?.index ?? -1, ...one })
            })
            open = open.slice(chunk.length)
          }
          const sorted = found.sort((one, other) => one.index - other.index)
          expect(sorted).toEqual(reads.map((one, index) => ({ index, ...one, to: one.to.toLowerCase() })))
        },
      ),
    )
  })
})

describe('answers', () => {
  const packed = packReads([read(1, '70a08231'), read(2, '70a08231'), read(3, '70a08231')])
  const tuple = packReads([read(1, '70a08231', 3), read(2, '70a08231', 3)])
  const ok = (...values: number[]) => ({ status: 'ok', data: `0x${values.map(word).join('')}` })

  test.each([
    ['values of any length', '00' + '0105' + '021234', [ok(0), ok(5), ok(0x1234)]],
    ['every status', 'fdfeff', [{ status: 'reverted' }, { status: 'empty' }, { status: 'unclear' }]],
    ['fewer than asked', '0105', [ok(5)]],
    ['none', '', []],
  ])('%s', (_, body, expected) => {
    expect(decodeAnswers(seal(body), packed)).toEqual(expected)
  })

  test('three words each', () => {
    expect(decodeAnswers(seal('010500' + '0107' + 'fe'), tuple)).toEqual([ok(5, 0, 7), { status: 'empty' }])
  })

  test.each([
    ['nothing', '0x'],
    ['a word of zeros', `0x${word(0)}`],
    ['the magic byte alone', '0x57'],
    ['another hash', `0x57000000000105`],
    ['more answers than reads', seal('00000000')],
    ['a word cut short', seal('0512')],
    ['a length beyond a word', seal(`21${'11'.repeat(33)}`)],
    ['a number with leading zeros', seal('020012')],
  ] as const)('%s is no answer of the program', (_, returned) => {
    expect(decodeAnswers(returned, packed)).toBeNull()
  })

  test('a tuple cut between its words is no answer', () => {
    expect(decodeAnswers(seal('0105'), tuple)).toBeNull()
    expect(decodeAnswers(seal('0105fe'), tuple)).toBeNull()
  })

  test('no byte can be added, taken away or changed unseen', () => {
    const honest = seal('010501070109').slice(2)
    const bytes = honest.match(/../g) ?? []
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.nat(4),
        fc.array(fc.nat(255), { maxLength: 40 }),
        (start, removed, added) => {
          const hex = added.map((value) => value.toString(16).padStart(2, '0'))
          const changed = bytes.toSpliced(start, removed, ...hex).join('')
          fc.pre(changed !== honest)
          expect(decodeAnswers(`0x${changed}`, packed)).toBeNull()
        },
      ),
    )
  })
})
