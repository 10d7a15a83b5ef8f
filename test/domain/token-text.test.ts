import type { Hex } from 'viem'
import { encodeAbiParameters, toHex } from 'viem/utils'
import { expect, test } from 'vitest'
import { readDecimals, readTokenText } from '../../src/domain/token-text.ts'
import { hashOf } from '../../src/testing/build-facts.ts'

const string = (text: string) => encodeAbiParameters([{ type: 'string' }], [text])
const words = (...numbers: readonly (bigint | number)[]): Hex =>
  `0x${numbers.map((number) => hashOf(number).slice(2)).join('')}`

test.each([
  ['a usual string', string('USDC'), 'USDC'],
  ['a bytes32', toHex('MKR', { size: 32 }), 'MKR'],
  ['a bytes32 that is full', toHex('a'.repeat(32)), 'a'.repeat(32)],
  ['letters of many bytes', string('円コイン'), '円コイン'],
  ['exactly 64 characters', string('x'.repeat(64)), 'x'.repeat(64)],
  ['65 characters, cut', string('x'.repeat(65)), 'x'.repeat(64)],
  ['a megabyte, cut', string('x'.repeat(2 ** 20)), 'x'.repeat(64)],
  ['64 characters of four bytes each', string('😀'.repeat(70)), '😀'.repeat(64)],
  ['hostile characters, raw', string('a\u001b[31m\u202eb'), 'a\u001b[31m\u202eb'],
])('%s', (_, data, text) => {
  expect(readTokenText(data)).toBe(text)
})

test('bytes that are not UTF-8 are replaced', () => {
  const data = `${words(32, 3)}${'61ff62'.padEnd(64, '0')}` as Hex
  expect(readTokenText(data)).toBe('a\ufffdb')
})

test.each([
  ['nothing', '0x'],
  ['an empty string', string('')],
  ['an empty bytes32', words(0)],
  ['an offset behind the end', words(2n ** 255n, 0)],
  ['an offset that leaves no room for a length', words(64, 0)],
  ['a length beyond the end', words(32, 33, 0)],
  ['a length that overflows', words(32, 2n ** 256n - 1n)],
  ['an offset into the first word', words(1, ...Array(10).fill(0))],
  ['half a word', '0x1234'],
] as const)('%s is no text', (_, data) => {
  expect(readTokenText(data)).toBeNull()
})

test.each([
  ['zero', words(0), 0],
  ['the largest uint8', words(255), 255],
  ['one more', words(256), null],
  ['a huge number', words(2n ** 256n - 1n), null],
  ['a byte that is no word', '0x12', null],
  ['nothing', '0x', null],
  ['a word and more', words(6, 7), 6],
] as const)('decimals: %s', (_, data, decimals) => {
  expect(readDecimals(data)).toBe(decimals)
})
