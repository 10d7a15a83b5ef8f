import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import {
  addSuppression,
  removeSuppressions,
  type WrittenSuppression,
} from '../../../src/config/file/edit-suppressions.ts'
import { readConfig } from '../../../src/config/file/read-config.ts'
import { at } from '../../../src/testing.ts'

const one: WrittenSuppression = {
  rule: 'stale-approval',
  account: 'treasury',
  spender: at(0x5e),
  reason: 'payout job',
  expires: '2027-03-31',
  while: { maxAllowance: '250000000000' },
}
const other: WrittenSuppression = { rule: 'nonce-gap', reason: 'known', expires: '2027-01-01' }

const plain = `# who is asked
version: 1 # the only one
chains:
  devnet: { id: 31337, rpc: "\${RPC}" } # ours

accounts:
  # cold ones
  - address: "${at(1)}"
    label: treasury
`
const withOne = `${plain}
# reviewed on Mondays
suppressions:
  # the router
  - rule: stale-approval
    reason: router # of 2024
    expires: 2027-02-01
  # the bridge
  - { rule: nonce-gap, reason: bridge, expires: 2027-02-02 }
failOn: high
`
const comments = (text: string) => [...text.matchAll(/# .*/g)].map(([comment]) => comment)
const suppressionsIn = (text: string) => readConfig(text, 'c.yaml').config.suppressions ?? []

describe.each([
  ['a file without suppressions', plain, 0],
  ['a file with an empty list', `${plain}suppressions: []\n`, 0],
  ['a file with some', withOne, 2],
  ['JSON', JSON.stringify(parse(withOne)), 2],
])('%s', (_, text, count) => {
  test('gets one more, which reads as it was meant', () => {
    const next = addSuppression(text, one)
    expect(suppressionsIn(next)).toHaveLength(count + 1)
    expect(suppressionsIn(next).at(-1)).toEqual(one)
    expect(comments(next)).toEqual(comments(text))
    expect({ ...parse(next), suppressions: 0 }).toEqual({ ...parse(text), suppressions: 0 })
  })

  test('is as before once it is taken out', () => {
    expect(suppressionsIn(removeSuppressions(addSuppression(text, one), [count]))).toEqual(suppressionsIn(text))
  })

  test('gets two', () => {
    expect(suppressionsIn(addSuppression(addSuppression(text, other), one)).slice(-2)).toEqual([other, one])
  })
})

test('what is taken out takes its own comment with it, and no other', () => {
  const next = removeSuppressions(withOne, [1])
  expect(suppressionsIn(next).map(({ rule }) => rule)).toEqual(['stale-approval'])
  expect(comments(next)).toEqual(comments(withOne).filter((comment) => comment !== '# the bridge'))
})

test('the last one takes the key with it', () => {
  expect(parse(removeSuppressions(withOne, [0, 1]))).not.toHaveProperty('suppressions')
})

test('no place, no change of what is meant', () => {
  expect(parse(removeSuppressions(withOne, []))).toEqual(parse(withOne))
  expect(removeSuppressions(plain, [0])).toBe(plain)
})

test('whatever the reason, the file reads as it was meant', () => {
  const reason = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map((text) => text.replace(/\p{Cc}|\$\{/gu, 'x').trim())
    .filter((text) => text !== '')
  fc.assert(
    fc.property(reason, (given) => {
      for (const text of [plain, withOne, JSON.stringify(parse(plain))]) {
        expect(suppressionsIn(addSuppression(text, { ...one, reason: given })).at(-1)).toEqual({
          ...one,
          reason: given,
        })
      }
    }),
    { numRuns: 60 },
  )
})
