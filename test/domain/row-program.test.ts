import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import wabt from 'wabt'
import { packLogs } from '../../src/domain/packed-logs.ts'
import type { Drafts, RowDraft } from '../../src/domain/row-draft.ts'
import { type RowProgram, rowProgram, rowProgramBytes } from '../../src/domain/row-program.ts'
import { createRowWriter, writeRows } from '../../src/domain/row-writer.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'

const source = 'write-rows.wat'

test('the bytes are what the source compiles to', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../src/domain', source), 'utf8')
  const compiled = (await wabt()).parseWat(source, text, { simd: true }).toBinary({})
  expect(rowProgramBytes).toBe(Buffer.from(compiled.buffer).toString('base64'))
})

/** What is written after seven other bytes; null when it is refused. */
function written(drafts: Drafts, program: RowProgram | null): string | null {
  const writer = createRowWriter(0)
  writer.bytes = new Uint8Array(7)
  writer.at = 7
  const isWritten = writeRows(writer, drafts, program)
  return isWritten ? Buffer.from(writer.bytes.subarray(0, writer.at)).toString('hex') : null
}

function program(): RowProgram {
  const started = rowProgram()
  if (started === null) throw new Error('no WebAssembly here')
  return started
}

const digit = fc.constantFrom(...'0123456789abcdefABCDEF')
const digitsOf = (length: number) => fc.array(digit, { minLength: length, maxLength: length })
const hexOf = (bytes: number) => digitsOf(2 * bytes).map((digits) => `0x${digits.join('')}`)
const zerosFirst = (text: string, zeros: number) => `0x${'0'.repeat(zeros)}${text.slice(2 + zeros)}`
const word = fc.tuple(hexOf(32), fc.integer({ min: 0, max: 64 })).map(([text, zeros]) => zerosFirst(text, zeros))
const data = fc.oneof(word, fc.integer({ min: 0, max: 100 }).chain(hexOf))

const draft = fc
  .record({
    block: fc.nat(2 ** 31 - 1).map((block) => block * 2 ** 17 + (block % 7)),
    index: fc.nat().map((index) => index * 2 + 1),
    start: fc.tuple(hexOf(20), hexOf(32)),
    words: fc.array(word, { maxLength: 4 }),
    data,
  })
  .map(({ block, index, start, words, data }): RowDraft => {
    return { block, index, text: [...start, ...words, data].join(''), topicCount: words.length, data }
  })

const joined = (logs: readonly RowDraft[]): Drafts => ({ logs, text: logs.map(({ text }) => text).join('') })
const some = fc.array(draft, { minLength: 1, maxLength: 12 }).map(joined)

describe('the program', () => {
  test('writes what is written without it', () => {
    const property = fc.property(some, (drafts) => {
      const plain = written(drafts, null)
      expect(plain).not.toBeNull()
      expect(written(drafts, program())).toBe(plain)
    })
    fc.assert(property, { numRuns: 300 })
  })

  test('refuses any character in any place that is refused without it', () => {
    const character = fc.oneof(
      fc.constantFrom('x', 'X', '0', 'a', 'F', '/', ':', '@', 'G', '`', 'g', '\u0131', '\u00b0', '\u3030'),
      fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
    )
    const property = fc.property(some, fc.nat(), character, ({ logs, text }, at, other) => {
      const place = at % text.length
      const spoiled = { logs, text: text.slice(0, place) + other.slice(0, 1) + text.slice(place + 1) }
      expect(written(spoiled, program())).toBe(written(spoiled, null))
    })
    fc.assert(property, { numRuns: 1_000 })
  })

  test.each(['/', ':', '@', 'G', '`', 'g', 'x', '\0', '\u0080', '\u0131'])(
    'each of 32 digits may not be %j',
    (other) => {
      const text = `0x${'0'.repeat(40)}0x${'0'.repeat(64)}0x`
      for (let place = 44; place < 108; place++) {
        const spoiled = text.slice(0, place) + other + text.slice(place + 1)
        const drafts = { logs: [{ block: 1, index: 1, text: spoiled, topicCount: 0, data: '0x' }], text: spoiled }
        expect(written(drafts, program())).toBeNull()
        expect(written(drafts, null)).toBeNull()
      }
    },
  )

  test('as many of the shortest logs as are written together', () => {
    const text = `0x${'ab'.repeat(20)}0x${'cd'.repeat(32)}0x`
    const logs = Array.from({ length: 298 }, (_, index) => ({ block: 5, index, text, topicCount: 0, data: '0x' }))
    expect(written(joined(logs), program())).toBe(written(joined(logs), null))
  })

  test('as much data as is read with others', () => {
    const logs = [2 ** 14, 2 ** 14, 2 ** 14 - 2].map((length, index) => {
      const long = `0x${'7Ac'.repeat(length).slice(2, length)}`
      const text = `0x${'ab'.repeat(20)}0x${'cd'.repeat(32)}${long}`
      return { block: 5, index, text, topicCount: 0, data: long }
    })
    expect(written(joined(logs), program())).toBe(written(joined(logs), null))
  })
})

describe('where it cannot run', () => {
  afterEach(() => vi.unstubAllGlobals())

  const log = {
    address: `0x${'cc'.repeat(20)}`,
    topics: [topics.approval, addressTopic(`0x${'aa'.repeat(20)}`)],
    data: `0x${'0'.repeat(60)}12aB`,
    blockNumber: '0x10',
    blockHash: `0x${'11'.repeat(32)}`,
    transactionHash: `0x${'22'.repeat(32)}`,
    logIndex: '0x1',
  }
  const asked = { range: { fromBlock: 0n, toBlock: 100n }, topics: [] }

  const forbidden = {
    Module: class {
      constructor() {
        throw new Error('forbidden by the page')
      }
    },
  }

  test.each([
    ['there is no WebAssembly', undefined],
    ['a page forbids it', forbidden],
  ])('logs are read all the same: %s', async (_, there) => {
    vi.stubGlobal('WebAssembly', there)
    vi.resetModules()
    const fresh = await import('../../src/domain/packed-logs.ts')
    expect((await import('../../src/domain/row-program.ts')).rowProgram()).toBeNull()
    expect(fresh.packLogs([log], asked)).toEqual(packLogs([log], asked))
  })
})
