import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { at } from '../../src/testing/build-facts.ts'
import { parseThreatList, ThreatListError } from '../../src/threats/parse-threat-list.ts'

const from = { name: 'mine.txt', date: '2026-01-02' }

function refusal(text: string): ThreatListError {
  try {
    parseThreatList(text, from)
  } catch (error) {
    if (error instanceof ThreatListError) return error
    throw error
  }
  throw new Error('the list was accepted')
}

test('lines with and without a chain, with comments and blanks, become entries', () => {
  const text = `# drainers\n${at(1)}\n\n137:${at(2)}   # seen 2026\n${at(1).toLowerCase()}\n`
  expect(parseThreatList(text, from)).toEqual({
    ...from,
    entries: [
      { chainId: null, address: at(1) },
      { chainId: 137, address: at(2) },
    ],
  })
})

test('a JSON array says the same', () => {
  const text = `\n${JSON.stringify([at(1), `137:${at(2)}`])}`
  expect(parseThreatList(text, from).entries).toEqual([
    { chainId: null, address: at(1) },
    { chainId: 137, address: at(2) },
  ])
})

test('a list of comments alone has no entries', () => {
  expect(parseThreatList('# nothing yet\n', from).entries).toEqual([])
})

test.each([
  ['a bad line', `${at(1)}\n\nnonsense`, 'line 3'],
  ['a bad entry', JSON.stringify([at(1), 'nonsense']), 'entry 2'],
  ['an entry that is no string', JSON.stringify([at(1), { address: at(2) }]), 'entry 2'],
  ['JSON of another shape', JSON.stringify({ addresses: [at(1)] }), 'not an array'],
  ['broken JSON', `["${at(1)}"`, 'begins like JSON'],
])('%s is refused with its place', (_, text, place) => {
  const error = refusal(text)
  expect(error.code).toBe('invalid-threat-list')
  expect(error.message).toContain('mine.txt')
  expect(error.message).toContain(place)
})

test.each([
  ['in a line', (secret: string) => secret],
  ['in a JSON array', (secret: string) => JSON.stringify([secret])],
  ['in broken JSON', (secret: string) => `["${secret}`],
])('what looks like a key %s is refused and not repeated', (_, write) => {
  const secret = 'ab'.repeat(32)
  const error = refusal(write(secret))
  expect(inspect(error, { depth: 9 }) + JSON.stringify(error.data)).not.toContain('abab')
})
