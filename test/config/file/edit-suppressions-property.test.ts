/** Suppressions are added and taken out in files as people write them: line by line nothing else changes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addSuppression, removeSuppressions } from '../../../src/config/file/edit-suppressions.ts'
import { readConfig } from '../../../src/config/file/read-config.ts'

/** A line, and the entry that it is of; null: of none. `comma`: it separates the entry from the next. */
type Line = { readonly text: string; readonly of: number | null; readonly comma?: boolean; readonly comment?: string }

const added = { rule: 'stale-approval', reason: 'added', expires: '2027-03-31' }
const comment = fc.constantFrom('', ' # [x], { y: 1 }', ' # - a: b', '  # "one')
const between = fc.array(fc.constantFrom('  # - rule: not-this', '# ], }', '', '# "'), { maxLength: 3 })
const oneLine = fc.constantFrom(
  "{ rule: nonce-gap, reason: '# ], }', expires: 2027-01-01 }",
  '{rule: stale-head,reason: "a, b",expires: 2027-01-02}',
)
const block = fc.constantFrom(
  ['rule: nonce-gap', 'reason: a # b', '# inner', 'expires: 2027-01-01'],
  ['# first', 'rule: stale-head', 'expires: 2027-01-02', 'reason: >-', '  one', '', '  two'],
  ['rule: stale-approval', 'reason: "one', '  two"', 'expires: 2027-01-03'],
)
const ends = fc.constantFrom('\n', '\r\n')
const head: readonly Line[] = [{ text: 'version:   1 # the only one', of: null }]
const foot: readonly Line[] = [
  { text: '# behind', of: null },
  { text: 'failOn:   high', of: null },
]

const blockEntry = fc.oneof(
  fc.tuple(oneLine, comment).map(([text, behind]) => [`${text}${behind}`]),
  block,
)
/** An entry a line, or several, each behind a dash. */
const blockList = fc
  .tuple(
    comment,
    fc.array(fc.tuple(between, blockEntry), { minLength: 1, maxLength: 4 }),
    between,
    fc.constantFrom('', '  '),
  )
  .map(([key, entries, tail, indent]): readonly Line[] => [
    { text: 'suppressions:', of: null, comment: key },
    ...entries.flatMap(([above, lines], of) => [
      ...above.map((text) => ({ text, of: null })),
      ...lines.map((line, place) => ({ text: line === '' ? '' : `${indent}${place === 0 ? '- ' : '  '}${line}`, of })),
    ]),
    ...tail.map((text) => ({ text, of: null })),
  ])

/** An entry a line, between brackets on lines of their own. */
const bracketList = fc
  .tuple(comment, fc.array(fc.tuple(between, oneLine, comment), { minLength: 1, maxLength: 4 }), between, comment)
  .chain(([key, entries, tail, close]) =>
    fc
      .boolean()
      .map((isTrailing): readonly Line[] => [
        { text: 'suppressions: [', of: null, comment: key },
        ...entries.flatMap(([above, text, behind], of) => [
          ...above.map((line) => ({ text: line, of: null })),
          { text: `  ${text}`, of, comma: isTrailing || of < entries.length - 1, comment: behind },
        ]),
        ...tail.map((text) => ({ text, of: null })),
        { text: ']', of: null, comment: close },
      ]),
  )

const written = (lines: readonly Line[], end: string) =>
  lines.map(({ text, comma, comment: behind = '' }) => `${text}${comma === true ? ',' : ''}${behind}${end}`).join('')

/** A key or a bracket that is gone leaves its comment. */
function withoutList(lines: readonly Line[]): readonly Line[] {
  return lines
    .filter(({ text, comment: behind = '' }) => !/^(?:suppressions|\])/.test(text) || behind !== '')
    .map((line) => (/^(?:suppressions|\])/.test(line.text) ? { text: (line.comment ?? '').trim(), of: null } : line))
}

function takenOut(lines: readonly Line[], gone: ReadonlySet<number>): readonly Line[] {
  const left = lines.filter(({ of }) => of === null || !gone.has(of))
  const entries = left.filter(({ of }) => of !== null)
  if (entries.length === 0) return withoutList(left)
  const isTrailing = lines.findLast(({ of }) => of !== null)?.comma
  const last = entries.at(-1)
  return left.map((line) => (line === last && isTrailing === false ? { ...line, comma: false } : line))
}

const layout = fc.tuple(fc.oneof(blockList, bracketList), ends, fc.array(fc.nat(3), { maxLength: 4 }))

const words = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/\p{Cc}|\$\{/gu, 'x'))
const entry = fc.record({
  rule: fc.constant('nonce-gap'),
  reason: words,
  subject: fc.dictionary(words, words, { maxKeys: 2 }),
})
const json = fc.record({
  before: fc.dictionary(words, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 }),
  list: fc.option(fc.array(entry, { maxLength: 3 }), { nil: undefined }),
  after: fc.constantFrom({}, { failOn: 'high' }, { a: [1, { b: [] }], c: {} }),
  unit: fc.constantFrom('', '  ', '    ', '\t'),
  end: fc.constantFrom('', '\n'),
  lineBreak: ends,
})

test('JSON as a program writes it is as that program would write it with one more, and with those that are left', () => {
  fc.assert(
    fc.property(json, fc.array(fc.nat(3)), ({ before, list, after, unit, end, lineBreak }, places) => {
      const write = (suppressions: readonly unknown[] | undefined) => {
        const { version, ...others } = { version: 1, ...before, ...(suppressions && { suppressions }), ...after }
        return (JSON.stringify({ version, ...others }, null, unit) + end).replaceAll('\n', lineBreak)
      }
      const text = write(list)
      if (list !== undefined || Object.keys(after).length === 0)
        expect(addSuppression(text, added)).toBe(write([...(list ?? []), added]))
      const left = list?.filter((_, place) => !places.includes(place)) ?? []
      expect(removeSuppressions(text, places)).toBe(write(left.length === 0 ? undefined : left))
    }),
    { numRuns: 300 },
  )
})

test('what is taken out is the lines of the entries, and their commas', () => {
  fc.assert(
    fc.property(layout, ([list, end, places]) => {
      const lines = [...head, ...list, ...foot]
      const text = written(lines, end)
      const count = new Set(list.flatMap(({ of }) => of ?? [])).size
      expect(readConfig(text, 'c.yaml').config.suppressions).toHaveLength(count)
      const gone = new Set(places.filter((place) => place < count))
      const next = removeSuppressions(text, [...gone])
      expect(next).toBe(written(takenOut(lines, gone), end))
      expect(readConfig(next, 'c.yaml').config.suppressions ?? []).toHaveLength(count - gone.size)
    }),
    { numRuns: 200 },
  )
})

test('what is added stands behind the last entry, and no line of before is changed but for a comma', () => {
  fc.assert(
    fc.property(layout, ([list, end]) => {
      const lines = [...head, ...list, ...foot]
      const next = addSuppression(written(lines, end), added)
      const last = lines.findLastIndex(({ of }) => of !== null)
      const { text = '', comma } = lines[last] ?? {}
      const indent = /^ *(?=- )/.exec(lines.find(({ of }) => of !== null)?.text ?? '')?.[0]
      const more: readonly Line[] =
        indent === undefined
          ? [{ text: '  { rule: stale-approval, reason: added, expires: 2027-03-31 }', of: 9, comma: comma === true }]
          : ['- rule: stale-approval', '  reason: added', '  expires: 2027-03-31'].map((line) => ({
              text: indent + line,
              of: 9,
            }))
      const before = lines.slice(0, last)
      const line = { ...lines[last], text, of: 8, comma: indent === undefined }
      expect(next).toBe(written([...before, line, ...more, ...lines.slice(last + 1)], end))
      expect(readConfig(next, 'c.yaml').config.suppressions?.at(-1)).toEqual(added)
    }),
    { numRuns: 200 },
  )
})
