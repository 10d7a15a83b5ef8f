import { describe, expect, test } from 'vitest'
import { type Report, reportSchema } from '../../src/core/report.ts'
import { reporters } from '../../src/reporters/index.ts'
import { gappedFacts, reportOf, sickFacts } from './sample-reports.ts'

const options = { locale: 'en', useColor: true, width: 80 } as const
const print = (report: Report) => reporters.json(report, options)

describe('the JSON report', () => {
  test.each([
    ['of a sick account', reportOf(sickFacts())],
    ['of a clean account', reportOf({})],
    ['with gaps, in Japanese', reportOf(gappedFacts(), { locale: 'ja' })],
  ])('%s is the report itself', (_, report) => {
    expect(JSON.parse(print(report))).toEqual(report)
    expect(reportSchema.safeParse(JSON.parse(print(report))).success).toBe(true)
  })

  test('has two spaces of indent and ends in one line break', () => {
    const text = print(reportOf({}))
    expect(text.startsWith('{\n  "$schema": "https://')).toBe(true)
    expect(text).toMatch(/[^\n]\n$/)
  })

  test('has its keys in the order of the schema, whatever order they came in', () => {
    const report = reportOf(sickFacts())
    const shuffled = {
      result: report.result,
      run: report.run,
      schemaVersion: report.schemaVersion,
      $schema: report.$schema,
    }
    expect(print(shuffled)).toBe(print(report))
    expect(Object.keys(JSON.parse(print(shuffled)))).toEqual(['$schema', 'schemaVersion', 'run', 'result'])
  })

  test('shows Japanese as it is', () => {
    expect(print(reportOf(sickFacts(), { locale: 'ja' }))).toContain('使用許可をゼロにします。')
  })

  test.each([
    ['an escape sequence', '\u001b[2J', '\\u001b[2J'],
    ['delete and eight-bit controls', '\u007f\u009b', '\\u007f\\u009b'],
    ['a right-to-left override', '\u202e', '\\u202e'],
    ['a zero-width space', '\u200b', '\\u200b'],
    ['a line separator', '\u2028', '\\u2028'],
    ['a lone surrogate', '\ud800', '\\ud800'],
    ['a tag character', '\u{e0041}', '\\udb40\\udc41'],
  ])('%s is written as an escape', (_, hostile, escaped) => {
    const report = reportOf({}, { label: `a${hostile}b` })
    expect(print(report)).toContain(`"a${escaped}b"`)
    expect(JSON.parse(print(report)).result.targets[0].label).toBe(`a${hostile}b`)
  })

  test('a report that breaks the schema is printed all the same', () => {
    const report = reportOf(sickFacts())
    const broken = { ...report, run: { ...report.run, durationSeconds: -1 } }
    expect(JSON.parse(print(broken))).toEqual(broken)
  })
})
