import { expect, test } from 'vitest'
import { firstMissingNonce } from '../../src/domain/nonces.ts'

test.each([
  ['no transactions', 7, [], 7],
  ['the next one', 7, [7], 8],
  ['a run, unsorted and with a double', 7, [9, 7, 8, 8], 10],
  ['a gap at once', 7, [8, 9], 7],
  ['a gap later', 7, [7, 9], 8],
  ['older ones', 7, [5, 6], 7],
])('%s', (_, next, nonces, expected) => {
  expect(firstMissingNonce(next, nonces)).toBe(expected)
})
