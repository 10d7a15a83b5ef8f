import { expect, test } from 'vitest'
import { flawWords, listLines, readListedAddress, uniqueListed } from '../../src/domain/address-list.ts'
import { at } from '../../src/testing/build-facts.ts'

const address = '0xdAC17F958D2ee523a2206206994597C13D831ec7'

test.each([
  ['EIP-55 spelling', address, null],
  ['lower case', address.toLowerCase(), null],
  ['upper case', `0X${address.slice(2).toUpperCase()}`, null],
  ['a wrong EIP-55 spelling', address.replace('dAC', 'DaC'), null],
  ['spaces around it', `  ${address} \t`, null],
  ['a chain id before it', `137:${address}`, 137],
])('an address is read with %s', (_, text, chainId) => {
  expect(readListedAddress(text)).toEqual({ chainId, address })
})

test.each([
  ['39 digits', address.slice(0, -1), 'not-an-address'],
  ['41 digits', `${address}0`, 'not-an-address'],
  ['an address of another system', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'not-an-address'],
  ['a chain id that is no number', `x:${address}`, 'not-an-address'],
  ['64 digits', 'ab'.repeat(32), 'shaped-like-a-key'],
  ['0x and 64 digits', `0x${'ab'.repeat(32)}`, 'shaped-like-a-key'],
  ['twelve words', Array(12).fill('word').join(' '), 'shaped-like-a-key'],
  ['twelve words with ideographic spaces', Array(12).fill('ことば').join('\u3000'), 'shaped-like-a-key'],
  ['eleven words', Array(11).fill('word').join(' '), 'not-an-address'],
])('%s are refused', (_, text, problem) => {
  expect(readListedAddress(text)).toBe(problem)
})

test('comments and blank lines are skipped, and lines keep their numbers whatever ends them', () => {
  expect(listLines('\uFEFF# heading\r\n\r\none # why\n  \rtwo')).toEqual([
    { line: 3, text: 'one' },
    { line: 5, text: 'two' },
  ])
})

test('duplicates collapse to the first, and one address on two chains stays two entries', () => {
  const one = { chainId: 1, address: at(1), mark: 'first' }
  const entries = [one, { chainId: null, address: at(1), mark: 'any' }, { ...one, mark: 'second' }]
  expect(uniqueListed(entries).map(({ mark }) => mark)).toEqual(['first', 'any'])
})

test('each problem has words of its own', () => {
  const at = { unit: 'line', number: 7 } as const
  expect(flawWords({ problem: 'shaped-like-a-key', at })).toMatch(/^line 7 is not an address.*not repeated/)
  expect(flawWords({ problem: 'not-an-address', at })).toContain('40 hex digits')
  expect(flawWords({ problem: 'no-array' })).toContain('not an array')
})
