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

const short = { rule: 'stale-approval', reason: 'x', expires: '2027-03-31' }
const addedFlow = '{ rule: stale-approval, reason: x, expires: 2027-03-31 }'
const addedBlock = '  - rule: stale-approval\n    reason: x\n    expires: 2027-03-31\n'

describe('every other character stays', () => {
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
    ['in JSON of one line', '{"version":1}', JSON.stringify({ version: 1, suppressions: [short] })],
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
    ['the last', own + ownList, [1], `${own}${ownList.replace(/- \{ rule.*\n/, '')}`],
    ['all of them', own + ownList, [0, 1], `${own}# the router\n\nfailOn:   high\n`],
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

test('what is taken out takes the comment on its lines with it, and no other', () => {
  const next = removeSuppressions(withOne, [0])
  expect(suppressionsIn(next).map(({ rule }) => rule)).toEqual(['nonce-gap'])
  expect(comments(next)).toEqual(comments(withOne).filter((comment) => comment !== '# of 2024'))
})

describe('in each layout', () => {
  const flow = (rule: string) => `{ rule: ${rule}, reason: '#1, [x] {y}', expires: 2027-02-02 }`
  const three = ['nonce-gap', 'stale-approval', 'stale-head'].map(flow)
  const [one, two, last] = three

  test.each<[string, string, readonly number[], string]>([
    [
      'brackets over several lines, with comments',
      `suppressions: [ # ours\n  # first\n  ${one}, # 1\n  # second\n  ${two}, # 2\n  # third\n  ${last} # 3\n  # tail\n] # end\n`,
      [1],
      `suppressions: [ # ours\n  # first\n  ${one}, # 1\n  # second\n  # third\n  ${last} # 3\n  # tail\n] # end\n`,
    ],
    [
      'the last of these, with the comma before it',
      `suppressions: [\n  ${one}, # 1\n  # third\n  ${last} # 3\n]\n`,
      [1],
      `suppressions: [\n  ${one} # 1\n  # third\n]\n`,
    ],
    [
      'the last of these, behind which a comma stands',
      `suppressions: [\n  ${one},\n  ${last}, # 3\n]\n`,
      [1],
      `suppressions: [\n  ${one},\n]\n`,
    ],
    [
      'all of these',
      `# a\nsuppressions: [ # ours\n  # first\n  ${one}, # 1\n  ${two}\n  # tail\n] # end\nfailOn: high\n`,
      [0, 1],
      '# a\n# ours\n  # first\n  # tail\n# end\nfailOn: high\n',
    ],
    [
      'brackets on one line: the first',
      `suppressions: [${three.join(', ')}] # x\n`,
      [0],
      `suppressions: [${two}, ${last}] # x\n`,
    ],
    ['the one in the middle', `suppressions: [ ${three.join(',')} ]\n`, [1], `suppressions: [ ${one},${last} ]\n`],
    ['the last', `suppressions: [ ${three.join(' , ')} ]\n`, [2], `suppressions: [ ${one} , ${two}  ]\n`],
    ['the first and the last', `suppressions: [ ${three.join(', ')} ]\n`, [0, 2], `suppressions: [ ${two} ]\n`],
    ['the last two', `suppressions: [${three.join(', ')}]\n`, [1, 2], `suppressions: [${one}]\n`],
    [
      'commas at the beginning of lines',
      `suppressions:\n  [ ${one} # 1\n  , ${two} # 2\n  , ${last} # 3\n  ]\n`,
      [0, 1],
      `suppressions:\n  [  # 1\n  ${last} # 3\n  ]\n`,
    ],
    [
      'a dash on a line of its own, and a text over several lines',
      `suppressions:\n  # first\n  - # here\n    rule: nonce-gap\n    # inner\n    expires: 2027-01-01\n    reason: |\n      one\n\n      two\n\n  # second\n  - ${two}\n`,
      [0],
      `suppressions:\n  # first\n\n  # second\n  - ${two}\n`,
    ],
    [
      'a comment beside the key, and all taken out',
      `suppressions: # ours\n  # first\n  - ${one} # 1\n    # deeper\nfailOn: high\n`,
      [0],
      '# ours\n  # first\n    # deeper\nfailOn: high\n',
    ],
    [
      'no line end',
      `failOn: high\nsuppressions:\n  - ${one}\n  - ${two}`,
      [1],
      `failOn: high\nsuppressions:\n  - ${one}\n`,
    ],
  ])('%s: every other character stays', (_, text, places, expected) => {
    const head = 'version: 1 # the only one\n'
    for (const [before, after] of [
      [text, expected],
      [text.replaceAll('\n', '\r\n'), expected.replaceAll('\n', '\r\n')],
    ] as const) {
      expect(removeSuppressions(head + before, places)).toBe(head + after)
      expect(parse(head + after)).toEqual(without(parse(head + before), places))
    }
  })

  test.each<[string, string, string]>([
    ['an empty list', 'suppressions: []\nfailOn:   high\n', `suppressions:\n${addedBlock}failOn:   high\n`],
    [
      'an empty list with a comment',
      'suppressions:  [ ]  # none yet\nfailOn:   high\n',
      `suppressions:  # none yet\n${addedBlock}failOn:   high\n`,
    ],
    ['an empty list at the end', 'failOn:   high\nsuppressions: []', `failOn:   high\nsuppressions:\n${addedBlock}`],
    [
      'an empty list over several lines',
      'suppressions: [ # ours\n  # none yet\n]\n',
      `suppressions: [${addedFlow} # ours\n  # none yet\n]\n`,
    ],
    [
      'brackets over several lines',
      `suppressions: [\n  ${one}, # 1\n  ${two} # 2\n  # tail\n]\n`,
      `suppressions: [\n  ${one}, # 1\n  ${two}, # 2\n  ${addedFlow}\n  # tail\n]\n`,
    ],
    [
      'brackets over several lines, a comma behind the last',
      `suppressions: [\n  ${one},\n  ${two}, # 2\n]\n`,
      `suppressions: [\n  ${one},\n  ${two}, # 2\n  ${addedFlow},\n]\n`,
    ],
    [
      'brackets that close behind the last',
      `suppressions: [\n  ${one},\n  ${two} ] # x\n`,
      `suppressions: [\n  ${one},\n  ${two}, ${addedFlow} ] # x\n`,
    ],
  ])('%s: one is added, and every other character stays', (_, text, expected) => {
    for (const end of ['\n', '\r\n']) {
      const [before, after] = [text, expected].map((part) => `version:   1\n${part}`.replaceAll('\n', end))
      expect(addSuppression(before ?? '', short)).toBe(after)
      expect(suppressionsIn(after ?? '').at(-1)).toEqual(short)
    }
  })
})

describe('with braces around the whole file', () => {
  const head = '{\n   "version":   1, "failOn": "high",\n   "chains": { "devnet": {"id": 31337} }'
  const onOne = '{ "rule": "nonce-gap",  "reason": "} ], {", "expires": "2027-02-02" }'

  test.each<[string, string, string]>([
    [
      'JSON without a list',
      `${head}\n}`,
      `${head},\n   "suppressions": [\n      {\n         "rule": "stale-approval",\n         "reason": "x",\n         "expires": "2027-03-31"\n      }\n   ]\n}`,
    ],
    [
      'JSON with an empty list',
      '{\n  "suppressions": [ ],\n  "version":   1\n}\n',
      '{\n  "suppressions": [\n    {\n      "rule": "stale-approval",\n      "reason": "x",\n      "expires": "2027-03-31"\n    }\n  ],\n  "version":   1\n}\n',
    ],
    [
      'JSON with a list on one line',
      `{\n  "suppressions": [${onOne}], "version":   1\n}\n`,
      `{\n  "suppressions": [${onOne}, ${JSON.stringify(short)}], "version":   1\n}\n`,
    ],
    [
      'JSON with an entry a line',
      `{\n\t"suppressions": [\n\t\t${onOne}\n\t],\n\t"version": 1 }`,
      `{\n\t"suppressions": [\n\t\t${onOne},\n\t\t{\n\t\t\t"rule": "stale-approval",\n\t\t\t"reason": "x",\n\t\t\t"expires": "2027-03-31"\n\t\t}\n\t],\n\t"version": 1 }`,
    ],
    [
      'YAML on one line',
      '{version:   1, failOn: high} # ours',
      `{version:   1, failOn: high, suppressions: [ ${addedFlow} ]} # ours`,
    ],
    [
      'YAML over several lines',
      '# ours\n{\n  version:   1, # the only one\n  failOn: high # not low\n  # tail\n}\n',
      `# ours\n{\n  version:   1, # the only one\n  failOn: high, # not low\n  suppressions: [ ${addedFlow} ]\n  # tail\n}\n`,
    ],
    [
      'YAML with an empty list, and a comma behind the last',
      '{\n  suppressions: [],\n  version:   1,\n}\n',
      `{\n  suppressions: [ ${addedFlow} ],\n  version:   1,\n}\n`,
    ],
  ])('%s: one is added, and taken out again', (_, text, expected) => {
    for (const end of ['\n', '\r\n']) {
      const [before, after] = [text, expected].map((part) => part.replaceAll('\n', end)) as [string, string] // two of two
      expect(addSuppression(before, short)).toBe(after)
      expect(suppressionsIn(after).at(-1)).toEqual(short)
      const count = suppressionsIn(after).length
      if (count > 1) expect(removeSuppressions(after, [count - 1])).toBe(before)
      else expect(parse(removeSuppressions(after, [0]))).toEqual(without(parse(after), [0]))
    }
  })

  test.each<[string, string, readonly number[], string]>([
    ['the only one, first in the file', `{ "suppressions": [${onOne}], "version":   1 }`, [0], '{ "version":   1 }'],
    ['the only one, last in the file', `{ "version":   1, "suppressions": [${onOne}] }`, [0], '{ "version":   1 }'],
    [
      'the only one, between others',
      `{\n  "version":   1,\n  "suppressions": [\n    ${onOne}\n  ],\n  "failOn": "high"\n}\n`,
      [0],
      '{\n  "version":   1,\n  "failOn": "high"\n}\n',
    ],
    [
      'the only one, on the last lines',
      `{\n  "version":   1,\n  "suppressions": [\n    ${onOne}\n  ]\n}`,
      [0],
      '{\n  "version":   1\n}',
    ],
    [
      'the first and the last of three',
      `{\n  "version": 1, "suppressions": [\n    ${onOne},\n    ${onOne},\n    ${onOne}\n  ]\n}`,
      [0, 2],
      `{\n  "version": 1, "suppressions": [\n    ${onOne}\n  ]\n}`,
    ],
    [
      'the last of some on one line',
      `{"version":1,"suppressions":[${onOne},${onOne}]}`,
      [1],
      `{"version":1,"suppressions":[${onOne}]}`,
    ],
    [
      'the only one in YAML, with its own comment and no other',
      '{\n  version:   1, # the only one\n  suppressions: [ { rule: nonce-gap, reason: x } ], # ours\n  failOn: high # not low\n}\n',
      [0],
      '{\n  version:   1, # the only one\n  failOn: high # not low\n}\n',
    ],
  ])('%s is taken out', (_, text, places, expected) => {
    for (const end of ['\n', '\r\n'])
      expect(removeSuppressions(text.replaceAll('\n', end), places)).toBe(expected.replaceAll('\n', end))
  })

  test('a mark at the beginning of the file stays there', () => {
    const text = '\uFEFF{\n  "version": 1\n}\n'
    const next = addSuppression(text, short)
    expect(next).toBe(`\uFEFF${JSON.stringify({ version: 1, suppressions: [short] }, null, 2)}\n`)
    expect(removeSuppressions(next, [0])).toBe(text)
  })
})

/** The config without some of its suppressions. */
function without(
  { suppressions, ...config }: { readonly suppressions: readonly unknown[] },
  places: readonly number[],
) {
  const left = suppressions.filter((_, place) => !places.includes(place))
  return left.length === 0 ? config : { ...config, suppressions: left }
}

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
