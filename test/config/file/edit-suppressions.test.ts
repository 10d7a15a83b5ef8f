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

/** As people write them: their own spaces, quotes and indentation. */
const own = `version:   1
chains: { devnet: {id: 31337, rpc: "\${RPC}"} }
accounts:
- { address: "${at(1)}", chains: [devnet],   label: 'treasury' } # cold
- address: "${at(2)}"
  chains: [ devnet ]
  tags:
      - payroll
`
const ownList = `suppressions:
- rule: nonce-gap   # for now
  reason: 'bridge'
  expires: 2027-02-02
# the router
- { rule: stale-approval, reason: router, expires: 2027-02-03 }

failOn:   high
`
const flowList = `suppressions: [{rule: nonce-gap, reason: 'bridge', expires: 2027-02-02}] # none else
failOn: high
`

describe('every other character stays', () => {
  const short = { rule: 'stale-approval', reason: 'x', expires: '2027-03-31' }
  const block = (indent: string) =>
    `${indent}- rule: stale-approval\n${indent}  reason: x\n${indent}  expires: 2027-03-31\n`

  test.each([
    ['at the end, where there is no list', own, `${own}suppressions:\n${block('  ')}`],
    ['after a last line without an end', own.trimEnd(), `${own}suppressions:\n${block('  ')}`],
    ['after the last of a list, as that is indented', own + ownList, own + ownList.replace('\n\n', `\n${block('')}\n`)],
    [
      'in a list with brackets',
      own + flowList,
      own + flowList.replace('}]', '}, { rule: stale-approval, reason: x, expires: 2027-03-31 }]'),
    ],
    [
      'with the line ends of the file',
      own.replaceAll('\n', '\r\n'),
      `${own}suppressions:\n${block('  ')}`.replaceAll('\n', '\r\n'),
    ],
    ['in JSON of one line', '{"version":1}', `${JSON.stringify({ version: 1, suppressions: [short] })}\n`],
    [
      'in JSON with tabs',
      '{\n\t"version": 1\n}\n',
      `${JSON.stringify({ version: 1, suppressions: [short] }, null, '\t')}\n`,
    ],
  ])('when one is added %s', (_, text, expected) => {
    expect(addSuppression(text, short)).toBe(expected)
  })

  test.each<[string, string, readonly number[], string]>([
    ['the first', own + ownList, [0], `${own}${ownList.replace(/- rule: nonce[^#]*# for now\n.*\n.*\n/, '')}`],
    ['the last, with its comment', own + ownList, [1], `${own}${ownList.replace(/# the router\n.*\n/, '')}`],
    ['all of them', own + ownList, [0, 1], `${own}\nfailOn:   high\n`],
    ['the only one, in brackets', own + flowList, [0], `${own}failOn: high\n`],
  ])('when %s is taken out', (_, text, places, expected) => {
    expect(removeSuppressions(text, places)).toBe(expected)
  })

  test.each([
    ['braces around the whole file', '{ version: 1, failOn: high }\n'],
    ['an empty list', 'version: 1\nsuppressions: []\nfailOn: high\n'],
    ['an end of the document', 'version: 1\nfailOn: high\n...\n'],
    [
      'a text over several lines at the end',
      'version: 1\nsuppressions:\n  - rule: nonce-gap\n    expires: 2027-01-01\n    reason: |\n      one\n      two\nfailOn: high\n',
    ],
  ])('with %s it is meant as before, and one more', (_, text) => {
    const next = addSuppression(text, short)
    expect(suppressionsIn(next).at(-1)).toEqual(short)
    expect({ ...parse(next), suppressions: 0 }).toEqual({ ...parse(text), suppressions: 0 })
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
