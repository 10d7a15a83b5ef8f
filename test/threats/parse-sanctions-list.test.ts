import { expect, test } from 'vitest'
import { at } from '../../src/testing/build-facts.ts'
import { parseSanctionsList, SanctionsListError } from '../../src/threats/parse-sanctions-list.ts'

const from = { name: 'mine.txt' }
const entries = [
  { chainId: null, address: at(1) },
  { chainId: 137, address: at(2) },
]
const lines = `${at(1)}\n137:${at(2)}  # seen 2026-01-01\n${at(1).toLowerCase()}\n`
const addresses = [at(1), `137:${at(2)}`]

function refusal(text: string): SanctionsListError {
  try {
    parseSanctionsList(text, from)
  } catch (error) {
    if (error instanceof SanctionsListError) return error
    throw error
  }
  throw new Error('the list was accepted')
}

test.each([
  ['in the first line', `# date: 2026-10-01\n${lines}`, '2026-10-01'],
  ['in capitals, without blanks, behind a byte order mark', `\uFEFF#DATE:2026-10-01\n${lines}`, '2026-10-01'],
  ['in a later line', `# drawn up by hand\n#  date:  2024-02-29  \r\n${lines}`, '2024-02-29'],
  ['nowhere', lines, null],
  ['in words only', `# updated 2026-10-01\n${lines}`, null],
  ['beside an address, where it is about that one', `${lines}${at(1)} # date: 2026-10-01\n`, null],
  ['in JSON', JSON.stringify({ date: '2026-10-01', addresses }), '2026-10-01'],
  ['nowhere in JSON', JSON.stringify({ addresses }), null],
  ['as null in JSON', JSON.stringify({ date: null, addresses }), null],
  ['nowhere in an array', JSON.stringify(addresses), null],
])('a list with its date %s', (_, text, date) => {
  expect(parseSanctionsList(text, from)).toEqual({ name: 'mine.txt', date, entries })
})

test.each([
  ['no day', '# date: soon\n', 'its date is not a day'],
  ['a day that the calendar does not have', '# date: 2026-02-30\n', 'its date is not a day'],
  ['a day in another order', '# date: 21-03-2025\n', 'its date is not a day'],
  ['nothing behind date', '# date:\n', 'its date is not a day'],
  ['a number as the date', JSON.stringify({ date: 20261001, addresses: [] }), 'its date is not a day'],
  ['a bad line', `# date: 2026-10-01\n${at(1)}\nnonsense`, 'line 3'],
  ['a bad entry', JSON.stringify({ addresses: [at(1), 'nonsense'] }), 'entry 2'],
  ['an object without addresses', JSON.stringify({ date: '2026-10-01' }), 'not an array'],
  ['a text', '"0x"', 'not an array'],
  ['broken JSON', '{"date"', 'begins like JSON'],
])('%s is refused with its place', (_, text, place) => {
  const error = refusal(text)
  expect(error.code).toBe('invalid-sanctions-list')
  expect(error.message).toContain('mine.txt')
  expect(error.message).toContain(place)
})

test.each([
  ['in a line', (secret: string) => secret],
  ['as the date', (secret: string) => `# date: ${secret}`],
  ['in JSON', (secret: string) => JSON.stringify({ addresses: [secret] })],
  ['in broken JSON', (secret: string) => `{"${secret}`],
])('what looks like a key %s is refused and not repeated', (_, write) => {
  const secret = 'ab'.repeat(32)
  const error = refusal(write(secret))
  expect(JSON.stringify([error.message, error.data, error.hints])).not.toContain('abab')
})
