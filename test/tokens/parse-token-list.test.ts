import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { at } from '../../src/testing/build-facts.ts'
import { parseTokenList, TokenListError } from '../../src/tokens/parse-token-list.ts'

const from = { name: 'list.json', date: '2026-01-02' }
const parse = (content: unknown) =>
  parseTokenList(typeof content === 'string' ? content : JSON.stringify(content), from)

function refusal(content: unknown): TokenListError {
  try {
    parse(content)
  } catch (error) {
    if (error instanceof TokenListError) return error
    throw error
  }
  throw new Error('the list was accepted')
}

test('the published form is read, with its own date', () => {
  const list = {
    name: 'Some list',
    timestamp: '2025-03-04T05:06:07Z',
    tokens: [
      { chainId: 1, address: at(1), symbol: 'ONE' },
      { chainId: '10', address: at(2).toLowerCase() },
      { chainId: 1, address: at(1) },
    ],
  }
  expect(parse(list)).toEqual({
    name: 'list.json',
    date: '2025-03-04',
    tokens: [
      { chainId: 1, address: at(1) },
      { chainId: 10, address: at(2) },
    ],
  })
})

test('without a readable time stamp the date is the given one', () => {
  expect(parse({ timestamp: 'yesterday', tokens: [] }).date).toBe('2026-01-02')
  expect(parse({ tokens: [] }).date).toBe('2026-01-02')
})

test('a JSON array may hold addresses and objects', () => {
  expect(parse([at(1), `137:${at(2)}`, { address: at(3) }, { chainId: 5, address: at(4) }]).tokens).toEqual([
    { chainId: null, address: at(1) },
    { chainId: 137, address: at(2) },
    { chainId: null, address: at(3) },
    { chainId: 5, address: at(4) },
  ])
})

test('plain lines are read', () => {
  expect(parse(`# mine\n${at(1)}\n10:${at(2)} # two\n`).tokens).toEqual([
    { chainId: null, address: at(1) },
    { chainId: 10, address: at(2) },
  ])
})

test('tokens of other kinds of chains are skipped', () => {
  const solana = { chainId: 501000101, address: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v' }
  expect(parse({ tokens: [solana, { chainId: 1, address: at(1) }] }).tokens).toEqual([{ chainId: 1, address: at(1) }])
  expect(refusal({ tokens: [solana] }).message).toContain('none of its tokens')
})

test.each([
  ['an address with a digit missing', { tokens: [{ chainId: 1, address: at(1).slice(0, -1) }] }, 'entry 1'],
  ['an entry without address', { tokens: [{ chainId: 1, address: at(1) }, { chainId: 1 }] }, 'entry 2'],
  ['a chain id that is no number', { tokens: [{ chainId: 'one', address: at(1) }] }, 'entry 1'],
  ['chain 0', { tokens: [{ chainId: 0, address: at(1) }] }, 'entry 1'],
  ['an entry that is null', [null], 'entry 1'],
  ['an object without tokens', { list: [] }, 'no array of tokens'],
  ['a string', '"text"', 'no array of tokens'],
  ['broken JSON', '{"tokens": [', 'begins like JSON'],
  ['a bad line', `${at(1)}\nnonsense`, 'line 2'],
])('%s is refused with its place', (_, content, place) => {
  const error = refusal(content)
  expect(error.code).toBe('invalid-token-list')
  expect(error.message).toContain('list.json')
  expect(error.message).toContain(place)
})

test.each([
  ['as a line', (secret: string) => secret],
  ['as an address', (secret: string) => JSON.stringify({ tokens: [{ chainId: 1, address: secret }] })],
  ['in broken JSON', (secret: string) => `{"tokens": ["${secret}`],
])('what looks like a key %s is refused and not repeated', (_, write) => {
  const error = refusal(write('ab'.repeat(32)))
  expect(inspect(error, { depth: 9 }) + JSON.stringify(error.data)).not.toContain('abab')
})
